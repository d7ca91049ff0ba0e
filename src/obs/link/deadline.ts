import type { Clock, Millis } from '../../time/clock.ts'

/** Settles as `work` does, or rejects with `late()` after `limit`; `work` itself goes on. */
export function within<T>(clock: Clock, limit: Millis, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const disarm = clock.setTimer(clock.now() + limit, () => reject(late()))
    work.then(resolve, reject).finally(disarm)
  })
}

export function pause(clock: Clock, length: Millis): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(clock.now() + length, resolve)
  })
}
