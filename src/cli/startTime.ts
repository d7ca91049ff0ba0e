import { arm } from '../orchestrator/core/arming.ts'
import { initialContext } from '../orchestrator/core/context.ts'
import { compile } from '../playout/timeline.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { formatProblem } from '../schedule/schema/finding.ts'
import type { WallInstant } from '../time/clock.ts'
import { systemClock } from '../time/systemClock.ts'
import { dateAt, instantOf, instantOfDateTime, isDateTime, parseTimeOfDay } from '../time/timeOfDay.ts'
import type { Io } from './io.ts'
import { readScheduleFile } from './scheduleFile.ts'

/**
 * Reads a schedule and finds when its show starts: at `--at` or, without it, when it would begin by itself. If either is wrong, prints
 * why and returns null.
 */
export async function loadShow(file: string, at: string | undefined, io: Io) {
  const { schedule, problems } = await readScheduleFile(file)
  for (const problem of problems) io.stderr(formatProblem(problem))
  if (schedule === undefined) return null
  const now = systemClock().wall()
  const begins = at === undefined ? nextStart(schedule, now) : instantAt(at, schedule, now)
  if (begins !== null) return { schedule, begins }
  io.stderr(
    `--at takes a date-time such as 2026-12-04T19:00, or a time of day such as 19:00, in the schedule's zone, not ${at}`,
  )
  return null
}

/** The instant that `--at` names: a date-time, or a time of day of today in the schedule's zone; null for anything else. */
export function instantAt(text: string, { timezone }: Schedule, now: WallInstant): number | null {
  if (isDateTime(text)) return instantOfDateTime(text, timezone)
  const time = parseTimeOfDay(text)
  if (time !== null) return instantOf(dateAt(now, timezone), time, timezone)
  const isZoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const zoned = isZoned ? Date.parse(text) : Number.NaN
  return Number.isNaN(zoned) ? null : zoned
}

/** When a show would next begin by itself; now if somebody has to start it. */
export function nextStart(schedule: Schedule, now: WallInstant): number {
  if (schedule.start.kind === 'dateTime') return instantOfDateTime(schedule.start.dateTime, schedule.timezone)
  const { arming } = arm({ ...initialContext(+now, true), timeline: compile(schedule) }, +now, 'future')
  return arming?.kind === 'time' ? arming.wall : now
}
