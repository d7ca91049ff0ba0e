import type { Obs, Requests } from '../obs.ts'
import { Status } from '../protocol.ts'
import { Refusal } from '../refusal.ts'
import { startStream, stopStream, streamDuration, streamIsActive } from '../streaming.ts'
import { timecode } from '../timecode.ts'

export function streamRequests(obs: Obs): Requests {
  const { world } = obs
  return {
    GetStreamStatus: () => {
      const outputDuration = streamDuration(obs)
      return {
        outputActive: streamIsActive(obs),
        outputReconnecting: world.stream.phase === 'reconnecting',
        outputTimecode: timecode(outputDuration),
        outputDuration,
        outputCongestion: 0,
        outputBytes: outputDuration * 312,
        outputSkippedFrames: 0,
        outputTotalFrames: Math.floor((outputDuration * 30) / 1000),
      }
    },
    StartStream: () => {
      if (streamIsActive(obs)) throw new Refusal(Status.outputRunning)
      startStream(obs)
      return undefined
    },
    StopStream: () => {
      if (!streamIsActive(obs)) throw new Refusal(Status.outputNotRunning)
      stopStream(obs)
      return undefined
    },
    ToggleStream: () => {
      const outputActive = !streamIsActive(obs)
      if (outputActive) startStream(obs)
      else stopStream(obs)
      return { outputActive }
    },
    GetStreamServiceSettings: () => ({
      streamServiceType: 'rtmp_custom',
      streamServiceSettings: { server: 'rtmp://127.0.0.1/live', key: 'simulator' },
    }),
  }
}
