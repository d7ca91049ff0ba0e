import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import { commandInWords, type OperatorCommand } from '../../commands/table.ts'
import { type Control, crossesCue } from '../../orchestrator/control.ts'
import type { Hotkey, KeyChord, Schedule } from '../../schedule/model/schedule.ts'
import type { Clock, Instant } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { startTerminalKeys, type TerminalInput } from '../terminal/terminalKeys.ts'
import { startGlobalKeys } from './globalKeys.ts'

/** A key that went down, with the modifiers held at that moment. `code` is the UI Events code: the place on the keyboard. */
export type KeyPress = Omit<KeyChord, 'label'>

export type KeysOptions = {
  readonly control: Control
  readonly clock: Clock
  readonly log: Log
  readonly input: TerminalInput
  readonly schedule: () => Schedule | null
  readonly onQuit: () => void
}

export type Keys = {
  /** The scenes of the keys 1 to 9; null if no keys can be read in the terminal. */
  scenes(): readonly string[] | null
  /** Tells it that the schedule may have its first hotkey now. */
  scheduleChanged(): void
  close(): void
}

/**
 * Listens to the schedule's hotkeys on the whole desktop and to keys in the terminal. The terminal reads the hotkeys too, but only where
 * the desktop's keys can't be read.
 */
export function startKeys({ control, clock, log, input, schedule, onQuit }: KeysOptions): Keys {
  let global: 'off' | 'starting' | 'on' | 'unavailable' = 'off'
  let closeGlobal = () => {}
  const closing = new AbortController()
  const hotkeys = () => schedule()?.hotkeys ?? []

  const send = (command: OperatorCommand, label: string, at: Instant) => {
    const ignored = crossesCue(command.type, control.currentState(), at)
    if (ignored !== null) return log.info(`${label} ignored: ${ignored}`)
    log.info(`key: ${commandInWords(command)}`)
    const result = control.send(command)
    if (!result.accepted) log.warn(`${command.type} was refused: ${result.message}`)
  }
  const press = ({ command: written, keys }: Hotkey, at: Instant) => {
    const { data: command, error } = operatorCommandSchema.safeParse(written)
    if (command === undefined) log.error(`${commandInWords(written)}: ${error.message}`)
    else send(command, keys.label, at)
  }

  const startGlobal = async () => {
    if (global !== 'off' || hotkeys().length === 0) return
    global = 'starting'
    const keys = await startGlobalKeys({
      log: (line) => log.warn(line),
      clock,
      signal: closing.signal,
      onPress: (pressed) => {
        const hotkey = hotkeyOf(hotkeys(), pressed)
        if (hotkey !== null) press(hotkey, control.now())
      },
    })
    if (closing.signal.aborted) return
    if ('unavailable' in keys) {
      global = 'unavailable'
      const instead = 'unavailable' in terminal ? '' : '; they work in this terminal, as far as it can tell them apart'
      log.warn(`the schedule's hotkeys can't be read on the whole desktop: ${keys.unavailable}${instead}`)
    } else {
      global = 'on'
      closeGlobal = keys.close
      const labels = hotkeys().map((hotkey) => hotkey.keys.label)
      log.info(`hotkeys on the whole desktop: ${labels.join(', ')}`)
    }
  }

  const terminal = startTerminalKeys({
    input,
    clock,
    state: control.currentState,
    scenes: () => scenesOf(schedule()),
    hotkeys: () => (global === 'unavailable' ? hotkeys() : []),
    onHotkey: press,
    onCommand: send,
    onQuit,
  })
  void startGlobal()

  return {
    scenes: () => ('unavailable' in terminal ? null : scenesOf(schedule())),
    scheduleChanged: () => void startGlobal(),
    close() {
      closeGlobal()
      closing.abort()
      if ('close' in terminal) terminal.close()
    },
  }
}

/** The hotkey that a press means; null for none. Modifiers must match exactly. */
export function hotkeyOf(hotkeys: readonly Hotkey[], press: KeyPress): Hotkey | null {
  const isPressed = ({ keys }: Hotkey) =>
    keys.code === press.code &&
    keys.ctrl === press.ctrl &&
    keys.alt === press.alt &&
    keys.shift === press.shift &&
    keys.meta === press.meta
  return hotkeys.find(isPressed) ?? null
}

const known = new WeakMap<Schedule, readonly string[]>()

/** The scenes that an operator is likely to force: those of the hotkeys, then the fallback, then those of the cues. */
function scenesOf(schedule: Schedule | null): readonly string[] {
  if (schedule === null) return []
  const before = known.get(schedule)
  if (before !== undefined) return before
  const forced = schedule.hotkeys.flatMap(({ command }) =>
    typeof command['scene'] === 'string' ? [command['scene']] : [],
  )
  const fallback = schedule.fallback === null ? [] : [schedule.fallback]
  const scenes = [...new Set([...forced, ...fallback, ...schedule.cues.map(({ scene }) => scene)])].slice(0, 9)
  known.set(schedule, scenes)
  return scenes
}
