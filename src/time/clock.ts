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
}
