import { createActor } from 'xstate'
import type { Orchestrator } from '../src/index.ts'
import { initialContext } from '../src/orchestrator/core/context.ts'
import { machine } from '../src/orchestrator/core/machine.ts'
import { replayed } from '../src/orchestrator/core/replayed.ts'
import { passes, processorTime } from './passes.ts'
import { round, runningShow, scheduleOf } from './stage.ts'
import { type Row, shown } from './table.ts'

const rounds = 10_000

/** How many commands one core applies per second of CPU time. Each is parsed, judged, applied and published, and the timer is set. */
export async function commands(): Promise<Row[]> {
  const few = runningShow(10)
  const many = runningShow(1000)
  const rows: Row[] = []
  for (const { name, kinds } of mixes) {
    // In turn, so that neither profits more from the warm-up.
    const ofMany: number[] = []
    const ofFew = await passes(() => {
      ofMany.push(rateOf(many, kinds))
      return rateOf(few, kinds)
    })
    for (const [cueCount, rates] of [
      [10, ofFew],
      [1000, ofMany.slice(-ofFew.length)],
    ] as const)
      rows.push({
        what: `commands per second, ${name}, ${cueCount} cues`,
        measured: shown(rates, 'M/s'),
        goal: '≥ 1 M/s, flat',
        comparison: '',
      })
  }
  await few.close()
  await many.close()
  // Last, because what it leaves in the engine's caches slows down everything after it.
  const replays = shown(await passes(() => rateOfActor(replayed)), 'M/s')
  const interpreted = shown(await passes(() => rateOfActor(machine)), 'M/s')
  const what = 'the same ten kinds, the machine alone'
  rows.push({ what, measured: replays, goal: '', comparison: `interpreted by XState: ${interpreted}` })
  return rows
}

const mixes = [
  { name: 'ten kinds in turn', kinds: round },
  { name: 'next', kinds: round.slice(0, 1) },
  { name: 'forceScene, release', kinds: round.slice(1, 3) },
  { name: 'pause, resume', kinds: round.slice(3, 5) },
]

function rateOf(orchestrator: Orchestrator, kinds: typeof round): number {
  const count = Math.floor((rounds * round.length) / kinds.length)
  const began = processorTime()
  for (let i = 0; i < count; i++)
    for (const command of kinds) if (!command(orchestrator).accepted) throw new Error('a command was refused')
  return (count * kinds.length) / (processorTime() - began)
}

/** The machine alone: nothing is parsed or published, and no timer is set. */
function rateOfActor(logic: typeof replayed): number {
  const actor = createActor(logic, { input: initialContext(0, true) })
  actor.start()
  actor.send({ type: 'configure', schedule: scheduleOf(10), at: 0 })
  actor.send({ type: 'start', at: 0 })
  const count = rounds / 5
  const force = {
    type: 'forceScene',
    scene: 'BRB',
    until: 'release',
    transition: null,
    toggle: false,
    pause: false,
  } as const
  const began = processorTime()
  for (let at = 0; at < count; at++) {
    actor.send({ type: 'next', at })
    actor.send({ ...force, at })
    actor.send({ type: 'release', at })
    actor.send({ type: 'pause', at })
    actor.send({ type: 'resume', at })
    actor.send({ type: 'updateStreamStatus', phase: 'live', at })
    actor.send({ type: 'hold', at })
    actor.send({ type: 'unhold', at })
    actor.send({ type: 'extend', by: 5000, at })
    actor.send({ type: 'updateStreamStatus', phase: 'reconnecting', at })
  }
  return (count * round.length) / (processorTime() - began)
}
