import type { RecordingPhase, StreamPhase } from '../../orchestrator/core/events.ts'

/**
 * The phase that an output state of OBS stands for; null: it says nothing new. OBS sends RECONNECTING again at each retry, with
 * outputActive false, so only the name of the state counts.
 */
export function streamPhase(outputState: string): StreamPhase | null {
  switch (outputState) {
    case 'OBS_WEBSOCKET_OUTPUT_STARTING':
      return 'starting'
    case 'OBS_WEBSOCKET_OUTPUT_STARTED':
    case 'OBS_WEBSOCKET_OUTPUT_RECONNECTED':
      return 'live'
    case 'OBS_WEBSOCKET_OUTPUT_RECONNECTING':
      return 'reconnecting'
    case 'OBS_WEBSOCKET_OUTPUT_STOPPING':
      return 'stopping'
    case 'OBS_WEBSOCKET_OUTPUT_STOPPED':
      return 'offline'
    default:
      return null
  }
}

/** The phase that GetStreamStatus stands for. `outputActive` stays true while the stream reconnects. */
export function streamPhaseNow(status: { outputActive: boolean; outputReconnecting: boolean }): StreamPhase {
  if (!status.outputActive) return 'offline'
  return status.outputReconnecting ? 'reconnecting' : 'live'
}

export function recordingPhase(outputState: string): RecordingPhase | null {
  switch (outputState) {
    case 'OBS_WEBSOCKET_OUTPUT_STARTED':
    case 'OBS_WEBSOCKET_OUTPUT_RESUMED':
      return 'recording'
    case 'OBS_WEBSOCKET_OUTPUT_PAUSED':
      return 'paused'
    case 'OBS_WEBSOCKET_OUTPUT_STOPPED':
      return 'off'
    default:
      return null
  }
}

export function recordingPhaseNow(status: { outputActive: boolean; outputPaused: boolean }): RecordingPhase {
  if (!status.outputActive) return 'off'
  return status.outputPaused ? 'paused' : 'recording'
}
