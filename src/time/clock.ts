/** Whole milliseconds since 1970 on the orchestrator's own clock, which never goes back. */
export type Instant = On<'own'>

/** Whole milliseconds since 1970 on the wall clock, which people and NTP set forward and back. */
export type WallInstant = On<'wall'>

/** Whole milliseconds since 1970 on the show's clock, which stands still during a pause. */
export type ShowInstant = On<'show'>

/** How many milliseconds the wall clock is ahead of the orchestrator's own. */
export type WallOffset = On<'offset'>

/** A plain number fits, since arithmetic yields one. A number of another clock doesn't. */
type On<Name extends 'own' | 'wall' | 'show' | 'offset'> = number & { readonly clock?: Name }

/** A length: whole milliseconds. */
export type Millis = number

/**
 * The clock of each instant and offset inside a `T`, in the shape of `T`: an object has only the fields that hold some, a list counts
 * as one of its items, and a union as all of its members at once. Without any, it is never. Code that makes an `InstantsOf<T>` stops
 * compiling when `T` gets an instant that the code doesn't name.
 */
export type InstantsOf<T> = Item<T> extends infer Part ? ClockOf<Part> | Fields<Exclude<Part, number>> : never

type Item<T> = T extends readonly (infer Each)[] ? Item<Each> : T
type ClockOf<T> = T extends number ? ('clock' extends keyof T ? NonNullable<T['clock']> : never) : never
type Fields<T> = Timed<T> extends never ? never : { readonly [Key in Timed<T>]: InstantsOf<Field<T, Key>> }
type Timed<T> = { [Key in Keys<T>]: [InstantsOf<Field<T, Key>>] extends [never] ? never : Key }[Keys<T>]
type Keys<T> = T extends object ? keyof T : never
type Field<T, Key extends PropertyKey> = T extends { readonly [Name in Key]?: infer Value } ? Value : never

/** Where time comes from. The core never reads one; the orchestrator stamps every event with `now()`. */
export type Clock = {
  /** The present instant. Never less than what it said before. */
  now(): Instant
  /** Calls `fn` once, at `at` or as soon after it as possible, never before. Returns a function that cancels it. */
  setTimer(at: Instant, fn: () => void): () => void
  /** Like `setTimer`, but may be some milliseconds late, and doesn't keep the process alive. */
  setBackgroundTimer?(at: Instant, fn: () => void): () => void
  /** What the wall clock shows now. */
  wall?(): WallInstant
  /** Time since the machine started, including its sleeps. Setting the wall clock doesn't change it. */
  uptime?(): Millis
  /** Moves `now()` forward by a sleep that it missed. Timers that become due this way fire late. */
  skip?(by: Millis): void
}

/** An embedder's clock, held to whole milliseconds and to a `now()` that never decreases. */
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
