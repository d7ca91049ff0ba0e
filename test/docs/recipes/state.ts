import { checkSchedule, createOrchestrator, manualClock } from '../../../src/index.ts'

/** Whether a state has this path, such as `cue.title`, while a show runs and a scene is forced. */
export function isInState(path: string): boolean {
  let at: unknown = fullState
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null || !(step in at)) return false
    at = Reflect.get(at, step)
  }
  return true
}

const fullState = (() => {
  const cue = { scene: 'A', duration: '1m' }
  const { schedule } = checkSchedule({ version: 1, cues: [cue, cue] })
  if (schedule === undefined) throw new Error('the schedule of this test is broken')
  const orchestrator = createOrchestrator({ schedule, clock: manualClock() })
  orchestrator.start()
  orchestrator.forceScene('B')
  return orchestrator.currentState()
})()
