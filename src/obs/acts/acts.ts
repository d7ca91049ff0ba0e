import type { Act } from '../../schedule/model/schedule.ts'
import { ObsError, status } from '../link/obsError.ts'
import type { Ask, ObsRequests } from '../link/requests.ts'
import { missingInput } from '../takes/carryOut.ts'

/** Null once it is done or was so already; otherwise what is wrong and what to do about it. Rejects if OBS couldn't be asked. */
export async function performAct(act: Act, ask: Ask, available: ReadonlySet<string>): Promise<string | null> {
  const { request, fields, alreadySo } = requestOf(act)
  if (!available.has(request)) return `this OBS is too old for "${describeAct(act)}" (it has no ${request}); update OBS`
  try {
    await ask(request, 'an act of the schedule is due', fields)
    return null
  } catch (thrown) {
    if (!(thrown instanceof ObsError) || thrown.reason !== 'refused') throw thrown
    if (alreadySo !== undefined && thrown.code === alreadySo) return null
    return `${describeAct(act)} was not done: ${await advice(act, thrown, ask)}`
  }
}

/** The act as a schedule names it. */
export function describeAct(act: Act): string {
  switch (act.kind) {
    case 'chapter':
      return `chapter ${act.title}`
    case 'media':
      return `${act.do} ${act.input}`
    case 'text':
      return `text ${act.input}`
    case 'hotkey':
      return `hotkey ${act.name}`
    default:
      return act.kind
  }
}

type ActRequest = {
  readonly request: keyof ObsRequests
  readonly fields?: ObsRequests[keyof ObsRequests]
  /** The status code with which OBS says that it is so already. */
  readonly alreadySo?: number
}

function requestOf(act: Act): ActRequest {
  switch (act.kind) {
    case 'chapter':
      return { request: 'CreateRecordChapter', fields: { chapterName: act.title } }
    case 'media': {
      const mediaAction = `OBS_WEBSOCKET_MEDIA_INPUT_ACTION_${act.do.toUpperCase()}`
      return { request: 'TriggerMediaInputAction', fields: { inputName: act.input, mediaAction } }
    }
    case 'text': {
      const fields = { inputName: act.input, inputSettings: { text: act.value }, overlay: true }
      return { request: 'SetInputSettings', fields }
    }
    case 'hotkey':
      return { request: 'TriggerHotkeyByName', fields: { hotkeyName: act.name } }
    default:
      return switches[act.kind]
  }
}

type Switch = Exclude<Act['kind'], 'chapter' | 'media' | 'text' | 'hotkey'>

const switches: Readonly<Record<Switch, ActRequest>> = {
  startStream: { request: 'StartStream', alreadySo: status.alreadyRunning },
  stopStream: { request: 'StopStream', alreadySo: status.notRunning },
  startRecord: { request: 'StartRecord', alreadySo: status.alreadyRunning },
  stopRecord: { request: 'StopRecord', alreadySo: status.notRunning },
  startReplayBuffer: { request: 'StartReplayBuffer', alreadySo: status.alreadyRunning },
  saveReplay: { request: 'SaveReplayBuffer' },
  startVirtualCam: { request: 'StartVirtualCam', alreadySo: status.alreadyRunning },
  stopVirtualCam: { request: 'StopVirtualCam', alreadySo: status.notRunning },
}

async function advice(act: Act, error: ObsError, ask: Ask): Promise<string> {
  if (act.kind === 'media' || act.kind === 'text') return await missingInput(act.input, error, ask)
  switch (error.code) {
    case status.notRunning:
      return act.kind === 'saveReplay'
        ? "the replay buffer isn't running; start it first (startReplayBuffer)"
        : 'nothing is being recorded; start the recording first (startRecord)'
    case status.notFound:
      return 'OBS has no hotkey of that name; write it as OBS does, such as OBSBasic.Screenshot'
    default:
      return error.message
  }
}
