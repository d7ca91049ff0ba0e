import { inspect } from 'node:util'
import type { Snapshot } from '../core/snapshot.ts'
import { createReaders, type Readers } from './readers.ts'

/** Its return value is ignored, except that a rejected promise becomes a warning. */
export type Listener = (state: Snapshot) => unknown

/** Hands each snapshot to every listener once, in order, and lets readers wait for the latest. */
export type Broadcast = {
  /** Notes a snapshot for delivery. */
  add(state: Snapshot): void
  /** Delivers what was noted. If a delivery is already under way, that one goes on with it. */
  deliver(): void
  /** Whether listeners send commands faster than they return, or answer each snapshot with a command for ever. */
  isFull(): boolean
  subscribe(listener: Listener): () => void
  states(): AsyncIterableIterator<Snapshot>
  close(): void
}

/** How many snapshots may wait for listeners that haven't returned. */
const mostUndelivered = 10_000

/** How many snapshots one delivery may have. More can only come from listeners that answer each other for ever. */
const longestDelivery = 100_000

export function createBroadcast(latest: () => Snapshot): Broadcast {
  /** Each listener, with the seq of the last snapshot before it subscribed. */
  const listeners = new Set<{ readonly listener: Listener; readonly from: number }>()
  let readers: Readers | null = null
  const queue: Snapshot[] = []
  let delivering = false
  /** How many snapshots of the queue have been delivered. */
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
      // Listeners may send commands, so the queue grows while it is read.
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

/** Calls a listener. What it throws, or a promise of its that rejects, becomes a warning and harms nobody else. */
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
