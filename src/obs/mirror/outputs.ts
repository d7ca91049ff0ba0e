import type { RecordingPhase, StreamPhase } from '../../orchestrator/core/events.ts'
import type { Millis } from '../../time/clock.ts'
import type { StreamReading } from './events.ts'
import { andThen, type Mirror, type Observed, silently } from './mirror.ts'

/** Right after the end of a stream GetStreamStatus can still say that it runs, and no event follows. */
const SECOND_LOOK_AFTER: Millis = 2000

/**
 * OBS sends RECONNECTING again at each retry, with outputActive false, so only the name of the state counts. Each change is told
 * once.
 */
export function streamChanged(mirror: Mirror, outputState: string): Observed {
  const phase = streamPhases.get(outputState)
  const heard = { ...mirror, isStreamHeard: true, streamLookAt: null }
  return phase === undefined ? silently(heard) : streamIs(heard, { phase, lasts: null })
}

export function recordingChanged(mirror: Mirror, outputState: string): Observed {
  const phase = recordingPhases.get(outputState)
  return phase === undefined ? silently(mirror) : recordingIs({ ...mirror, isRecordingHeard: true }, phase)
}

/** A reading counts unless an event has said something else meanwhile. */
export function outputsRead(mirror: Mirror, stream: StreamReading, recording: RecordingPhase): Observed {
  const { isStreamHeard, isRecordingHeard, at } = mirror
  const streamLookAt = stream.phase === 'offline' || isStreamHeard ? null : at + SECOND_LOOK_AFTER
  const streaming = streamRead({ ...mirror, streamLookAt }, stream)
  return isRecordingHeard ? streaming : andThen(streaming, (known) => recordingIs(known, recording))
}

export function streamRead(mirror: Mirror, stream: StreamReading): Observed {
  return mirror.isStreamHeard ? silently(mirror) : streamIs(mirror, stream)
}

/** The phase that GetStreamStatus stands for. `outputActive` stays true while the stream reconnects. */
export function streamPhaseNow(status: { outputActive: boolean; outputReconnecting: boolean }): StreamPhase {
  if (!status.outputActive) return 'offline'
  return status.outputReconnecting ? 'reconnecting' : 'live'
}

export function recordingPhaseNow(status: { outputActive: boolean; outputPaused: boolean }): RecordingPhase {
  if (!status.outputActive) return 'off'
  return status.outputPaused ? 'paused' : 'recording'
}

function streamIs(mirror: Mirror, { phase, lasts }: StreamReading): Observed {
  if (phase === mirror.stream) return silently(mirror)
  const since = lasts === null ? {} : { since: mirror.at - Math.round(lasts) }
  return { mirror: { ...mirror, stream: phase }, reports: [{ type: 'updateStreamStatus', phase, ...since }] }
}

function recordingIs(mirror: Mirror, phase: RecordingPhase): Observed {
  if (phase === mirror.recording) return silently(mirror)
  return { mirror: { ...mirror, recording: phase }, reports: [{ type: 'recording', phase }] }
}

const streamPhases: ReadonlyMap<string, StreamPhase> = new Map([
  ['OBS_WEBSOCKET_OUTPUT_STARTING', 'starting'],
  ['OBS_WEBSOCKET_OUTPUT_STARTED', 'live'],
  ['OBS_WEBSOCKET_OUTPUT_RECONNECTED', 'live'],
  ['OBS_WEBSOCKET_OUTPUT_RECONNECTING', 'reconnecting'],
  ['OBS_WEBSOCKET_OUTPUT_STOPPING', 'stopping'],
  ['OBS_WEBSOCKET_OUTPUT_STOPPED', 'offline'],
])

const recordingPhases: ReadonlyMap<string, RecordingPhase> = new Map([
  ['OBS_WEBSOCKET_OUTPUT_STARTED', 'recording'],
  ['OBS_WEBSOCKET_OUTPUT_RESUMED', 'recording'],
  ['OBS_WEBSOCKET_OUTPUT_PAUSED', 'paused'],
  ['OBS_WEBSOCKET_OUTPUT_STOPPED', 'off'],
])
