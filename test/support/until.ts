import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks again and again until the answer is neither undefined nor false, and returns that answer. An ask that throws counts as "not
 * yet"; the error after the deadline (milliseconds) includes what it threw last.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  deadline = 10_000,
): Promise<T> {
  const givesUpAt = performance.now() + deadline
  let cause: unknown
  do {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false) return answer
      cause = undefined
    } catch (thrown) {
      if (thrown instanceof Hopeless) throw thrown
      cause = thrown
    }
    await pause(25)
  } while (performance.now() < givesUpAt)
  const said = cause instanceof Error ? ` (last: ${cause.message})` : ''
  throw new Error(`waited ${deadline} ms in vain for ${what}${said}`, { cause })
}

/** An ask throws this if waiting longer is useless. */
export class Hopeless extends Error {}
