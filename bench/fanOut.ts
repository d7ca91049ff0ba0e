import { setImmediate as turn } from 'node:timers/promises'
import { createActor } from 'xstate'
import { initialContext } from '../src/orchestrator/core/context.ts'
import { machine } from '../src/orchestrator/core/machine.ts'
import { micros, type Spread, spreads } from './passes.ts'
import { runningShow } from './stage.ts'
import { type Row, shownSpread } from './table.ts'

const samplesAPass = 1000

/** How long it takes from the call of a command until the last of many readers has the new state. */
export async function fanOut(): Promise<Row[]> {
  const rows: Row[] = []
  for (const count of [1, 100, 1000]) {
    const peer = shownSpread(await toObservers(count), 'µs')
    rows.push({
      what: `command → the last of ${count} callback subscribers`,
      measured: shownSpread(await toCallbacks(count), 'µs'),
      goal: count === 1000 ? 'p99 ≤ 50 µs' : '',
      comparison: `subscribe of a plain XState actor: ${peer}`,
    })
  }
  rows.push({
    what: 'command → the last of 1000 parked for await readers',
    measured: shownSpread(await toReaders(1000), 'µs'),
    goal: 'p99 ≤ 1000 µs',
    comparison: 'Rust/tokio original: p99 2.6 ms (published figure)',
  })
  return rows
}

async function toCallbacks(count: number): Promise<Spread> {
  const orchestrator = runningShow(100)
  let last = 0
  for (let i = 1; i < count; i++) orchestrator.subscribe((state) => void state.seq)
  orchestrator.subscribe(() => {
    last = micros()
  })
  const spread = await spreads(() =>
    sample((i) => {
      const began = micros()
      if (i % 2 === 0) orchestrator.forceScene('BRB')
      else orchestrator.release()
      return last - began
    }),
  )
  await orchestrator.close()
  return spread
}

async function toObservers(count: number): Promise<Spread> {
  const actor = createActor(machine, { input: initialContext(0, true) })
  actor.start()
  let last = 0
  for (let i = 1; i < count; i++) actor.subscribe((state) => void state.value)
  actor.subscribe(() => {
    last = micros()
  })
  const force = {
    type: 'forceScene',
    scene: 'BRB',
  } as const
  return spreads(() =>
    sample((i) => {
      const began = micros()
      actor.send(i % 2 === 0 ? { ...force, at: i } : { type: 'release', at: i })
      return last - began
    }),
  )
}

async function toReaders(count: number): Promise<Spread> {
  const orchestrator = runningShow(100)
  let readers = 0
  let last = 0
  const read = async () => {
    for await (const _ of orchestrator.states()) {
      readers++
      last = micros()
    }
  }
  const reading = Array.from({ length: count }, read)
  const spread = await spreads(() =>
    sample(async (i) => {
      readers = 0
      const began = micros()
      if (i % 2 === 0) orchestrator.forceScene('BRB')
      else orchestrator.release()
      while (readers < count) await turn()
      return last - began
    }),
  )
  await orchestrator.close()
  await Promise.all(reading)
  return spread
}

/** One sample per turn of the event loop, as commands come. */
async function sample(timeOf: (i: number) => number | Promise<number>): Promise<Float64Array> {
  const samples = new Float64Array(samplesAPass)
  for (let i = 0; i < samples.length; i++) {
    await turn()
    samples[i] = await timeOf(i)
  }
  return samples
}
