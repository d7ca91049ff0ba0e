import type { ChangeEvent } from '../core/input.ts'
import type { Snapshot } from '../core/snapshot.ts'
import { createReaders } from './readers.ts'

/** A reader that was too slow goes on from this state. */
export type Reset = { readonly reset: true; readonly state: Snapshot }

const size = 10_000

/** The last 10 000 changes, shared by all readers. */
export type EventRing = {
  add(event: ChangeEvent): void
  read(): AsyncIterableIterator<ChangeEvent | Reset>
  wake(): void
  close(): void
}

export function createEventRing(latest: () => Snapshot): EventRing {
  const events: ChangeEvent[] = []
  const readers = createReaders()
  /** How many events have ever been added; the ring holds the last of them. */
  let added = 0
  let closed = false

  return {
    add(event) {
      events[added % size] = event
      added++
    },
    wake: readers.wake,
    read() {
      let position = added
      return readers.read<ChangeEvent | Reset>(() => {
        if (position >= added) return closed ? { done: true, value: undefined } : null
        if (position < added - size) {
          position = added
          return { done: false, value: { reset: true, state: latest() } }
        }
        const value = events[position++ % size]
        return value === undefined ? null : { done: false, value }
      })
    },
    close() {
      closed = true
      readers.wake()
    },
  }
}
