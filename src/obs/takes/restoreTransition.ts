import type { Clock, Millis } from '../../time/clock.ts'
import { pause } from '../link/deadline.ts'
import type { Ask } from '../link/requests.ts'
import type { Sight } from '../mirror/known.ts'
import type { ProgramWatch } from '../mirror/programWatch.ts'
import { refusal } from './perform.ts'

const REASON = "the operator's own transition is put back"
const PATIENCE: Millis = 1000
const LOOK_AGAIN_AFTER: Millis = 50

/** OBS 32 keeps the old transition when it is changed while it runs: a short one is waited for. */
export async function restoreTransition(clock: Clock, sight: Sight, watch: ProgramWatch, ask: Ask): Promise<void> {
  const { name, duration } = sight.now().replaced
  if (name === null && duration === null) return
  const givesUpAt = clock.now() + PATIENCE
  while (watch.runsSince !== null && clock.now() < givesUpAt) await pause(clock, LOOK_AGAIN_AFTER)
  if (duration !== null)
    await refusal(ask('SetCurrentSceneTransitionDuration', REASON, { transitionDuration: duration }))
  if (name !== null) await refusal(ask('SetCurrentSceneTransition', REASON, { transitionName: name }))
}
