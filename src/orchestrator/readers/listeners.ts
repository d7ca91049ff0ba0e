import { tell } from './broadcast.ts'

/** Those who hear of each of something, in order, also when one of them causes more of it. */
export type Listeners<T> = {
  listen(listener: (value: T) => void): () => void
  /** Notes a value for delivery. */
  note(value: T): void
  /** Delivers what has been noted, unless a delivery is under way already: that one goes on with it. */
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
      // It may grow while it is read; `shift` takes as long as the rest of it.
      for (const value of noted) for (const listener of listeners) tell(listener, value)
      noted.length = 0
      delivering = false
    },
  }
}
