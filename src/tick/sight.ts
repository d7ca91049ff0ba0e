import type { Clock, Instant, Millis, WallInstant } from '../time/clock.ts'

/** What the clocks of the machine said at one moment; null where the platform doesn't offer one. */
export type Sight = { readonly at: Instant; readonly wall: WallInstant | null; readonly uptime: Millis | null }

/** The machine may be busy with others between two readings; they are one moment only if no time has passed. */
const oneMoment: Millis = 5
const tries = 3

export function lookAt(clock: Clock): Sight {
  let sight = readAll(clock)
  for (let attempt = 1; attempt < tries && clock.now() - sight.at > oneMoment; attempt++) sight = readAll(clock)
  return sight
}

function readAll(clock: Clock): Sight {
  return {
    at: clock.now(),
    wall: clock.wall?.() ?? null,
    // Without `skip` a sleep could be seen but not made good.
    uptime: clock.skip ? (clock.uptime?.() ?? null) : null,
  }
}
