import type { DueAct } from '../playout/effect.ts'
import { describeAct, performAct } from './acts.ts'
import type { Log } from './log.ts'
import { asObsError } from './obsError.ts'
import type { Problems } from './problems.ts'
import type { Ask } from './requests.ts'

export type ActQueuePort = {
  readonly problems: Problems
  readonly log: Log
  isUp(): boolean
  ask: Ask
  available(): ReadonlySet<string>
}

/** Does acts one after the other, each at most once: what can't be done now is a problem, not a debt. */
export function createActQueue({ problems, log, isUp, ask, available }: ActQueuePort) {
  let last: Promise<void> = Promise.resolve()

  const doOne = async ({ cue, act }: DueAct) => {
    const name = describeAct(act)
    const wrong = isUp()
      ? await outcomeOf(act)
      : `${name} was not done: OBS was not there; do it by hand if it still matters`
    if (wrong === null) {
      log.info(`${name} is done`, { cue })
      problems.clear('actFailed', name)
    } else {
      log.error(wrong, { cue })
      problems.raise('actFailed', name, wrong)
    }
  }

  const outcomeOf = async (act: DueAct['act']): Promise<string | null> => {
    try {
      return await performAct(act, ask, available())
    } catch (thrown) {
      return `OBS did not say whether ${describeAct(act)} was done: ${asObsError(thrown).message}; look in OBS`
    }
  }

  return {
    perform(acts: readonly DueAct[]): Promise<void> {
      last = last.then(async () => {
        for (const act of acts) await doOne(act)
      })
      return last
    },
  }
}
