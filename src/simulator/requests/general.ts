import { fps, type Obs, type Requests } from '../obs.ts'
import { Status } from '../protocol.ts'
import { Refusal } from '../refusal.ts'
import { requestFields } from '../requestFields.ts'
import { streamDuration } from '../streaming.ts'

/** The OBS that this one is like; what a log says of it must not pass for a real one. */
const obsVersion = '30.2.3-simulator'
export const obsWebSocketVersion = '5.5.2'

export function generalRequests(obs: Obs, all: () => Requests): Requests {
  return {
    GetVersion: () => ({
      obsVersion,
      obsWebSocketVersion,
      rpcVersion: 1,
      availableRequests: Object.keys(all()),
      supportedImageFormats: ['png', 'jpg'],
      platform: 'simulator',
      platformDescription: 'Simulator of stream-orchestrator',
    }),
    GetStats: () => ({
      cpuUsage: 1,
      memoryUsage: 200,
      availableDiskSpace: 100_000,
      activeFps: fps,
      averageFrameRenderTime: 1,
      renderSkippedFrames: 0,
      renderTotalFrames: obs.framesRendered(),
      outputSkippedFrames: 0,
      outputTotalFrames: Math.floor((streamDuration(obs) * fps) / 1000),
      webSocketSessionIncomingMessages: 0,
      webSocketSessionOutgoingMessages: 0,
    }),
    BroadcastCustomEvent: (fields) => {
      obs.emit('CustomEvent', fields.object('eventData'))
      return undefined
    },
    GetHotkeyList: () => ({ hotkeys: [...Object.keys(hotkeys), 'OBSBasic.SelectScene'] }),
    TriggerHotkeyByName: (fields) => {
      const name = fields.string('hotkeyName')
      const request = hotkeys[name]
      if (request) all()[request]?.(requestFields(undefined))
      else if (name !== 'OBSBasic.SelectScene') {
        throw new Refusal(Status.resourceNotFound, 'No hotkeys were found by that name.')
      }
      return undefined
    },
    // Sleeps only within a batch, which sees to it itself.
    Sleep: () => {
      throw new Refusal(Status.unsupportedExecutionType)
    },
  }
}

/** What these hotkeys of OBS do, as requests. */
const hotkeys: Readonly<Record<string, string>> = {
  'OBSBasic.StartStreaming': 'StartStream',
  'OBSBasic.StopStreaming': 'StopStream',
  'OBSBasic.StartRecording': 'StartRecord',
  'OBSBasic.StopRecording': 'StopRecord',
  'OBSBasic.PauseRecording': 'PauseRecord',
  'OBSBasic.UnpauseRecording': 'ResumeRecord',
  'OBSBasic.StartReplayBuffer': 'StartReplayBuffer',
  'OBSBasic.StopReplayBuffer': 'StopReplayBuffer',
  'OBSBasic.Transition': 'TriggerStudioModeTransition',
}
