import os from 'node:os'
import type { Clock, Instant, Millis } from './clock.ts'

export type SystemClock = Required<Clock>

/** Node fires a longer timeout at once. */
const longestTimeout = 2 ** 31 - 1

/**
 * Real time: the wall clock at process start plus the monotonic time since, in whole milliseconds. Setting the wall clock
 * does not move it.
 *
 * The monotonic clock stands still while Linux sleeps (CLOCK_MONOTONIC) and goes on while Windows does
 * (QueryPerformanceCounter); on macOS it depends on the version of libuv. `uptime()` counts sleep on all three: /proc/uptime
 * is CLOCK_BOOTTIME, kern.boottime follows a clock that is set but not a sleep, GetTickCount64 includes it. Their
 * resolutions are 10 ms, 1 s and 16 ms. Whoever finds the two apart calls `skip`.
 */
export function systemClock(): SystemClock {
  const armed = new Set<Alarm>()
  let skipped: Millis = 0
  const exactNow = () => performance.timeOrigin + performance.now() + skipped

  const set = (at: Instant, fn: () => void, begin: Begin) => {
    const alarm: Alarm = { at, begin, ring: fn, stop: () => {} }
    armed.add(alarm)
    arm(alarm)
    return () => {
      armed.delete(alarm)
      alarm.stop()
    }
  }

  const arm = (alarm: Alarm) => {
    alarm.stop = alarm.begin(alarm.at - exactNow(), () => look(alarm))
  }

  const look = (alarm: Alarm) => {
    if (alarm.at > exactNow()) return arm(alarm)
    armed.delete(alarm)
    alarm.ring()
  }

  return {
    now: () => Math.floor(exactNow()),
    setTimer: (at, fn) => set(at, fn, beginExact),
    setBackgroundTimer: (at, fn) => set(at, fn, beginIdle),
    wall: () => Date.now(),
    uptime: () => Math.round(os.uptime() * 1000),
    skip: (by) => {
      skipped += Math.max(0, Math.round(by))
      for (const alarm of armed) {
        alarm.stop()
        arm(alarm)
      }
    },
  }
}

let common: SystemClock | undefined

/** The clock of all who are given none: a sleep that one of them finds out is known to all. */
export function commonClock(): SystemClock {
  common ??= systemClock()
  return common
}

type Alarm = { readonly at: Instant; readonly begin: Begin; readonly ring: () => void; stop: () => void }

/** Waits for about so many milliseconds, then looks again. */
type Begin = (left: number, look: () => void) => () => void

/**
 * A timeout is up to a millisecond late and at times a fraction early. So it is set to the last whole millisecond, and what is left
 * is waited out in turns of the event loop: half a millisecond of processor time for a median lateness of 0.01 ms instead of 0.8.
 */
const beginExact: Begin = (left, look) => {
  if (left > 1) {
    const timeout = setTimeout(look, Math.min(Math.floor(left), longestTimeout))
    return () => clearTimeout(timeout)
  }
  const immediate = setImmediate(look)
  return () => clearImmediate(immediate)
}

const beginIdle: Begin = (left, look) => {
  const timeout = setTimeout(look, Math.min(Math.ceil(left), longestTimeout))
  timeout.unref()
  return () => clearTimeout(timeout)
}
