import type { OBSRequestTypes, OBSResponseTypes } from 'obs-websocket-js/json'
import type { Clock, Millis } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import type { Connection } from './connection.ts'
import { pause } from './deadline.ts'
import { asObsError, ObsError, status } from './obsError.ts'

export type { OBSRequestTypes as ObsRequests, OBSResponseTypes as ObsAnswers }

/** Sends one request to OBS and logs it with its reason. Rejects with an ObsError. */
export type Ask = <T extends keyof OBSRequestTypes>(
  type: T,
  reason: string,
  fields?: OBSRequestTypes[T],
) => Promise<OBSResponseTypes[T]>

const ASK_AGAIN_AFTER: Millis = 100
/** A large collection takes seconds to load. */
export const PATIENCE: Millis = 20_000

export type AskPort = {
  readonly clock: Clock
  readonly log: Log
  /** The present connection; null: there is none. */
  connection(): Connection | null
  /** How long to send a request again while OBS loads a scene collection. */
  readonly patience: Millis
}

export function createAsk({ clock, log, connection, patience }: AskPort): Ask {
  return async (type, reason, fields) => {
    const begun = clock.now()
    const obs = connection()
    if (obs === null) throw new ObsError('closed', 'there is no connection to OBS')
    for (;;) {
      try {
        const answer = await obs.call(type, fields)
        log.debug(type, { ...fields, reason, ms: clock.now() - begun })
        return answer
      } catch (thrown) {
        const error = asObsError(thrown)
        const isWorthWaiting = error.reason === 'notReady' && clock.now() - begun < patience
        log.debug(`${type}: ${error.message}`, { ...fields, reason, ms: clock.now() - begun, code: error.code })
        if (!isWorthWaiting) throw error
        await pause(clock, ASK_AGAIN_AFTER)
      }
    }
  }
}

/**
 * The scenes top to bottom, as in OBS's window (GetSceneList lists them bottom to top), and the one on air; empty where OBS has none on
 * air. Asking GetCurrentProgramScene instead would crash such an OBS (obs-websocket #1349).
 */
export async function askScenes(ask: Ask, reason: string): Promise<{ scenes: readonly string[]; program: string }> {
  const { scenes, currentProgramSceneName } = await ask('GetSceneList', reason)
  return { scenes: scenes.map((scene) => String(scene['sceneName'])).reverse(), program: currentProgramSceneName ?? '' }
}

export async function askTransitions(ask: Ask, reason: string): Promise<readonly { name: string; fixed: boolean }[]> {
  const { transitions } = await ask('GetSceneTransitionList', reason)
  return transitions.map((transition) => ({
    name: String(transition['transitionName']),
    fixed: transition['transitionFixed'] === true,
  }))
}

export async function askTransition(ask: Ask, reason: string): Promise<{ name: string; duration: Millis | null }> {
  const { transitionName, transitionDuration } = await ask('GetCurrentSceneTransition', reason)
  return { name: transitionName, duration: transitionDuration ?? null }
}

/** OBS reports a cursor of 1 when no transition runs. */
export async function askTransitionRuns(ask: Ask, reason: string): Promise<boolean> {
  return (await ask('GetCurrentSceneTransitionCursor', reason)).transitionCursor < 1
}

export async function askInputs(ask: Ask, reason: string): Promise<readonly string[]> {
  return (await ask('GetInputList', reason)).inputs.map((input) => String(input['inputName']))
}

type Item = { readonly id: number; readonly source: string }

/** The items of a scene, or of a group, which OBS lists by another request. */
export async function askItems(ask: Ask, reason: string, sceneName: string): Promise<readonly Item[]> {
  const list = ask('GetSceneItemList', reason, { sceneName }).catch((thrown: unknown) => {
    if (!(thrown instanceof ObsError) || thrown.code !== status.wrongResourceType) throw thrown
    return ask('GetGroupSceneItemList', reason, { sceneName })
  })
  const { sceneItems } = await list
  return sceneItems.map((item) => ({ id: Number(item['sceneItemId']), source: String(item['sourceName']) }))
}
