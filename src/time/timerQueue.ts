import type { Instant } from './clock.ts'

type Timer = { readonly at: Instant; readonly order: number; readonly fn: () => void }

/** Timers in order of time, then of arming; the earliest last, since the next one comes off the end and most new ones go in near it. */
export function timerQueue() {
  const sorted: Timer[] = []
  let order = 0

  /** The index of the first timer that comes no later than `timer`. */
  const placeOf = (timer: Timer): number => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = sorted[middle]
      if (other && (other.at > timer.at || (other.at === timer.at && other.order > timer.order))) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    /** Returns a function that removes it again. */
    add(at: Instant, fn: () => void): () => void {
      const timer: Timer = { at, order: order++, fn }
      sorted.splice(placeOf(timer), 0, timer)
      return () => {
        const place = placeOf(timer)
        if (sorted[place] === timer) sorted.splice(place, 1)
      }
    },
    /** When the first one is due; null if there is none. */
    first: (): Instant | null => sorted.at(-1)?.at ?? null,
    /** Removes and returns the first one, if it is due. */
    takeDue(at: Instant): Timer | undefined {
      const first = sorted.at(-1)
      return first && first.at <= at ? sorted.pop() : undefined
    },
    size: () => sorted.length,
  }
}
