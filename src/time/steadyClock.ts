import type { Clock, Instant } from './clock.ts'

/** The same clock, whatever it says: whole milliseconds, and a `now()` that is never less than it was before. */
export function steadyClock(clock: Clock): Clock {
  let latest: Instant = Number.NEGATIVE_INFINITY
  return {
    now() {
      latest = Math.max(latest, Math.floor(clock.now()))
      return latest
    },
    setTimer: (at, fn) => clock.setTimer(at, fn),
    ...(clock.setBackgroundTimer && { setBackgroundTimer: clock.setBackgroundTimer.bind(clock) }),
    ...(clock.wall && { wall: whole(clock.wall.bind(clock)) }),
    ...(clock.uptime && { uptime: whole(clock.uptime.bind(clock)) }),
    ...(clock.skip && { skip: clock.skip.bind(clock) }),
  }
}

const whole = (time: () => number) => () => Math.floor(time())
