/** What a reader finds: a value, the end, or (null) nothing new yet. */
export type Look<T> = () => IteratorResult<T, undefined> | null

/** Readers for `for await` that wait for something new. */
export type Readers = {
  /** Adds a reader, which calls `look` and waits while there is nothing. A reader that stops reading costs nothing. */
  read<T>(look: Look<T>): AsyncIterableIterator<T, undefined>
  /** Lets all waiting readers look again. */
  wake(): void
}

export function createReaders(): Readers {
  const parked = new Set<() => void>()

  return {
    read<T>(look: Look<T>): AsyncIterableIterator<T, undefined> {
      let ended = false
      const end: IteratorResult<T, undefined> = { done: true, value: undefined }
      const own = new Set<() => void>()
      const attempt = (resolve: (result: IteratorResult<T, undefined>) => void): void => {
        const found = ended ? end : look()
        if (found !== null) {
          resolve(found)
          return
        }
        const again = () => {
          // Both its own end and news may wake it; only the first counts.
          if (!parked.delete(again)) return
          own.delete(again)
          attempt(resolve)
        }
        own.add(again)
        parked.add(again)
      }
      return {
        next: () => new Promise(attempt),
        return() {
          ended = true
          for (const again of [...own]) again()
          return Promise.resolve(end)
        },
        [Symbol.asyncIterator]() {
          return this
        },
      }
    },
    wake() {
      if (parked.size === 0) return
      // A copy, because a reader that finds nothing new parks again.
      for (const again of [...parked]) again()
    },
  }
}
