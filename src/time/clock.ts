/** An instant: whole milliseconds since 1970 on the orchestrator's own time line, which never goes back. */
export type Instant = number

/** A length: whole milliseconds. */
export type Millis = number

/** Where time comes from. The core never reads one; the orchestrator stamps every event with `now()`. */
export type Clock = {
  /** The present instant. Never less than what it said before. */
  now(): Instant
  /** Calls `fn` once, at `at` or as soon after it as possible; never before. Returns a function that cancels it. */
  setTimer(at: Instant, fn: () => void): () => void
  /** As `setTimer`, but may be some milliseconds late and keeps no process alive. */
  setBackgroundTimer?(at: Instant, fn: () => void): () => void
  /** The wall clock, which people and NTP set forward and back. */
  wall?(): Instant
  /** Time since the machine was started, its sleeps included; setting the wall clock does not touch it. */
  uptime?(): Millis
  /** Moves `now()` forward by a sleep that it did not see; timers that become due by it fire late. */
  skip?(by: Millis): void
}
