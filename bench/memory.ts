import { createOrchestrator, type Orchestrator } from '../src/index.ts'
import { heapUsed, passes } from './passes.ts'
import { runningShow, scheduleOf } from './stage.ts'
import { type Row, shown } from './table.ts'

/** How much the heap grows with one more of each, after everything unreachable is collected. */
export async function memory(): Promise<Row[]> {
  const schedule = scheduleOf(10)
  const bare = await bytesEach(1000, () => createOrchestrator())
  const running = await bytesEach(1000, () => {
    const orchestrator = createOrchestrator({ schedule })
    orchestrator.start()
    return orchestrator
  })
  const orchestrator = runningShow(10)
  const listeners = Array.from({ length: 100_000 }, () => () => {})
  const callback = await passes(() => {
    const before = heapUsed()
    const ends = listeners.map((listener) => orchestrator.subscribe(listener))
    const each = (heapUsed() - before) / listeners.length
    for (const end of ends) end()
    return each
  }, 5)
  const forgotten = await passes(() => {
    const one = runningShow(10)
    const before = heapUsed()
    for (const listener of listeners) one.subscribe(listener)
    const each = (heapUsed() - before) / listeners.length
    void one.close()
    return each
  }, 5)
  const reader = await passes(async () => {
    const one = runningShow(10)
    const before = heapUsed()
    const reading = Array.from({ length: 10_000 }, async () => {
      for await (const _ of one.states());
    })
    await Promise.resolve()
    const each = (heapUsed() - before) / reading.length
    await one.close()
    await Promise.all(reading)
    return each
  }, 5)
  await orchestrator.close()
  return [
    {
      what: 'memory per orchestrator, without a schedule',
      measured: shown(bare, 'B', 0),
      goal: '≤ 5000 B',
      comparison: '',
    },
    {
      what: 'memory per orchestrator, its show running',
      measured: shown(running, 'B', 0),
      goal: '≤ 8000 B',
      comparison: '6.6 KB (published figure)',
    },
    {
      what: 'memory per callback subscriber',
      measured: shown(forgotten, 'B', 0),
      goal: '≤ 100 B',
      comparison: '256 B (published figure)',
    },
    {
      what: 'the same, with its unsubscribe function kept',
      measured: shown(callback, 'B', 0),
      goal: '',
      comparison: '',
    },
    { what: 'memory per parked for await reader', measured: shown(reader, 'B', 0), goal: '', comparison: '' },
  ]
}

function bytesEach(count: number, create: () => Orchestrator) {
  return passes(async () => {
    const kept: Orchestrator[] = []
    const before = heapUsed()
    for (let i = 0; i < count; i++) kept.push(create())
    const each = (heapUsed() - before) / count
    await Promise.all(kept.map((orchestrator) => orchestrator.close()))
    return each
  }, 5)
}
