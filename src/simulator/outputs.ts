import type { Millis } from '../time/clock.ts'
import type { Obs } from './obs.ts'
import type { RecordPhase, StreamPhase } from './world.ts'

/** How OBS names the phases of an output in its events. */
const stateNames = {
  offline: 'STOPPED',
  stopped: 'STOPPED',
  starting: 'STARTING',
  live: 'STARTED',
  recording: 'STARTED',
  reconnecting: 'RECONNECTING',
  paused: 'PAUSED',
  stopping: 'STOPPING',
} as const satisfies Record<StreamPhase | RecordPhase, string>

const connecting: Millis = 100
const flushing: Millis = 100
const opening: Millis = 10
/** OBS tries again every two to three seconds, and reports each try. */
const retrying: Millis = 2000

export function startStream(obs: Obs): void {
  setStreamPhase(obs, 'starting')
  nextPhase(obs, connecting, () => (obs.world.stream.reachable ? 'live' : 'offline'))
}

export function stopStream(obs: Obs): void {
  setStreamPhase(obs, 'stopping')
  nextPhase(obs, flushing, () => 'offline')
}

/** The RTMP server goes away, so a live stream begins to reconnect. */
export function loseServer(obs: Obs): void {
  obs.world.stream.reachable = false
  if (obs.world.stream.phase === 'live') setStreamPhase(obs, 'reconnecting')
}

export function recoverServer(obs: Obs): void {
  obs.world.stream.reachable = true
  if (obs.world.stream.phase === 'reconnecting') setStreamPhase(obs, 'live')
}

/** Puts the stream into any phase, with the event that OBS sends for it. */
export function setStreamPhase(obs: Obs, phase: StreamPhase): void {
  const { stream } = obs.world
  const wasReconnecting = stream.phase === 'reconnecting'
  stream.forgetNext()
  if (phase === 'reconnecting') {
    stream.frozen = streamDuration(obs)
    nextPhase(obs, retrying, () => 'reconnecting')
  }
  if (phase === 'live') stream.since = obs.now()
  stream.phase = phase
  const state = phase === 'live' && wasReconnecting ? 'RECONNECTED' : stateNames[phase]
  // In the event, only `live` counts as active; GetStreamStatus has more active phases.
  obs.emit('StreamStateChanged', { outputActive: phase === 'live', outputState: `OBS_WEBSOCKET_OUTPUT_${state}` })
}

/** The duration stands still while the stream reconnects, and then begins at 0 again. */
export function streamDuration({ world: { stream }, now }: Obs): Millis {
  if (stream.phase === 'reconnecting') return stream.frozen
  return stream.phase === 'live' || stream.phase === 'stopping' ? now() - stream.since : 0
}

export const streamIsActive = ({ world: { stream } }: Obs): boolean =>
  stream.phase === 'live' || stream.phase === 'reconnecting' || stream.phase === 'stopping'

function nextPhase(obs: Obs, after: Millis, phase: () => StreamPhase): void {
  obs.world.stream.forgetNext = obs.after(after, () => setStreamPhase(obs, phase()))
}

export function startRecord(obs: Obs): void {
  const { record } = obs.world
  record.takes += 1
  record.path = `/recordings/take ${record.takes}.mkv`
  record.before = 0
  record.chapters = []
  setRecordPhase(obs, 'starting')
  obs.after(opening, () => setRecordPhase(obs, 'recording'))
}

export function stopRecord(obs: Obs): void {
  setRecordPhase(obs, 'stopping')
  obs.after(flushing, () => setRecordPhase(obs, 'stopped'))
}

export function setRecordPhase(obs: Obs, phase: RecordPhase): void {
  const { record } = obs.world
  const wasPaused = record.phase === 'paused'
  record.before = recordDuration(obs)
  if (phase === 'recording') record.since = obs.now()
  record.phase = phase
  const state = phase === 'recording' && wasPaused ? 'RESUMED' : stateNames[phase]
  obs.emit('RecordStateChanged', {
    outputActive: phase === 'recording',
    outputState: `OBS_WEBSOCKET_OUTPUT_${state}`,
    outputPath: state === 'STARTED' || state === 'STOPPED' ? record.path : null,
  })
}

export function recordDuration({ world: { record }, now }: Obs): Millis {
  return record.phase === 'recording' ? record.before + now() - record.since : record.before
}

export const recordIsActive = ({ world: { record } }: Obs): boolean =>
  record.phase === 'recording' || record.phase === 'paused'
