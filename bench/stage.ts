import { type Clock, checkSchedule, createOrchestrator, type Orchestrator, type Schedule } from '../src/index.ts'
import { type Simulator, startSimulator } from '../src/simulator/simulator.ts'
import { systemClock } from '../src/time/systemClock.ts'

/** A schedule of ten-minute cues in an endless loop. */
export function scheduleOf(cueCount: number, rest: object = {}): Schedule {
  const cues = Array.from({ length: cueCount }, (_, i) => ({
    scene: `Scene ${i % 20}`,
    id: `cue${i}`,
    duration: '10m',
  }))
  const { schedule, problems } = checkSchedule({ version: 1, loop: true, cues, ...rest })
  if (schedule === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  return schedule
}

/** An orchestrator whose show is running. */
export function runningShow(cueCount: number, clock?: Clock): Orchestrator {
  const orchestrator = createOrchestrator({ schedule: scheduleOf(cueCount), ...(clock && { clock }) })
  orchestrator.start()
  return orchestrator
}

/** What an operator does in a show, again and again. Each command is accepted. */
export const round: readonly ((orchestrator: Orchestrator) => { readonly accepted: boolean })[] = [
  (orchestrator) => orchestrator.next(),
  (orchestrator) => orchestrator.forceScene('BRB'),
  (orchestrator) => orchestrator.release(),
  (orchestrator) => orchestrator.pause(),
  (orchestrator) => orchestrator.resume(),
  (orchestrator) => orchestrator.updateStreamStatus('live'),
  (orchestrator) => orchestrator.hold(),
  (orchestrator) => orchestrator.unhold(),
  (orchestrator) => orchestrator.extend('5s'),
  (orchestrator) => orchestrator.updateStreamStatus('reconnecting'),
]

/** A simulated OBS with the scenes of `scheduleOf`. */
export const simulateObs = (): Promise<Simulator> =>
  startSimulator({ clock: systemClock(), scenes: Array.from({ length: 20 }, (_, i) => `Scene ${i}`) })
