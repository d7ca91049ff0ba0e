import type { Clock, Instant, Millis } from '../time/clock.ts'
import type { Fields } from './protocol.ts'
import type { RequestFields } from './requestFields.ts'
import type { World } from './world.ts'

export type Obs = ReturnType<typeof createObs>

/** What each request does. If it returns an object, that is the data of the answer. */
export type Requests = Readonly<Record<string, (fields: RequestFields) => unknown>>

export const fps = 30

/** A running OBS: its state, its timers, and its events. */
export function createObs(clock: Clock, world: World, emit: (eventType: string, eventData?: Fields) => void) {
  const pending = new Set<() => void>()

  const at = (instant: Instant, fn: () => void) => {
    const cancelTimer = clock.setTimer(instant, () => {
      pending.delete(cancel)
      fn()
    })
    const cancel = () => {
      pending.delete(cancel)
      cancelTimer()
    }
    pending.add(cancel)
    return cancel
  }

  const framesUntil = (instant: Instant) => ((instant - world.startedAt) * fps) / 1000
  const boundary = (frame: number) => world.startedAt + Math.ceil((frame * 1000) / fps)

  return {
    world,
    now: () => clock.now(),
    /** A timer that ends with the process. Returns a function that cancels it. */
    after: (length: Millis, fn: () => void) => at(clock.now() + length, fn),
    /** A timer for the first frame boundary that is at least `length` away. */
    atFrame(length: Millis, fn: () => void) {
      const now = clock.now()
      const frame = Math.ceil(framesUntil(now + length))
      return at(boundary(frame) > now ? boundary(frame) : boundary(frame + 1), fn)
    },
    framesRendered: () => Math.floor(framesUntil(clock.now())),
    emit,
    /** Ends the process: cancels all its timers. */
    end() {
      for (const cancel of pending) cancel()
    },
  }
}
