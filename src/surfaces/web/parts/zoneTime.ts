import type { Instant } from '../../../time/clock.ts'
import { timeWithSeconds } from '../../../values/zoneTime.ts'
import type { Desk } from '../server/desk.ts'

/** Writes an instant as the time of day in the schedule's zone. */
export function timeOfDay(desk: Desk, at: Instant): string {
  return timeWithSeconds(at, desk.state.value?.schedule?.timezone ?? 'UTC')
}
