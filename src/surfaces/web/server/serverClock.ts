import type { Instant, Millis } from '../../../time/clock.ts'

/** One reading of the server's clock: what it said, and when that arrived by the page's own clock. */
type Reading = Millis

/** How the page knows the server's clock. */
export type ServerClock = {
  /** How far the server's clock is ahead of the page's, for the last readings. */
  readonly readings: readonly Reading[]
  /** The best estimate; null before the first reading. */
  readonly ahead: Millis | null
}

export const unknownClock: ServerClock = { readings: [], ahead: null }

const mostReadings = 30

/**
 * Takes in one more reading. A message never arrives early, so of the last readings the one with the greatest difference was on its
 * way for the shortest time, and is the nearest to the truth.
 */
export function withReading({ readings }: ServerClock, now: Instant, arrivedAt: Millis): ServerClock {
  const kept = [...readings, now - arrivedAt].slice(-mostReadings)
  return { readings: kept, ahead: Math.max(...kept) }
}

/** What the server's clock shows when the page's shows `elapsed`. Null before the first reading. */
export const serverTime = ({ ahead }: ServerClock, elapsed: Millis): Instant | null =>
  ahead === null ? null : elapsed + ahead
