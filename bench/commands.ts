import { createActor } from 'xstate'
import type { Orchestrator } from '../src/index.ts'
import { initialContext } from '../src/orchestrator/core/context.ts'
import { decide, type State } from '../src/orchestrator/core/decide.ts'
import type { Input } from '../src/orchestrator/core/input.ts'
import { machine } from '../src/orchestrator/core/machine.ts'
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
  const replays = shown(await passes(rateOfDecide), 'M/s')
  const interpreted = shown(await passes(rateOfXState), 'M/s')
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
function rateOfDecide(): number {
  let state: State = { value: 'unconfigured', context: initialContext(0, true) }
  return rateOf10((event) => {
    const decision = decide(state, event)
    if (decision.refused !== null) throw new Error('a command was refused')
    state = decision
  })
}

function rateOfXState(): number {
  const actor = createActor(machine, { input: initialContext(0, true) })
  actor.start()
  return rateOf10((event) => actor.send(event))
}

function rateOf10(send: (event: Input) => void): number {
  send({ type: 'configure', schedule: scheduleOf(10), at: 0 })
  send({ type: 'start', at: 0 })
  const count = rounds / 5
  const force = {
    type: 'forceScene',
    scene: 'BRB',
  } as const
  const began = processorTime()
  for (let at = 0; at < count; at++) {
    send({ type: 'next', at })
    send({ ...force, at })
    send({ type: 'release', at })
    send({ type: 'pause', at })
    send({ type: 'resume', at })
    send({ type: 'updateStreamStatus', phase: 'live', at })
    send({ type: 'hold', at })
    send({ type: 'unhold', at })
    send({ type: 'extend', by: 5000, at })
    send({ type: 'updateStreamStatus', phase: 'reconnecting', at })
  }
  return (count * round.length) / (processorTime() - began)
}
