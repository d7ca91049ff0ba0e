import { type ForecastCue, planOf } from '../playout/forecast.ts'
import { type Cue, compile, type Timeline } from '../playout/timeline.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { printable } from '../surfaces/terminal/log.ts'
import { cut, padded, widthOf } from '../surfaces/terminal/textWidth.ts'
import { counted } from '../surfaces/terminal/words.ts'
import type { Instant } from '../time/clock.ts'
import { formatDuration } from '../time/duration.ts'
import { dateAt, formatTimeOfDay } from '../time/timeOfDay.ts'
import { timeWithSeconds } from '../values/zoneTime.ts'
import type { Io } from './io.ts'
import { loadShow } from './startTime.ts'

export type PlanWords = { readonly at?: string; readonly json?: boolean }

/** Prints the cue sheet of one round with its planned times. */
export async function plan(file: string, { at, json = false }: PlanWords, io: Io): Promise<number> {
  const show = await loadShow(file, at, io)
  if (show === null) return 2
  const timeline = compile(show.schedule)
  const { cues } = planOf(timeline, show.begins)
  for (const line of json ? cues.map(jsonOf) : tableOf(timeline, cues, show.begins)) io.stdout(line)
  return 0
}

function jsonOf({ index, id, scene, plannedAt, plannedEndsAt }: ForecastCue): string {
  return JSON.stringify({ index, id, scene, plannedAt: iso(plannedAt), plannedEndsAt: iso(plannedEndsAt) })
}

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString())

const names = ['#', 'start', 'length', 'title', 'scene', 'ends by', 'due', 'note'] as const
const widest = 32

function tableOf(timeline: Timeline, cues: readonly ForecastCue[], begins: number): string[] {
  const { schedule } = timeline
  const { timezone } = schedule
  const rows = [names, ...timeline.cues.map((cue) => rowOf(cue, cues[cue.index], begins, timezone))]
  const columns = names
    .map((_, place) => rows.map((row) => row[place] ?? ''))
    .filter((cells) => cells.slice(1).some((cell) => cell !== ''))
    .map(aligned)
  const table = rows.map((_, line) => columns.map((cells) => cells[line]).join('  '))
  const title = schedule.title === null ? '' : `${printable(schedule.title)}, `
  return [
    `${title}started ${dateAt(begins, timezone)} ${timeWithSeconds(begins, timezone)} (${timezone})`,
    '',
    ...table.map((line) => line.trimEnd()),
    '',
    totalsOf(schedule, cues),
  ]
}

/** The cells of a column, all of one width. */
function aligned(cells: readonly string[]): string[] {
  const shown = cells.map((cell) => cut(printable(cell), widest))
  const width = shown.reduce((most, cell) => Math.max(most, widthOf(cell)), 0)
  return shown.map((cell) => padded(cell, width))
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

function endingOf(cue: Cue): string {
  return cue.at === null ? ownEndOf(cue) : `${ownEndOf(cue)}, starts ${formatTimeOfDay(cue.at)}`
}

function ownEndOf({ duration, until, media, hold }: Cue): string {
  if (media !== null) return `media ${media}`
  if (until !== null) return `until ${formatTimeOfDay(until)}`
  if (duration === null) return hold ? 'hold' : 'next start'
  return `${hold ? 'hold ' : ''}${formatDuration(duration)}`
}

const overUnder = (by: number): string =>
  by === 0 ? 'on time' : `${formatDuration(Math.abs(by))} ${by > 0 ? 'over' : 'under'}`

function totalsOf({ cues: written, rounds, timezone }: Schedule, cues: readonly ForecastCue[]): string {
  const on = cues.filter(({ plannedAt }) => plannedAt !== null)
  const first = on[0]?.plannedAt ?? null
  const last = on.at(-1)?.plannedEndsAt ?? null
  const skipped = written.filter(({ skip }) => skip).length
  const totals = [counted(on.length, 'cue')]
  if (cues.length > on.length) totals.push(`${cues.length - on.length} not on`)
  if (skipped > 0) totals.push(`${skipped} skipped in the file`)
  if (first !== null && last !== null) {
    totals.push(`${formatDuration(last - first)}${rounds > 1 ? ' a round' : ''}`)
    totals.push(`over at ${timeWithSeconds(last, timezone)}`)
  }
  if (rounds > 1) totals.push(rounds === Number.POSITIVE_INFINITY ? 'endless rounds' : `${rounds} rounds`)
  return totals.join(', ')
}
