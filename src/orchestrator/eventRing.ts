import type { Instant } from '../time/clock.ts'
import type { AdapterEvent, Command } from './events.ts'
import type { DueEvent } from './input.ts'
import { createReaders } from './readers.ts'
import type { Snapshot } from './snapshot.ts'

/** What came: a command or a report as it was sent, or a change that came by itself. */
export type Cause = Command | AdapterEvent | Pick<DueEvent, 'type'>

/** One change: what came, and the top-level fields of the snapshot that it changed, each whole. */
export type ChangeEvent = {
  readonly seq: number
  readonly at: Instant
  readonly event: Cause
  readonly changed: Partial<Snapshot>
}

/** A reader that was too slow begins anew from here. */
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
