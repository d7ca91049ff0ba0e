import os from 'node:os'
import { createAlarms } from './alarms.ts'
import type { Clock, Millis } from './clock.ts'

export type SystemClock = Required<Clock>

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
  const { timeOrigin } = performance
  let skipped: Millis = 0
  const exactNow = () => timeOrigin + skipped + performance.now()
  const alarms = createAlarms({ now: exactNow, exact: true, keepAlive: true })
  const background = createAlarms({ now: exactNow, exact: false, keepAlive: false })

  return {
    now: () => Math.floor(exactNow()),
    setTimer: alarms.set,
    setBackgroundTimer: background.set,
    wall: () => Date.now(),
    uptime: () => Math.round(os.uptime() * 1000),
    skip: (by) => {
      skipped += Math.max(0, Math.round(by))
      alarms.moved()
      background.moved()
    },
  }
}

let common: SystemClock | undefined

/** The clock of all who are given none: a sleep that one of them finds out is known to all. */
export function commonClock(): SystemClock {
  common ??= systemClock()
  return common
}
