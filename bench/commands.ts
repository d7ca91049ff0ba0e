import { createActor } from 'xstate'
import type { Orchestrator } from '../src/index.ts'
import { initialContext } from '../src/orchestrator/context.ts'
import { machine } from '../src/orchestrator/machine.ts'
import { passes } from './passes.ts'
import { round, runningShow, scheduleOf } from './stage.ts'
import { type Row, shown } from './table.ts'

const rounds = 10_000

/** How many commands a second one core applies: each is parsed, judged, applied, armed, and published. */
export async function commands(): Promise<Row[]> {
  const rows: Row[] = []
  for (const cueCount of [10, 1000]) {
    const orchestrator = runningShow(cueCount)
    const mixed = await passes(() => rateOf(orchestrator, round))
    rows.push({
      what: `commands per second, ten kinds in turn, ${cueCount} cues`,
      measured: shown(mixed, 'M/s'),
      goal: '≥ 1.2 M/s, flat',
      comparison: '',
    })
    for (const [i, name] of ['next', 'forceScene, release', 'pause, resume'].entries()) {
      const kinds = i === 0 ? round.slice(0, 1) : round.slice(2 * i - 1, 2 * i + 1)
      rows.push({
        what: `${name}, ${cueCount} cues`,
        measured: shown(await passes(() => rateOf(orchestrator, kinds)), 'M/s'),
        goal: '≥ 1.2 M/s, flat',
        comparison: '',
      })
    }
    await orchestrator.close()
  }
  // Last: what it leaves in the caches of the engine slows everything down that comes after it.
  const plain = await passes(() => rateOfPlainActor())
  rows.push({
    what: 'the same ten kinds, the machine alone in a plain XState actor',
    measured: shown(plain, 'M/s'),
    goal: '',
    comparison: '',
  })
  return rows
}

function rateOf(orchestrator: Orchestrator, kinds: typeof round): number {
  const count = Math.floor((rounds * round.length) / kinds.length)
  const began = performance.now()
  for (let i = 0; i < count; i++)
    for (const command of kinds) if (!command(orchestrator).accepted) throw new Error('a command was refused')
  return (count * kinds.length) / (performance.now() - began) / 1000
}

/** The machine alone in XState's own interpreter: nothing is parsed, armed or published. */
function rateOfPlainActor(): number {
  const actor = createActor(machine, { input: initialContext(0, true) })
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
  const began = performance.now()
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
  return (count * round.length) / (performance.now() - began) / 1000
}
