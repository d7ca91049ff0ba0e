import type { Millis } from './clock.ts'

/** The clock of a page in a browser. Its zero means nothing: only differences count, and setting the wall clock doesn't change them. */
export type PageClock = {
  /** Milliseconds with fractions. Never less than what it said before. */
  elapsed(): Millis
  /** Calls `fn` once. Returns a function that cancels it. */
  after(delay: Millis, fn: () => void): () => void
  /** Calls `fn` again and again. Returns a function that ends this. */
  every(period: Millis, fn: () => void): () => void
}

export const pageClock: PageClock = {
  elapsed: () => performance.now(),
  after(delay, fn) {
    const timer = setTimeout(fn, delay)
    return () => clearTimeout(timer)
  },
  every(period, fn) {
    const timer = setInterval(fn, period)
    return () => clearInterval(timer)
  },
}
