import type { DueAct } from '../../playout/effect.ts'
import type { Act } from '../../schedule/model/schedule.ts'
import type { Clock, Millis } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { pause } from '../link/deadline.ts'
import { asObsError } from '../link/obsError.ts'
import type { Problems } from '../link/problems.ts'
import type { Ask } from '../link/requests.ts'
import { describeAct, performAct } from './acts.ts'

export type ActQueuePort = {
  readonly clock: Clock
  readonly problems: Problems
  readonly log: Log
  isUp(): boolean
  /** Resolves once the take that the acts come with is past its scene. */
  pastScene(): Promise<void>
  ask: Ask
  available(): ReadonlySet<string>
}

/** A take that OBS keeps waiting is no reason not to record. */
const LONGEST_WAIT_FOR_SCENE: Millis = 1000
/** OBS carries out what is done to media with its next frame; a file is open by then, or never will be. */
const MEDIA_RESPONDS_WITHIN: Millis = 500

/**
 * Does acts one after the other, each at most once: what can't be done now is a problem, not a debt. They come after the scene
 * that they belong to, so that neither a recording nor a stream begins with the scene before.
 */
export function createActQueue({ clock, problems, log, isUp, pastScene, ask, available }: ActQueuePort) {
  let last: Promise<void> = Promise.resolve()

  const doOne = async ({ cue, act }: DueAct) => {
    const name = describeAct(act)
    const wrong = isUp()
      ? await outcomeOf(act)
      : `${name} was not done: OBS was not there; do it by hand if it still matters`
    if (wrong === null) {
      log.info(`${name} is done`, { cue })
      problems.clear('actFailed', name)
      if (act.kind === 'media') void lookWhetherItIsMedia(cue, act)
    } else fail(cue, act, wrong)
  }

  const fail = (cue: DueAct['cue'], act: Act, wrong: string) => {
    log.error(wrong, { cue })
    problems.raise('actFailed', describeAct(act), wrong, { subject: { kind: 'act', cue, act } })
  }

  /** OBS takes whatever is done to an input that is no media, and does nothing. */
  const lookWhetherItIsMedia = async (cue: DueAct['cue'], act: Act & { readonly kind: 'media' }) => {
    await pause(clock, MEDIA_RESPONDS_WITHIN)
    if (!isUp()) return
    const { input } = act
    const answer = await ask('GetMediaInputStatus', 'whether it is media', { inputName: input }).catch(() => null)
    if (answer?.mediaState !== 'OBS_MEDIA_STATE_NONE') return
    fail(cue, act, `${describeAct(act)} did nothing: "${input}" is no media source, or its file can't be opened`)
  }

  const outcomeOf = async (act: Act): Promise<string | null> => {
    try {
      return await performAct(act, ask, available())
    } catch (thrown) {
      return `OBS did not say whether ${describeAct(act)} was done: ${asObsError(thrown).message}; look in OBS`
    }
  }

  return {
    perform(acts: readonly DueAct[]): Promise<void> {
      last = last.then(async () => {
        if (isUp()) await Promise.race([pastScene(), pause(clock, LONGEST_WAIT_FOR_SCENE)])
        for (const act of acts) await doOne(act)
      })
      return last
    },
  }
}
