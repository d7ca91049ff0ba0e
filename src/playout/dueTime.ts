import type { Instant, Millis } from '../time/clock.ts'
import { addDays, dateAt, instantOf } from '../time/timeOfDay.ts'
import type { Timeline } from './timeline.ts'

/**
 * When a cue is due: its due time (ms after midnight) on the day that is nearest to the plan. A due time forces nothing, so it has no
 * place in the order of the round's times. `offset`: how far the wall clock is ahead.
 */
export function dueTime(timeline: Timeline, due: number, plan: Instant, offset: Millis): Instant {
  const { timezone } = timeline.schedule
  const today = dateAt(plan + offset, timezone)
  const candidates = [-1, 0, 1].map((days) => instantOf(addDays(today, days), due, timezone) - offset)
  return candidates.reduce((best, candidate) => (Math.abs(candidate - plan) < Math.abs(best - plan) ? candidate : best))
}
