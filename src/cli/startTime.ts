import { arm } from '../orchestrator/core/arming.ts'
import { initialContext } from '../orchestrator/core/context.ts'
import { compile, type Timeline } from '../playout/timeline.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { WallInstant } from '../time/clock.ts'
import { dateAt, instantOf, instantOfDateTime, isDateTime, parseTimeOfDay } from '../time/timeOfDay.ts'

/** What `--at` says: a date-time, or a time of day of today in the schedule's zone; null for anything else. */
export function instantAt(text: string, { timezone }: Schedule, now: WallInstant): number | null {
  if (isDateTime(text)) return instantOfDateTime(text, timezone)
  const time = parseTimeOfDay(text)
  if (time !== null) return instantOf(dateAt(now, timezone), time, timezone)
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  return Number.isNaN(zoned) ? null : zoned
}

export const NOT_A_TIME =
  "--at takes a date-time such as 2026-12-04T19:00, or a time of day such as 19:00, in the schedule's zone"

/** When a show would begin by itself, from now on; now where somebody has to start it. */
export function nextStart(schedule: Schedule, now: number, timeline: Timeline = compile(schedule)): number {
  if (schedule.start.kind === 'dateTime') return instantOfDateTime(schedule.start.dateTime, schedule.timezone)
  const { arming } = arm({ ...initialContext(now, true), timeline }, now, 'future')
  return arming?.kind === 'time' ? arming.wall : now
}
