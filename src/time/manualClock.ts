import type { Clock, Instant, Millis } from './clock.ts'
import { timerQueue } from './timerQueue.ts'

/** A clock that moves only when it is told to: for tests, and for simulating a show. */
export type ManualClock = Required<Clock> & {
  /**
   * Lets time pass. Timers fire one by one, each at its own instant, in order of time and then of arming; so do timers that others arm
   * on the way.
   */
  advance(by: Millis): void
  /** Blocks the event loop: time passes, and only then do the timers that became due fire, late and in order. */
  stall(by: Millis): void
  /** Suspends the machine and wakes it. `now()` stops meanwhile, as on Linux, or goes on, as on Windows. No timer fires. */
  sleep(by: Millis): void
  /** Sets the wall clock forward, or back by a negative length. */
  setWall(by: Millis): void
}

/** `startAt`: milliseconds since 1970. `monotonicStopsInSleep`: whether `now()` stops during `sleep`; default: true. */
export function manualClock(
  startAt: Instant = 0,
  { monotonicStopsInSleep = true }: { readonly monotonicStopsInSleep?: boolean } = {},
): ManualClock {
  const timers = timerQueue()
  let now = startAt
  let slept: Millis = 0
  let skipped: Millis = 0
  let wallSet: Millis = 0

  const setTimer = (at: Instant, fn: () => void) => timers.add(at, fn)
  const sinceStart = () => now - startAt - skipped + slept
  const fireThrough = (end: () => Instant) => {
    for (let timer = timers.takeDue(end()); timer; timer = timers.takeDue(end())) {
      now = Math.max(now, timer.at)
      timer.fn()
    }
  }

  return {
    now: () => now,
    setTimer,
    setBackgroundTimer: setTimer,
    wall: () => startAt + sinceStart() + wallSet,
    uptime: sinceStart,
    skip: (by) => {
      now += whole(by)
      skipped += by
    },
    advance: (by) => {
      // A skip on the way is not part of the time that passes here.
      const end = now - skipped + whole(by)
      fireThrough(() => end + skipped)
      now = Math.max(now, end + skipped)
    },
    stall: (by) => {
      now += whole(by)
      fireThrough(() => now)
    },
    sleep: (by) => {
      if (monotonicStopsInSleep) slept += whole(by)
      else now += whole(by)
    },
    setWall: (by) => {
      wallSet += by
    },
  }
}

function whole(by: Millis): Millis {
  if (Number.isInteger(by) && by >= 0) return by
  throw new RangeError(`time passes forward, in whole milliseconds; ${by} isn't such a length`)
}
