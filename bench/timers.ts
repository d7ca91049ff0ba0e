import { systemClock } from '../src/time/systemClock.ts'
import { percentile } from './passes.ts'
import type { Row } from './table.ts'

const count = 400

/** How late a deadline is noticed. A cue is as late if OBS can't wait for the frame itself. */
export async function timers(): Promise<Row[]> {
  const clock = systemClock()
  const own = await lateness((wait, fn) => {
    const at = clock.now() + wait
    clock.setTimer(at, fn)
    return at
  })
  const peer = await lateness((wait, fn) => {
    setTimeout(fn, wait)
    return performance.timeOrigin + performance.now() + wait
  })
  return [{ what: 'lateness of a deadline', measured: own, goal: '', comparison: `setTimeout: ${peer}` }]
}

async function lateness(arm: (wait: number, fn: () => void) => number): Promise<string> {
  const late: number[] = []
  for (let i = 0; i < count; i++) {
    await new Promise<void>((resolve) => {
      const at = arm(5 + (i % 10), () => {
        late.push(performance.timeOrigin + performance.now() - at)
        resolve()
      })
    })
  }
  return `p50 ${percentile(late, 0.5).toFixed(3)}, p99 ${percentile(late, 0.99).toFixed(2)} ms`
}
