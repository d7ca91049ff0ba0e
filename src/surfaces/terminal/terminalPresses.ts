import type { Clock, Instant, Millis } from '../../time/clock.ts'
import type { TerminalKey } from './terminalInput.ts'

export type TerminalPresses = {
  /** A key has come from the terminal, be it pressed or held. */
  key(key: TerminalKey): void
  close(): void
}

/** A held key repeats at least this often. */
const slowestRepeat: Millis = 150
/** No later than this a held key repeats for the first time. */
const longestDelay: Millis = 700

/**
 * Tells presses from the repeats of a held key, which terminals don't. A key that comes again after a moment may be pressed again, or
 * be the first repeat: only when no other repeat follows at once it was a press.
 */
export function terminalPresses(clock: Clock, onPress: (key: TerminalKey, at: Instant) => void): TerminalPresses {
  let last: { readonly key: TerminalKey; readonly at: Instant } | null = null
  let waiting: { readonly press: () => void; readonly cancel: () => void } | null = null

  const decide = (isPress: boolean) => {
    const decided = waiting
    waiting = null
    decided?.cancel()
    if (isPress) decided?.press()
  }

  return {
    key(key) {
      const at = clock.now()
      const since = last !== null && isSame(last.key, key) ? at - last.at : Number.POSITIVE_INFINITY
      last = { key, at }
      decide(since >= slowestRepeat)
      if (since >= longestDelay) onPress(key, at)
      else if (since >= slowestRepeat)
        waiting = {
          press: () => onPress(key, at),
          cancel: clock.setTimer(at + slowestRepeat, () => decide(true)),
        }
    },
    close: () => decide(false),
  }
}

function isSame(one: TerminalKey, other: TerminalKey): boolean {
  return one.key === other.key && one.ctrl === other.ctrl && one.alt === other.alt && one.shift === other.shift
}
