import type { Obs } from './obs.ts'
import type { StreamPhase } from './world.ts'

const connecting = 100
const flushing = 100
/** OBS tries again every two to three seconds, and reports each try. */
const retrying = 2000

export function startStream(obs: Obs): void {
  enter(obs, 'starting', 'STARTING')
  next(obs, connecting, () => (obs.world.stream.reachable ? goLive(obs, 'STARTED') : enter(obs, 'offline', 'STOPPED')))
}

export function stopStream(obs: Obs): void {
  enter(obs, 'stopping', 'STOPPING')
  next(obs, flushing, () => enter(obs, 'offline', 'STOPPED'))
}

/** The RTMP server goes away, so a live stream begins to reconnect. */
export function loseServer(obs: Obs): void {
  const { stream } = obs.world
  stream.reachable = false
  if (stream.phase !== 'live') return
  stream.frozen = streamDuration(obs)
  reconnect(obs)
}

export function recoverServer(obs: Obs): void {
  obs.world.stream.reachable = true
  if (obs.world.stream.phase === 'reconnecting') goLive(obs, 'RECONNECTED')
}

/** Puts the stream into any phase, with the event that OBS sends for it. */
export function setStreamPhase(obs: Obs, phase: StreamPhase): void {
  const { stream } = obs.world
  if (phase === stream.phase) return
  if (phase === 'offline') enter(obs, 'offline', 'STOPPED')
  if (phase === 'starting') enter(obs, 'starting', 'STARTING')
  if (phase === 'stopping') enter(obs, 'stopping', 'STOPPING')
  if (phase === 'live') goLive(obs, stream.phase === 'reconnecting' ? 'RECONNECTED' : 'STARTED')
  if (phase === 'reconnecting') {
    stream.frozen = streamDuration(obs)
    reconnect(obs)
  }
}

/** The duration stands still while the stream reconnects, and then begins at 0 again. */
export function streamDuration({ world: { stream }, now }: Obs): number {
  if (stream.phase === 'reconnecting') return stream.frozen
  return stream.phase === 'live' || stream.phase === 'stopping' ? now() - stream.since : 0
}

export const streamIsActive = ({ world: { stream } }: Obs): boolean =>
  stream.phase === 'live' || stream.phase === 'reconnecting' || stream.phase === 'stopping'

function reconnect(obs: Obs): void {
  enter(obs, 'reconnecting', 'RECONNECTING')
  next(obs, retrying, () => reconnect(obs))
}

function goLive(obs: Obs, state: 'STARTED' | 'RECONNECTED'): void {
  obs.world.stream.since = obs.now()
  enter(obs, 'live', state)
}

function enter(obs: Obs, phase: StreamPhase, state: string): void {
  obs.world.stream.forgetNext()
  obs.world.stream.phase = phase
  // In the event, only `live` counts as active; GetStreamStatus has more active phases.
  obs.emit('StreamStateChanged', { outputActive: phase === 'live', outputState: `OBS_WEBSOCKET_OUTPUT_${state}` })
}

function next(obs: Obs, length: number, fn: () => void): void {
  obs.world.stream.forgetNext = obs.after(length, fn)
}
