import type { Outcome } from '../playout/effect.ts'
import type { EndedTake } from './core/context.ts'
import type { Reason } from './core/refusals.ts'
import type { Snapshot } from './core/snapshot.ts'

/** What became of the take that a command asked for. */
export type TakeResult = { readonly outcome: Outcome; readonly reason?: string }

export type Accepted = {
  readonly accepted: true
  readonly seq: number
  readonly state: Snapshot
  /** For a command that puts a scene on air: what became of it. Never rejects. */
  readonly onAir?: Promise<TakeResult>
}

export type Refused = { readonly accepted: false; readonly reason: Reason; readonly message: string }

export type Result = Accepted | Refused

/** Tells, to whoever asks, what has become of a take. */
export type OnAir = () => Promise<TakeResult>

/** Follows takes to their end for those who ask. */
export type TakeWatch = {
  /** To be called before the take is carried out, since an adapter may report back at once. */
  follow(takeId: number): OnAir
  ended(takes: readonly EndedTake[]): void
  /** No take ends any more: whoever waits is told. */
  close(): void
}

type Watched = { result: TakeResult | null; resolve: ((result: TakeResult) => void) | null }

export function createTakeWatch(): TakeWatch {
  /** Made for the first: without an adapter no take is waited for. */
  let watched: Map<number, Watched> | null = null
  const settle = (take: Watched, result: TakeResult): void => {
    take.result = result
    take.resolve?.(result)
  }
  return {
    follow(takeId) {
      watched ??= new Map()
      const take: Watched = watched.get(takeId) ?? { result: null, resolve: null }
      watched.set(takeId, take)
      return () => {
        if (take.result !== null) return Promise.resolve(take.result)
        return new Promise((resolve) => {
          take.resolve = resolve
        })
      }
    },
    ended(takes) {
      if (watched === null) return
      for (const { takeId, line } of takes) {
        const take = takeId === null ? undefined : watched.get(takeId)
        if (takeId === null || take === undefined) continue
        watched.delete(takeId)
        settle(
          take,
          line.reason === undefined ? { outcome: line.outcome } : { outcome: line.outcome, reason: line.reason },
        )
      }
    },
    close() {
      for (const take of watched?.values() ?? [])
        settle(take, { outcome: 'superseded', reason: 'The orchestrator was closed.' })
      watched = null
    },
  }
}

/** For a scene that is known already not to need waiting for. */
export const known =
  (outcome: Outcome): OnAir =>
  () =>
    Promise.resolve({ outcome })

/** Adds `onAir` to a result; the promise is made when it is first read. */
export const withOnAir = (result: Accepted, onAir: OnAir): Accepted => new WithOnAir(result, onAir)

/**
 * A class for the sake of its getter, which belongs to no result's own fields (a result is also written as JSON). To define one on
 * each result takes 0.6 µs, about half as long as all the rest of a command.
 */
class WithOnAir implements Accepted {
  readonly accepted = true
  readonly seq: number
  readonly state: Snapshot
  readonly #make: OnAir
  #promise: Promise<TakeResult> | null = null

  constructor({ seq, state }: Accepted, make: OnAir) {
    this.seq = seq
    this.state = state
    this.#make = make
  }

  get onAir(): Promise<TakeResult> {
    this.#promise ??= this.#make()
    return this.#promise
  }
}
