import type { OperatorCommand } from '../commands/table.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { Snapshot } from './core/snapshot.ts'
import type { Orchestrator } from './orchestrator.ts'
import type { Result } from './result.ts'

/** Everything a surface gets, to show the state and to send commands. */
export type Control = Pick<Orchestrator, 'currentState' | 'subscribe' | 'forecast' | 'scenes' | 'now'> & {
  send(command: OperatorCommand): Result
  /** Calls the listener with each line of the as-run log. Returns a function that ends this. */
  asRun: Orchestrator['onAsRun']
}

export function controlOf({ send, currentState, subscribe, forecast, scenes, onAsRun, now }: Orchestrator): Control {
  return { send, currentState, subscribe, forecast, scenes, asRun: onAsRun, now }
}

const cueGuard: Millis = 500

/**
 * Why to ignore a key press at `at`; null if it counts. An operator who asks for another cue within 500 ms after a cue began means
 * the cue before.
 */
export function crossesCue(command: string, { cue }: Snapshot, at: Instant): string | null {
  if (command !== 'next' && command !== 'previous' && command !== 'skipCurrentScene') return null
  return cue !== null && at - cue.enteredAt < cueGuard ? `the cue began less than ${cueGuard} ms ago` : null
}
