import type { Clock, Instant, Millis } from '../../src/time/clock.ts'
import { type ManualClock, manualClock } from '../../src/time/manualClock.ts'

/** A manual clock for code with promises: everything that follows from one timer has happened before the next one fires. */
export type SteppedClock = ManualClock & {
  /** Lets time pass, timer by timer. */
  pass(by: Millis): Promise<void>
  /** How many timers are armed. */
  armed(): number
}

export function steppedClock(startAt: Instant = 0): SteppedClock {
  const inner = manualClock(startAt)
  const armed = new Set<{ readonly at: Instant }>()
  const setTimer: Clock['setTimer'] = (at, fn) => {
    const timer = { at }
    armed.add(timer)
    const cancel = inner.setTimer(at, () => {
      armed.delete(timer)
      fn()
    })
    return () => {
      armed.delete(timer)
      cancel()
    }
  }
  const pass = async (by: Millis) => {
    const end = inner.now() + by
    await promisesSettled()
    for (let next = earliest(armed); next <= end; next = earliest(armed)) {
      inner.advance(Math.max(0, next - inner.now()))
      await promisesSettled()
    }
    inner.advance(end - inner.now())
    await promisesSettled()
  }
  return { ...inner, setTimer, setBackgroundTimer: setTimer, pass, armed: () => armed.size }
}

/** All promises that are waiting for nothing but each other have settled. */
export const promisesSettled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function earliest(timers: Iterable<{ readonly at: Instant }>): Instant {
  let first = Number.POSITIVE_INFINITY
  for (const { at } of timers) first = Math.min(first, at)
  return first
}
