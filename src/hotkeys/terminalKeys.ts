import type { Command } from '../orchestrator/events.ts'
import type { Snapshot } from '../orchestrator/snapshot.ts'
import type { Hotkey } from '../schedule/schedule.ts'
import type { Clock, Instant, Millis } from '../time/clock.ts'
import { comesTooSoon, cueGuard, decide } from './keymap.ts'
import { parseKeys, pressOf, type TerminalKey } from './terminalInput.ts'
import { terminalTable } from './terminalTable.ts'

export type TerminalKeys = { close(): void } | { readonly unavailable: string }

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
  /**
   * Hotkeys of the schedule to look for in the terminal, too: for where global ones can't be had. Terminals tell many chords, but not
   * all, and a key once global must not act twice.
   */
  readonly hotkeys: () => readonly Hotkey[]
  readonly onCommand: (command: Command | Hotkey['command']) => void
  /** `q` and Ctrl+C, which reaches us as a key and no longer as SIGINT. */
  readonly onQuit: () => void
  readonly log: (line: string) => void
}

/** Terminals don't tell when a key is let go: so soon again, it is still held. The first repeat takes up to 660 ms. */
const heldFor: Millis = 700

/** Listens to single keys in the terminal. Puts it back as it was at close, and when the process ends in whatever way it can see. */
export function startTerminalKeys(options: TerminalKeysOptions): TerminalKeys {
  const { input, clock } = options
  if (!input.isTTY || !input.setRawMode) return { unavailable: 'the input is not a terminal' }
  let last: { readonly key: TerminalKey; readonly at: Instant } | null = null

  const onData = (text: string) => {
    for (const key of parseKeys(text)) {
      const now = clock.now()
      const held = last !== null && isSame(last.key, key) && now - last.at < heldFor
      last = { key, at: now }
      act(options, key, held, now)
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
      process.off('exit', restore)
      input.off('data', onData)
      input.pause()
      restore()
    },
  }
}

function act(options: TerminalKeysOptions, key: TerminalKey, held: boolean, now: Instant): void {
  const { state, scenes, onCommand, onQuit, log } = options
  const press = pressOf(key)
  const decision = press && decide(options.hotkeys(), press, state(), now)
  if (decision) {
    if (held) return
    if (decision.kind === 'send') onCommand(decision.hotkey.command)
    else log(`${decision.hotkey.keys.label} ignored: ${decision.reason}`)
    return
  }
  const binding = terminalTable.find(({ matches }) => matches(key))
  if (!binding || (held && !binding.repeats)) return
  const action = binding.action(key, state(), scenes())
  if (action?.kind === 'quit') onQuit()
  else if (action && comesTooSoon(action.command.type, state(), now)) {
    log(`${binding.label} ignored: the cue began less than ${cueGuard} ms ago`)
  } else if (action) onCommand(action.command)
}

function isSame(one: TerminalKey, other: TerminalKey): boolean {
  return one.key === other.key && one.ctrl === other.ctrl && one.alt === other.alt && one.shift === other.shift
}
