import { setTimeout as pause } from 'node:timers/promises'
import type { Orchestrator } from '../src/index.ts'
import { micros, spreads } from './passes.ts'
import { round, runningShow } from './stage.ts'
import { type Row, shownSpread } from './table.ts'

/** How long it takes from the call of a command until its state can be read. It is applied at once, so that is the call itself. */
export async function latency(): Promise<Row[]> {
  const orchestrator = runningShow(100)
  const backToBack = await spreads(() => sample(orchestrator, 20_000))
  const paced = await spreads(async () => {
    const samples = new Float64Array(300)
    for (let i = 0; i < samples.length; i++) {
      await pause(1)
      samples[i] = timeOf(orchestrator, i)
    }
    return samples
  }, 5)
  await orchestrator.close()
  return [
    {
      what: 'command → state visible, back to back',
      measured: shownSpread(backToBack, 'µs'),
      goal: 'p99 ≤ 5 µs',
      comparison: 'Rust/tokio original: p99 1.5 µs (published figure)',
    },
    {
      what: 'command → state visible, one per millisecond',
      measured: shownSpread(paced, 'µs'),
      goal: '',
      comparison: 'Rust/tokio original: p99 19 µs (published figure)',
    },
  ]
}

function sample(orchestrator: Orchestrator, count: number): Float64Array {
  const samples = new Float64Array(count)
  for (let i = 0; i < count; i++) samples[i] = timeOf(orchestrator, i)
  return samples
}

function timeOf(orchestrator: Orchestrator, i: number): number {
  const command = round[i % round.length]
  const began = micros()
  command?.(orchestrator)
  return micros() - began
}
