import { createReaders } from './readers.ts'
import type { Snapshot } from './snapshot.ts'

export type Listener = (state: Snapshot) => void

/** Hands each snapshot to every listener once, in order, and lets readers wait for the latest. */
export type Broadcast = {
  /** Notes a snapshot for delivery. */
  add(state: Snapshot): void
  /** Delivers what has been noted, unless a delivery is under way already: that one goes on with it. */
  deliver(): void
  /** Snapshots noted and not delivered. */
  waiting(): number
  subscribe(listener: Listener): () => void
  states(): AsyncIterableIterator<Snapshot>
  close(): void
}

export function createBroadcast(latest: () => Snapshot): Broadcast {
  /** Each listener with the seq of the last snapshot from before it came. */
  const listeners = new Set<{ readonly listener: Listener; readonly from: number }>()
  const readers = createReaders()
  let queue: Snapshot[] = []
  let delivering = false
  let closed = false

  const deliverOne = (state: Snapshot): void => {
    for (const { listener, from } of listeners) {
      if (state.seq <= from) continue
      try {
        listener(state)
      } catch (error) {
        warn(error)
      }
    }
  }

  return {
    add: (state) => void queue.push(state),
    deliver() {
      if (delivering || queue.length === 0) return
      delivering = true
      // Listeners may send commands: the queue grows while it is read.
      for (let i = 0; i < queue.length; i++) {
        const state = queue[i]
        if (state !== undefined) deliverOne(state)
      }
      queue = []
      delivering = false
      readers.wake()
    },
    waiting: () => queue.length,
    subscribe(listener) {
      const entry = { listener, from: latest().seq }
      if (!closed) listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    states() {
      let seen = -1
      return readers.read(() => {
        if (closed) return { done: true, value: undefined }
        const state = latest()
        if (state.seq <= seen) return null
        seen = state.seq
        return { done: false, value: state }
      })
    },
    close() {
      closed = true
      listeners.clear()
      readers.wake()
    },
  }
}

/** What a listener throws is its own affair, but not to be lost. */
export function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)), { type: 'ListenerError' })
}
