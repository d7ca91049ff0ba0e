import type { Command } from '../../orchestrator/core/events.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Hotkey } from '../../schedule/model/schedule.ts'
import type { Clock, Instant } from '../../time/clock.ts'
import { comesTooSoon, cueGuard, decide, type HotkeyDecision } from '../keyboard/keymap.ts'
import { parseKeys, pressesOf, type TerminalKey } from './terminalInput.ts'
import { terminalPresses } from './terminalPresses.ts'
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

/** Listens to single keys in the terminal. Puts it back as it was at close, and when the process ends in whatever way it can see. */
export function startTerminalKeys(options: TerminalKeysOptions): TerminalKeys {
  const { input, clock } = options
  if (!input.isTTY || !input.setRawMode) return { unavailable: 'the input is not a terminal' }
  const presses = terminalPresses(clock, (key, at) => act(options, key, at))

  const onData = (text: string) => {
    for (const key of parseKeys(text)) {
      const now = clock.now()
      if (actsWhileHeld(key) && hotkeyOf(options, key, now) === null) act(options, key, now)
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

/** A key that also acts while it is held has no need to be told from its repeats. */
const actsWhileHeld = (key: TerminalKey): boolean => bindingOf(key)?.repeats === true

const bindingOf = (key: TerminalKey) => terminalTable.find(({ matches }) => matches(key))

function act(options: TerminalKeysOptions, key: TerminalKey, now: Instant): void {
  const { state, scenes, onCommand, onQuit, log } = options
  const decision = hotkeyOf(options, key, now)
  if (decision !== null) {
    if (decision.kind === 'send') onCommand(decision.hotkey.command)
    else log(`${decision.hotkey.keys.label} ignored: ${decision.reason}`)
    return
  }
  const binding = bindingOf(key)
  const action = binding?.action(key, state(), scenes()) ?? null
  if (binding === undefined || action === null) return
  if (action.kind === 'quit') onQuit()
  else if (comesTooSoon(action.command.type, state(), now))
    log(`${binding.label} ignored: the cue began less than ${cueGuard} ms ago`)
  else onCommand(action.command)
}

/** The schedule's hotkeys come first. */
function hotkeyOf({ hotkeys, state }: TerminalKeysOptions, key: TerminalKey, now: Instant): HotkeyDecision | null {
  for (const press of pressesOf(key)) {
    const decision = decide(hotkeys(), press, state(), now)
    if (decision !== null) return decision
  }
  return null
}
