import type { ForecastCue } from '../playout/forecast.ts'
import { planOf, type ShowPlan } from '../playout/forecast.ts'
import { type Cue, compile, type Timeline } from '../playout/timeline.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { printable } from '../surfaces/terminal/log.ts'
import { cut, padded, widthOf } from '../surfaces/terminal/textWidth.ts'
import type { Instant } from '../time/clock.ts'
import { formatDuration } from '../time/duration.ts'
import { dateAt, formatTimeOfDay } from '../time/timeOfDay.ts'
import { timeWithSeconds } from '../values/zoneTime.ts'
import type { Io } from './io.ts'
import { loadSchedule } from './scheduleFile.ts'
import { startTime } from './startTime.ts'

export type PlanWords = { readonly at?: string; readonly json?: boolean }

/** Prints the cue sheet of one round with its planned times. */
export async function plan(file: string, { at, json = false }: PlanWords, io: Io): Promise<number> {
  const schedule = await loadSchedule(file, io)
  const begins = schedule === null ? null : startTime(at, schedule, io)
  if (schedule === null || begins === null) return 2
  const timeline = compile(schedule)
  const show = planOf(timeline, begins)
  if (json) for (const cue of show.cues) io.stdout(jsonOf(cue))
  else for (const line of tableOf(timeline, show, begins)) io.stdout(line)
  return 0
}

function jsonOf({ index, id, scene, plannedAt, plannedEndsAt }: ForecastCue): string {
  return JSON.stringify({ index, id, scene, plannedAt: iso(plannedAt), plannedEndsAt: iso(plannedEndsAt) })
}

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString())

const columns = ['#', 'start', 'length', 'title', 'scene', 'ends by', 'due', 'note'] as const
const widest = 32

function tableOf(timeline: Timeline, { cues }: ShowPlan, begins: number): string[] {
  const { schedule } = timeline
  const { timezone } = schedule
  const rows = timeline.cues.map((cue) => rowOf(cue, cues[cue.index], begins, timezone))
  const used = columns.map((_, column) => rows.some((row) => row[column] !== ''))
  const body = [columns, ...rows].map((row) =>
    row.filter((_, column) => used[column]).map((cell) => cut(printable(cell), widest)),
  )
  const widths = (body[0] ?? []).map((_, column) =>
    body.reduce((width, row) => Math.max(width, widthOf(row[column] ?? '')), 0),
  )
  const table = body.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const title = schedule.title === null ? '' : `${printable(schedule.title)}, `
  return [
    `${title}started ${dateAt(begins, timezone)} ${timeWithSeconds(begins, timezone)} (${timezone})`,
    '',
    ...table,
    '',
    totalsOf(schedule, cues),
  ]
}

function rowOf(cue: Cue, line: ForecastCue | undefined, begins: number, timezone: string): string[] {
  const { plannedAt = null, plannedEndsAt = null, dueAt = null } = line ?? {}
  const length = plannedAt === null || plannedEndsAt === null ? '' : plannedEndsAt - plannedAt
  return [
    String(cue.index + 1),
    plannedAt === null ? 'not on' : timeIn(plannedAt, begins, timezone),
    length === '' ? '' : formatDuration(length),
    cue.title,
    cue.scene,
    endingOf(cue),
    dueAt === null || plannedAt === null ? '' : `${timeIn(dueAt, begins, timezone)} ${overUnder(plannedAt - dueAt)}`,
    cue.note ?? '',
  ]
}

/** The time of day, with the day if it isn't the show's first. */
function timeIn(at: number, begins: number, timezone: string): string {
  const days = Math.round((Date.parse(dateAt(at, timezone)) - Date.parse(dateAt(begins, timezone))) / 86_400_000)
  return `${timeWithSeconds(at, timezone)}${days === 0 ? '' : ` ${days > 0 ? '+' : ''}${days}d`}`
}

function endingOf({ duration, until, media, hold, at }: Cue): string {
  const own =
    media !== null
      ? `media ${media}`
      : until !== null
        ? `until ${formatTimeOfDay(until)}`
        : hold
          ? `hold${duration === null ? '' : ` ${formatDuration(duration)}`}`
          : duration === null
            ? 'next start'
            : formatDuration(duration)
  return at === null ? own : `${own}, starts ${formatTimeOfDay(at)}`
}

const overUnder = (by: number): string =>
  by === 0 ? 'on time' : `${formatDuration(Math.abs(by))} ${by > 0 ? 'over' : 'under'}`

function totalsOf(schedule: Schedule, cues: readonly ForecastCue[]): string {
  const on = cues.filter(({ plannedAt }) => plannedAt !== null)
  const first = on[0]?.plannedAt ?? null
  const last = on.at(-1)?.plannedEndsAt ?? null
  const skipped = schedule.cues.filter(({ skip }) => skip).length
  return [
    `${on.length} ${on.length === 1 ? 'cue' : 'cues'}`,
    ...(cues.length > on.length ? [`${cues.length - on.length} not on`] : []),
    ...(skipped > 0 ? [`${skipped} skipped in the file`] : []),
    ...(first === null || last === null
      ? []
      : [
          `${formatDuration(last - first)}${schedule.rounds > 1 ? ' a round' : ''}`,
          `over at ${timeWithSeconds(last, schedule.timezone)}`,
        ]),
    ...(schedule.rounds === 1
      ? []
      : [schedule.rounds === Number.POSITIVE_INFINITY ? 'endless rounds' : `${schedule.rounds} rounds`]),
  ].join(', ')
}
