import os from 'node:os'
import type { Clock, Instant, Millis } from './clock.ts'
import { timerQueue } from './timerQueue.ts'

export type SystemClock = Required<Clock>

/**
 * Real time: the wall clock at process start plus the monotonic time since then, in whole milliseconds. Setting the wall clock
 * doesn't change it.
 *
 * The monotonic clock stops during sleep on Linux (CLOCK_MONOTONIC), but not on Windows (QueryPerformanceCounter); on macOS it
 * depends on the version of libuv. `uptime()` includes sleep on all three: /proc/uptime is CLOCK_BOOTTIME; kern.boottime moves when
 * the clock is set but not during sleep; GetTickCount64 includes sleep. Their resolutions are 10 ms, 1 s and 16 ms. The reader who
 * finds that they differ calls `skip`.
 */
export function systemClock(): SystemClock {
  const { timeOrigin } = performance
  let skipped: Millis = 0
  const exactNow = () => timeOrigin + skipped + performance.now()
  const timers = createAlarms(exactNow)
  const background = createAlarms(exactNow, { inBackground: true })

  return {
    now: () => Math.floor(exactNow()),
    setTimer: timers.set,
    setBackgroundTimer: background.set,
    wall: () => Date.now(),
    uptime: () => Math.round(os.uptime() * 1000),
    skip: (by) => {
      skipped += Math.max(0, Math.round(by))
      timers.moved()
      background.moved()
    },
  }
}

let common: SystemClock | undefined

/** The clock of everyone who isn't given one, so that a sleep found by one is known to all. */
export function commonClock(): SystemClock {
  common ??= systemClock()
  return common
}

/** Node fires a longer timeout at once. */
const longestTimeout: Millis = 2 ** 31 - 1

/**
 * Alarms that share one Node timer. Setting and clearing a timer costs as much as the rest of a command, and any command may move the
 * next deadline, so the timer is reset only for an earlier alarm. For a later one it fires and looks again.
 *
 * A timeout is up to a millisecond late and sometimes a fraction early. An exact alarm therefore sets it to the last whole millisecond
 * and waits out the rest in turns of the event loop: half a millisecond of CPU time for a median lateness of 0.01 ms instead of 0.8.
 * Alarms in the background do without that, and don't keep the process alive. `now` has fractions of a millisecond.
 */
function createAlarms(now: () => number, { inBackground = false } = {}) {
  const alarms = timerQueue()
  let timeout: NodeJS.Timeout | undefined
  let nextLook: Instant = Number.POSITIVE_INFINITY

  const arm = () => {
    const first = alarms.first()
    if (first === null || nextLook <= first) return
    clearTimeout(timeout)
    const left = first - now()
    if (!inBackground && left <= 1) {
      nextLook = Number.NEGATIVE_INFINITY
      setImmediate(look)
    } else {
      nextLook = first
      timeout = setTimeout(look, Math.min(inBackground ? Math.ceil(left) : Math.floor(left), longestTimeout))
      if (inBackground) timeout.unref()
    }
  }

  const look = () => {
    nextLook = Number.POSITIVE_INFINITY
    const at = now()
    try {
      // Alarms set in the meantime wait for the next turn.
      for (let left = alarms.size(); left > 0; left--) alarms.takeDue(at)?.fn()
    } finally {
      arm()
    }
  }

  return {
    /** As `Clock.setTimer`; never calls `fn` inside this call. */
    set(at: Instant, fn: () => void): () => void {
      const cancel = alarms.add(at, fn)
      if (!inBackground) timeout?.ref()
      arm()
      return () => {
        cancel()
        if (alarms.size() === 0) timeout?.unref()
      }
    },
    /** The time has jumped forward. */
    moved() {
      nextLook = Number.POSITIVE_INFINITY
      arm()
    },
  }
}
