import type { Millis } from '../../../time/clock.ts'

const shortest: Millis = 250
const longest: Millis = 5000

/**
 * How long to wait before the next attempt, after `failures` in a row. `chance` (0 to 1) spreads it by a quarter, so that many pages
 * don't come back at the same moment.
 */
export function backoff(failures: number, chance: number): Millis {
  const wait = Math.min(longest, shortest * 2 ** Math.max(0, failures - 1))
  return Math.round(wait * (0.75 + chance / 2))
}
