import type { OperatorCommand } from '../../commands/table.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Hotkey } from '../../schedule/model/schedule.ts'
import type { Clock, Instant, Millis } from '../../time/clock.ts'
import { hotkeyOf } from '../keyboard/keyPress.ts'
import { bindingOf } from './keyTable.ts'
import { isSameKey, parseKeys, pressesOf, type TerminalKey } from './terminalInput.ts'

/** What is used of `process.stdin`. */
export type TerminalInput = {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
  setEncoding(encoding: 'utf8'): unknown
  on(event: 'data', listener: (input: string) => void): unknown
  off(event: 'data', listener: (input: string) => void): unknown
  resume(): unknown
  pause(): unknown
  unref?(): unknown
}

export type TerminalKeysOptions = {
  readonly input: TerminalInput
  readonly clock: Clock
  readonly state: () => Snapshot
  /** The scenes of the keys 1 to 9. */
  readonly scenes: () => readonly string[]
  /** Hotkeys of the schedule to look for here too, before the keys of the table. A terminal can tell many chords, but not all. */
  readonly hotkeys: () => readonly Hotkey[]
  readonly onHotkey: (hotkey: Hotkey, at: Instant) => void
  /** `label`: the key, as the log names it. `at`: when it was pressed, which may be a moment ago. */
  readonly onCommand: (command: OperatorCommand, label: string, at: Instant) => void
  /** `q` and Ctrl+C, which arrives here as a key and no longer as SIGINT. */
  readonly onQuit: () => void
}

/**
 * Listens to single keys in the terminal; null if the input isn't one. Puts the terminal back as it was at close and when the process
 * ends.
 */
export function startTerminalKeys(options: TerminalKeysOptions): { close(): void } | null {
  const { input, clock } = options
  if (!input.isTTY || !input.setRawMode) return null
  const presses = pressFilter(clock, (key, at) => act(options, key, at))

  const onData = (text: string) => {
    for (const key of parseKeys(text)) {
      const actsWhileHeld = bindingOf(key)?.repeats === true && scheduledFor(options, key) === null
      if (actsWhileHeld) act(options, key, clock.now())
      else presses.key(key)
    }
  }
  const restore = () => input.setRawMode?.(false)

  input.setRawMode(true)
  input.setEncoding('utf8')
  input.on('data', onData)
  input.resume()
  input.unref?.()
  process.on('exit', restore)
  return {
    close() {
      presses.close()
      process.off('exit', restore)
      input.off('data', onData)
      input.pause()
      restore()
    },
  }
}

function act(options: TerminalKeysOptions, key: TerminalKey, at: Instant): void {
  const { state, scenes, onHotkey, onCommand, onQuit } = options
  const hotkey = scheduledFor(options, key)
  const binding = bindingOf(key)
  const action = binding?.action(state(), key.key, scenes()) ?? null
  if (hotkey !== null) onHotkey(hotkey, at)
  else if (action === 'quit') onQuit()
  else if (binding !== undefined && action !== null) onCommand(action, binding.label, at)
}

const scheduledFor = ({ hotkeys }: TerminalKeysOptions, key: TerminalKey): Hotkey | null =>
  pressesOf(key).flatMap((press) => hotkeyOf(hotkeys(), press) ?? [])[0] ?? null

/** A held key repeats at least this often. */
const slowestRepeat: Millis = 150
/** A held key repeats for the first time within this. */
const longestDelay: Millis = 700

/**
 * Tells presses from the repeats of a held key, which a terminal doesn't. When a key comes again after a moment, it may be a second
 * press or the first repeat. It was a press if no other repeat follows at once.
 */
function pressFilter(clock: Clock, onPress: (key: TerminalKey, at: Instant) => void) {
  let last: { readonly key: TerminalKey; readonly at: Instant } | null = null
  let waiting: { readonly press: () => void; readonly cancel: () => void } | null = null

  const decide = (isPress: boolean) => {
    const decided = waiting
    waiting = null
    decided?.cancel()
    if (isPress) decided?.press()
  }

  return {
    key(key: TerminalKey): void {
      const at = clock.now()
      const since = last !== null && isSameKey(last.key, key) ? at - last.at : Number.POSITIVE_INFINITY
      last = { key, at }
      decide(since >= slowestRepeat)
      if (since >= longestDelay) onPress(key, at)
      else if (since >= slowestRepeat)
        waiting = { press: () => onPress(key, at), cancel: clock.setTimer(at + slowestRepeat, () => decide(true)) }
    },
    close: () => decide(false),
  }
}
