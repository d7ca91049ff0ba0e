import type { Clock, Millis } from '../../time/clock.ts'

/** Does one step after the other, until one says that nothing is left to do and nobody has stirred it meanwhile. */
export type Worker = {
  /** There may be something to do. */
  stir(): void
  /** For a step that waits: over after `limit`, or when the worker is stirred. */
  rest(limit: Millis): Promise<void>
  /** Resolves when no step is under way. */
  finish(): Promise<void>
}

/** `step` resolves with whether another one may follow; it never rejects. */
export function createWorker(clock: Clock, isAllowed: () => boolean, step: () => Promise<boolean>): Worker {
  let isWorking = false
  let isStirred = false
  let work: Promise<void> = Promise.resolve()
  let wake = () => {}

  const carryOn = async () => {
    while (isStirred && isAllowed()) {
      isStirred = false
      const isMoreToDo = await step()
      isStirred ||= isMoreToDo
    }
    isWorking = false
  }

  return {
    stir: () => {
      isStirred = true
      wake()
      if (isWorking) return
      isWorking = true
      work = carryOn()
    },
    rest: (limit) =>
      new Promise((resolve) => {
        const disarm = clock.setTimer(clock.now() + limit, resolve)
        wake = () => {
          disarm()
          resolve()
        }
      }),
    finish: () => {
      wake()
      return work
    },
  }
}
