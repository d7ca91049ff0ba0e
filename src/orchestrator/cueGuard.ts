import type { Instant, Millis } from '../time/clock.ts'
import type { Snapshot } from './core/snapshot.ts'

const cueGuard: Millis = 500

/**
 * Why to ignore a key press at `at`; null if it counts. An operator who asks for another cue within 500 ms after a cue began means
 * the cue before.
 */
export function crossesCue(command: string, { cue }: Snapshot, at: Instant): string | null {
  if (command !== 'next' && command !== 'previous' && command !== 'skipCurrentScene') return null
  return cue !== null && at - cue.enteredAt < cueGuard ? `the cue began less than ${cueGuard} ms ago` : null
}
