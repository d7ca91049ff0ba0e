import type { Millis } from '../../time/clock.ts'

/** No keyboard waits longer before it repeats; a key that seems held longer has lost its release, to a locked screen for instance. */
const longestRepeat: Millis = 1500

/** Tells first presses from the auto-repeat of a held key. Times may be of any clock in milliseconds. */
export function autoRepeatFilter() {
  const heldSince = new Map<string, Millis>()
  return {
    /** Whether this is a new press. */
    down(code: string, time: Millis): boolean {
      const last = heldSince.get(code)
      heldSince.set(code, time)
      return last === undefined || Math.abs(time - last) > longestRepeat
    },
    up(code: string): void {
      heldSince.delete(code)
    },
  }
}
