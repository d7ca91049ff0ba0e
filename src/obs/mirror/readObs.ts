import { type Ask, askScenes, askTransition, askTransitionRuns, askTransitions } from '../link/requests.ts'
import type { Reading, StreamReading } from './events.ts'
import { recordingPhaseNow, streamPhaseNow } from './outputs.ts'

const REASON = 'everything is read when the link comes up'

/** Reads all that the adapter wants to know of an OBS before it does anything to it. Rejects with an ObsError. */
export async function readObs(ask: Ask): Promise<Reading> {
  const version = await ask('GetVersion', REASON)
  const transition = await askTransition(ask, REASON)
  const transitions = await askTransitions(ask, REASON)
  const stream = await readStream(ask, REASON)
  const recording = await ask('GetRecordStatus', REASON)
  const video = await ask('GetVideoSettings', REASON)
  const { renderTotalFrames } = await ask('GetStats', REASON)
  const { studioModeEnabled } = await ask('GetStudioModeEnabled', REASON)
  const available = new Set(version.availableRequests)
  const transitionRuns = available.has(CURSOR) && (await askTransitionRuns(ask, REASON))
  // The scenes and the program come last, so that they are as fresh as can be.
  const { scenes, program } = await askScenes(ask, REASON)
  return {
    obs: { version: version.obsVersion, websocket: version.obsWebSocketVersion, platform: version.platform },
    ...{ available, scenes, program, transition, transitions, transitionRuns, stream },
    studioMode: studioModeEnabled,
    recording: recordingPhaseNow(recording),
    frames: renderTotalFrames,
    fps: video.fpsNumerator / video.fpsDenominator,
  }
}

/** The request that tells whether a transition runs; OBS 28 doesn't have it. */
export const CURSOR = 'GetCurrentSceneTransitionCursor'

export async function readStream(ask: Ask, reason: string): Promise<StreamReading> {
  const status = await ask('GetStreamStatus', reason)
  const phase = streamPhaseNow(status)
  return { phase, lasts: phase === 'live' ? status.outputDuration : null }
}
