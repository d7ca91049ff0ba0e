import type { State } from '../../schedule/model/schedule.ts'
import { asObsError, ObsError, status } from '../link/obsError.ts'
import {
  type Ask,
  askInputs,
  askItems,
  askScenes,
  askTransition,
  askTransitionRuns,
  askTransitions,
} from '../link/requests.ts'
import type { Answer, Request } from '../mirror/events.ts'
import { nearestInWords } from '../mirror/problems.ts'
import { readStream } from '../mirror/readObs.ts'

/** Asks OBS for one thing and says what has become of it; never rejects. */
export async function carryOut(request: Request, ask: Ask): Promise<Answer> {
  try {
    return await answerTo(request, ask)
  } catch (thrown) {
    const error = asObsError(thrown)
    if (error.reason !== 'refused') return { type: 'unanswered', request, error }
    return { type: 'refused', request, error, message: await inWords(request, error, ask) }
  }
}

/** What is wrong with an input, for a problem: its nearest names, or, where it is there, what OBS said. */
export async function missingInput(input: string, error: ObsError, ask: Ask): Promise<string> {
  if (error.code !== status.notFound) return `the input "${input}": ${error.message}`
  const inputs = await askInputs(ask, 'to name the nearest inputs')
  return `OBS has no input "${input}"; ${nearestInWords(input, inputs)}`
}

async function answerTo(request: Request, ask: Ask): Promise<Answer> {
  const { reason } = request
  switch (request.type) {
    case 'scene':
      await ask('SetCurrentProgramScene', reason, { sceneName: request.scene })
      break
    case 'transition':
      await ask('SetCurrentSceneTransition', reason, { transitionName: request.name })
      break
    case 'transitionDuration':
      await ask('SetCurrentSceneTransitionDuration', reason, { transitionDuration: request.duration })
      break
    case 'state':
      await setState(request.state, reason, ask)
      break
    case 'media':
    case 'restartMedia':
      await ask('TriggerMediaInputAction', reason, { inputName: request.input, mediaAction: RESTART })
      break
    case 'lookAtMedia': {
      const status = await ask('GetMediaInputStatus', reason, { inputName: request.input })
      return { type: 'mediaRead', input: request.input, status }
    }
    case 'look':
      return await see(request, ask)
  }
  return { type: 'done', request }
}

const RESTART = 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART'

async function see(request: Extract<Request, { type: 'look' }>, ask: Ask): Promise<Answer> {
  const { at, reason } = request
  switch (at) {
    case 'scenes':
      return { type: 'scenesRead', ...(await askScenes(ask, reason)) }
    case 'transitions':
      return { type: 'transitionsRead', transitions: await askTransitions(ask, reason) }
    case 'transition':
      return { type: 'transitionRead', transition: await askTransition(ask, reason) }
    case 'cursor':
      return { type: 'cursorRead', runs: await askTransitionRuns(ask, reason) }
    case 'stream':
      return { type: 'streamRead', stream: await readStream(ask, reason) }
    case 'everything':
      return { type: 'done', request }
  }
}

async function setState(state: State, reason: string, ask: Ask): Promise<void> {
  if (state.kind === 'item') return await setItem(state, reason, ask)
  await ask('SetInputMute', reason, { inputName: state.input, inputMuted: state.muted })
}

/** Shows or hides an item, and each further one of the same source. */
async function setItem(state: Extract<State, { kind: 'item' }>, reason: string, ask: Ask): Promise<void> {
  const { scene, item, visible } = state
  const items = await itemsOf(scene, item, reason, ask)
  const meant = items.filter(({ source }) => source === item)
  if (meant.length === 0) {
    const sources = items.map(({ source }) => source)
    const message = `the scene "${scene}" has no item "${item}"; ${nearestInWords(item, sources)}`
    throw new ObsError('refused', message, status.notFound)
  }
  for (const { id } of meant)
    await ask('SetSceneItemEnabled', reason, { sceneName: scene, sceneItemId: id, sceneItemEnabled: visible })
}

async function itemsOf(scene: string, item: string, reason: string, ask: Ask) {
  try {
    return await askItems(ask, reason, scene)
  } catch (thrown) {
    if (!(thrown instanceof ObsError) || thrown.code !== status.notFound) throw thrown
    throw new ObsError('refused', `OBS has no scene "${scene}", so its item "${item}" can't be set`, status.notFound)
  }
}

async function inWords(request: Request, error: ObsError, ask: Ask): Promise<string> {
  const input = inputOf(request)
  return input === null ? error.message : await missingInput(input, error, ask).catch(() => error.message)
}

function inputOf(request: Request): string | null {
  if (request.type === 'media') return request.input
  return request.type === 'state' && request.state.kind === 'mute' ? request.state.input : null
}
