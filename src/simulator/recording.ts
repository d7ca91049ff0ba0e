import type { Obs } from './obs.ts'
import type { RecordPhase } from './world.ts'

const opening = 10
const flushing = 100

export function startRecord(obs: Obs): void {
  const { record } = obs.world
  record.takes += 1
  record.path = `/recordings/take ${record.takes}.mkv`
  record.before = 0
  record.chapters = []
  enter(obs, 'starting', 'STARTING')
  obs.after(opening, () => {
    record.since = obs.now()
    enter(obs, 'recording', 'STARTED')
  })
}

export function stopRecord(obs: Obs): void {
  hold(obs)
  enter(obs, 'stopping', 'STOPPING')
  obs.after(flushing, () => enter(obs, 'stopped', 'STOPPED'))
}

export function pauseRecord(obs: Obs): void {
  hold(obs)
  enter(obs, 'paused', 'PAUSED')
}

export function resumeRecord(obs: Obs): void {
  obs.world.record.since = obs.now()
  enter(obs, 'recording', 'RESUMED')
}

export function recordDuration({ world: { record }, now }: Obs): number {
  return record.phase === 'recording' ? record.before + now() - record.since : record.before
}

export const recordIsActive = ({ world: { record } }: Obs): boolean =>
  record.phase === 'recording' || record.phase === 'paused'

function hold(obs: Obs): void {
  obs.world.record.before = recordDuration(obs)
}

function enter(obs: Obs, phase: RecordPhase, state: string): void {
  const { record } = obs.world
  record.phase = phase
  obs.emit('RecordStateChanged', {
    outputActive: phase === 'recording',
    outputState: `OBS_WEBSOCKET_OUTPUT_${state}`,
    outputPath: state === 'STARTED' || state === 'STOPPED' ? record.path : null,
  })
}
