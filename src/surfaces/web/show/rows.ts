import type { Instant, Millis } from '../../../time/clock.ts'
import type { SheetCue } from '../server/wire.ts'

/** Where a cue is in the show. */
export type Place = 'past' | 'current' | 'next' | 'ahead'

export const placeOf = (index: number, current: number | null, next: number | null): Place => {
  if (current === null) return index === next ? 'next' : 'ahead'
  if (index === current) return 'current'
  if (index === next) return 'next'
  return index < current ? 'past' : 'ahead'
}

/** When the cue begins, by the best knowledge. */
export const startOf = ({ actualAt, expectedAt, plannedAt }: SheetCue): Instant | null =>
  actualAt ?? expectedAt ?? plannedAt

export const endOf = ({ actualEndsAt, expectedEndsAt, plannedEndsAt }: SheetCue): Instant | null =>
  actualEndsAt ?? expectedEndsAt ?? plannedEndsAt

/** How late the cue began or will begin. Null if nobody knows. */
export function lateBy(cue: SheetCue): Millis | null {
  if (cue.overUnder !== null) return cue.overUnder
  const reference = cue.dueAt ?? cue.plannedAt
  return cue.actualAt === null || reference === null ? null : cue.actualAt - reference
}

/**
 * The time between the own end of the cue before and a hard start. Positive: a gap, which the filler or a longer cue fills. Negative: an
 * overlap, which cuts the cue before short. Null if there is neither, or the cue before is over.
 */
export function slackBefore(before: SheetCue | undefined, cue: SheetCue): Millis | null {
  if (before === undefined || !cue.hard || before.duration === null || before.actualEndsAt !== null) return null
  const from = startOf(before)
  const to = cue.expectedAt
  if (from === null || to === null) return null
  const slack = to - (from + before.duration)
  return Math.abs(slack) < 1000 ? null : slack
}
