import { tell } from './broadcast.ts'

/** Listeners that get every value in order, even if one of them causes further values. */
export type Listeners<T> = {
  listen(listener: (value: T) => void): () => void
  /** Notes a value for delivery. */
  note(value: T): void
  /** Delivers what was noted. If a delivery is already under way, that one goes on with it. */
  deliver(): void
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>()
  const noted: T[] = []
  let delivering = false

  return {
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    note(value) {
      if (listeners.size > 0) noted.push(value)
    },
    deliver() {
      if (delivering || noted.length === 0) return
      delivering = true
      // Listeners may add to it while it is read. `shift` would take time in proportion to its length.
      for (const value of noted) for (const listener of listeners) tell(listener, value)
      noted.length = 0
      delivering = false
    },
  }
}
