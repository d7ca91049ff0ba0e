import type { Clock, Instant, Millis } from './clock.ts'
import { timerQueue } from './timerQueue.ts'

/** A clock that stands still until it is told to move: for tests, and to rehearse a show. */
export type ManualClock = Required<Clock> & {
  /** Lets time pass. Timers fire one by one in order of their time, then of arming, each at its own instant; those armed meanwhile too. */
  advance(by: Millis): void
  /** The event loop is blocked: time passes, and only afterwards do the timers that became due fire, late, in order. */
  stall(by: Millis): void
  /** The machine is suspended and wakes up. `now()` stands still meanwhile, as on Linux, or goes on, as on Windows. No timer fires. */
  sleep(by: Millis): void
  /** Somebody sets the wall clock forward, or back by a negative length. */
  setWall(by: Millis): void
}

/** `startAt`: milliseconds since 1970. `monotonicStopsInSleep`: see `sleep`; by default it does. */
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
      // What is skipped on the way is not part of the time that passes here.
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
  throw new RangeError(`time passes in whole milliseconds, and forward; ${by} is not such a length`)
}
