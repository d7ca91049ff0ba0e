import { inspect } from 'node:util'

/** Its return value is ignored, except that a rejected promise becomes a warning. */
export type Listener<T> = (value: T) => unknown

/** Hands each value to every listener once, in order, even if one of them causes further values. */
export type Listeners<T> = {
  /** Calls the listener with each value from now on. Returns a function that ends this. */
  listen(listener: Listener<T>): () => void
  /** Notes a value for delivery. */
  note(value: T): void
  /** Delivers what was noted. If a delivery is already under way, that one goes on with it. Returns whether this one was the first. */
  deliver(): boolean
  /** Whether listeners cause values faster than they return, or answer each value with another for ever. */
  isFull(): boolean
  clear(): void
}

/** How many values may wait for listeners that haven't returned. */
const mostUndelivered = 10_000

/** How many values one delivery may have. More can only come from listeners that answer each other for ever. */
const longestDelivery = 100_000

export function createListeners<T>(): Listeners<T> {
  /** Each listener, with the number of values before it. */
  const listeners = new Set<{ readonly listener: Listener<T>; readonly from: number }>()
  const queue: T[] = []
  /** How many values came before those in the queue, and how many of the queue have been delivered. */
  let before = 0
  let delivered = 0
  let delivering = false
  let isEndless = false

  const deliverOne = (value: T): void => {
    for (const { listener, from } of listeners) if (from < before + delivered) tell(listener, value)
  }

  return {
    listen(listener) {
      const entry = { listener, from: before + queue.length }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    note: (value) => void queue.push(value),
    deliver() {
      if (delivering || queue.length === 0) return false
      delivering = true
      // Listeners may cause further values, so the queue grows while it is read. `shift` would take time in proportion to its length.
      for (const value of queue) {
        isEndless = ++delivered > longestDelivery
        deliverOne(value)
      }
      before += queue.length
      queue.length = delivered = 0
      isEndless = false
      delivering = false
      return true
    },
    isFull: () => isEndless || queue.length - delivered >= mostUndelivered,
    clear: () => listeners.clear(),
  }
}

/** Calls a listener. What it throws, or a promise of its that rejects, becomes a warning and harms nobody else. */
export function tell<T>(listener: Listener<T>, value: T): void {
  try {
    const returned = listener(value)
    if (returned instanceof Promise) returned.catch(warn)
  } catch (error) {
    warn(error)
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(inspect(error)), { type: 'ListenerError' })
}
