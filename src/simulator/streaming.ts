import type { Obs } from './obs.ts'
import type { StreamPhase } from './world.ts'

const connecting = 100
const flushing = 100
/** OBS tries again, and says so again, every two to three seconds. */
const retrying = 2000

export function startStream(obs: Obs): void {
  enter(obs, 'starting', 'STARTING')
  next(obs, connecting, () => (obs.world.stream.reachable ? goLive(obs, 'STARTED') : enter(obs, 'offline', 'STOPPED')))
}

export function stopStream(obs: Obs): void {
  enter(obs, 'stopping', 'STOPPING')
  next(obs, flushing, () => enter(obs, 'offline', 'STOPPED'))
}

/** The RTMP server goes away: a stream that is live begins to reconnect. */
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

/** Brings the stream into a phase with the event that leads there, whatever it was before. */
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

/** Stands still while the stream reconnects, and begins at 0 again after that. */
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
  // Of the phases only live counts as active in the event, though GetStreamStatus says otherwise.
  obs.emit('StreamStateChanged', { outputActive: phase === 'live', outputState: `OBS_WEBSOCKET_OUTPUT_${state}` })
}

function next(obs: Obs, length: number, fn: () => void): void {
  obs.world.stream.forgetNext = obs.after(length, fn)
}
