import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Instant } from '../../../time/clock.ts'
import { useDesk } from './deskContext.ts'

const readers = new Set<() => void>()
let isAwaited = false

function awaitFrame(): void {
  if (isAwaited || readers.size === 0) return
  isAwaited = true
  requestAnimationFrame(() => {
    isAwaited = false
    for (const read of readers) read()
    awaitFrame()
  })
}

/**
 * A value that changes by itself as time passes, read anew in each frame of the browser. Only a change of the value draws anything. `now`
 * is the server's clock; `initial` is the value until it is known.
 */
export function useEachFrame<T extends string | number | boolean | null>(
  read: (now: Instant) => T,
  initial: T,
): ReadonlySignal<T> {
  const desk = useDesk()
  const latest = useRef(read)
  latest.current = read
  const valueNow = (): T => {
    const now = desk.now()
    return now === null ? initial : latest.current(now)
  }
  const value = useSignal<T>(initial)
  useLayoutEffect(() => {
    const update = (): void => {
      value.value = valueNow()
    }
    update()
    readers.add(update)
    awaitFrame()
    return () => void readers.delete(update)
  }, [])
  return value
}
