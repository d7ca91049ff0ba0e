import { inspect } from 'node:util'
import type { Snapshot } from '../core/snapshot.ts'
import { createReaders, type Readers } from './readers.ts'

/** What it returns is not looked at, but a promise that rejects is warned of. */
export type Listener = (state: Snapshot) => unknown

/** Hands each snapshot to every listener once, in order, and lets readers wait for the latest. */
export type Broadcast = {
  /** Notes a snapshot for delivery. */
  add(state: Snapshot): void
  /** Delivers what has been noted, unless a delivery is under way already: that one goes on with it. */
  deliver(): void
  /** Listeners send commands faster than they return, or a command for each snapshot without an end. */
  isFull(): boolean
  subscribe(listener: Listener): () => void
  states(): AsyncIterableIterator<Snapshot>
  close(): void
}

/** Listeners that have not returned may have so many snapshots waiting. */
const mostUndelivered = 10_000

/** In one delivery, by commands from listeners alone: nobody means more than that. */
const longestDelivery = 100_000

export function createBroadcast(latest: () => Snapshot): Broadcast {
  /** Each listener with the seq of the last snapshot from before it came. */
  const listeners = new Set<{ readonly listener: Listener; readonly from: number }>()
  let readers: Readers | null = null
  const queue: Snapshot[] = []
  let delivering = false
  /** How many of the queue have been delivered. */
  let delivered = 0
  let isEndless = false
  let closed = false

  const deliverOne = (state: Snapshot): void => {
    for (const { listener, from } of listeners) {
      if (state.seq <= from) continue
      tell(listener, state)
    }
  }

  return {
    add: (state) => void queue.push(state),
    deliver() {
      if (delivering || queue.length === 0) return
      delivering = true
      // Listeners may send commands: the queue grows while it is read.
      for (const state of queue) {
        isEndless = ++delivered > longestDelivery
        deliverOne(state)
      }
      queue.length = delivered = 0
      isEndless = false
      delivering = false
      readers?.wake()
    },
    isFull: () => isEndless || queue.length - delivered >= mostUndelivered,
    subscribe(listener) {
      const entry = { listener, from: latest().seq }
      if (!closed) listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    states() {
      let seen = -1
      readers ??= createReaders()
      return readers.read(() => {
        const state = latest()
        if (state.seq <= seen) return closed ? { done: true, value: undefined } : null
        seen = state.seq
        return { done: false, value: state }
      })
    },
    close() {
      closed = true
      listeners.clear()
      readers?.wake()
    },
  }
}

/** What a listener throws is its own affair, but not to be lost; nor is what it does later and fails in. */
export function tell<T>(listener: (value: T) => unknown, value: T): void {
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
