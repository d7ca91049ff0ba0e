import type { DueAct } from '../../playout/effect.ts'
import type { Act } from '../../schedule/model/schedule.ts'
import type { Clock, Millis } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { pause } from '../link/deadline.ts'
import { asObsError } from '../link/obsError.ts'
import type { Ask } from '../link/requests.ts'
import type { Happening } from '../mirror/events.ts'
import { describeAct, performAct } from './acts.ts'

export type ActQueuePort = {
  readonly clock: Clock
  readonly log: Log
  readonly ask: Ask
  hear(happening: Happening): void
  isUp(): boolean
  /** Resolves once the take that the acts belong to is past its scene. */
  pastScene(): Promise<void>
  available(): ReadonlySet<string>
}

/** A take that OBS holds up doesn't stop a recording from starting. */
const LONGEST_WAIT_FOR_SCENE: Millis = 1000
/** OBS applies an act on media with its next frame; by this time a file is open, or never will be. */
const MEDIA_RESPONDS_WITHIN: Millis = 500

/**
 * Performs acts one after the other, each at most once: an act that can't be done now is a problem, and isn't done later. Acts
 * come after the scene that they belong to, so that neither a recording nor a stream begins with the scene before.
 */
export function createActQueue({ clock, log, ask, hear, isUp, pastScene, available }: ActQueuePort) {
  let last: Promise<void> = Promise.resolve()

  const doOne = async (due: DueAct) => {
    const { cue, act } = due
    const name = describeAct(act)
    const wrong = isUp()
      ? await outcomeOf(act)
      : `${name} was not done: OBS was not there; do it by hand if it still matters`
    report(due, wrong)
    if (wrong === null && act.kind === 'media') void lookWhetherItIsMedia({ ...due, act })
    if (wrong === null) log.info(`${name} is done`, { cue })
  }

  const report = (due: DueAct, wrong: string | null) => {
    if (wrong !== null) log.error(wrong, { cue: due.cue })
    hear({ type: 'acted', name: describeAct(due.act), due, wrong })
  }

  /** OBS accepts a media action on an input that is no media, and does nothing. */
  const lookWhetherItIsMedia = async (due: DueAct & { readonly act: { readonly kind: 'media' } }) => {
    await pause(clock, MEDIA_RESPONDS_WITHIN)
    if (!isUp()) return
    const { input } = due.act
    const answer = await ask('GetMediaInputStatus', 'whether it is media', { inputName: input }).catch(() => null)
    if (answer?.mediaState !== 'OBS_MEDIA_STATE_NONE') return
    report(due, `${describeAct(due.act)} did nothing: "${input}" is no media source, or its file can't be opened`)
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
