import type { ObsIdentity, RecordingPhase, StreamPhase } from '../../orchestrator/core/events.ts'
import type { Millis } from '../../time/clock.ts'
import type { Ask } from '../link/requests.ts'
import { askProgram, askScenes, askTransition, askTransitionRuns, askTransitions } from '../link/requests.ts'
import type { KnownTransition } from './known.ts'
import { recordingPhaseNow, streamPhaseNow } from './streamStatus.ts'

/** All that the adapter wants to know of an OBS before it does anything to it. */
export type Reading = {
  readonly obs: ObsIdentity
  readonly available: ReadonlySet<string>
  readonly scenes: readonly string[]
  readonly program: string
  readonly transition: { readonly name: string; readonly duration: Millis | null }
  readonly transitions: readonly KnownTransition[]
  readonly transitionRuns: boolean
  readonly studioMode: boolean
  readonly stream: { readonly phase: StreamPhase; readonly lasts: Millis | null }
  readonly recording: RecordingPhase
  readonly frames: number
  readonly fps: number
}

const REASON = 'everything is read when the link comes up'

/** The program comes last, so that it is as fresh as can be. */
export async function readObs(ask: Ask): Promise<Reading> {
  const version = await ask('GetVersion', REASON)
  const { scenes } = await askScenes(ask, REASON)
  const transition = await askTransition(ask, REASON)
  const transitions = await askTransitions(ask, REASON)
  const stream = await readStream(ask)
  const recording = await ask('GetRecordStatus', REASON)
  const video = await ask('GetVideoSettings', REASON)
  const { renderTotalFrames } = await ask('GetStats', REASON)
  const { studioModeEnabled } = await ask('GetStudioModeEnabled', REASON)
  const available = new Set(version.availableRequests)
  const transitionRuns = available.has('GetCurrentSceneTransitionCursor') && (await askTransitionRuns(ask, REASON))
  return {
    obs: { version: version.obsVersion, websocket: version.obsWebSocketVersion, platform: version.platform },
    available,
    scenes,
    transition,
    transitions,
    transitionRuns,
    studioMode: studioModeEnabled,
    stream,
    recording: recordingPhaseNow(recording),
    frames: renderTotalFrames,
    fps: video.fpsNumerator / video.fpsDenominator,
    program: await askProgram(ask, REASON),
  }
}

/** `lasts`: how long it has been live; starts again at 0 when it reconnects. */
export async function readStream(ask: Ask): Promise<Reading['stream']> {
  const status = await ask('GetStreamStatus', REASON)
  const phase = streamPhaseNow(status)
  return { phase, lasts: phase === 'live' ? status.outputDuration : null }
}
