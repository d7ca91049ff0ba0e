import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import { commandInWords, type OperatorCommand } from '../../commands/table.ts'
import type { Control } from '../../orchestrator/control.ts'
import { crossesCue } from '../../orchestrator/cueGuard.ts'
import type { Hotkey, Schedule } from '../../schedule/model/schedule.ts'
import type { Clock, Instant } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { startTerminalKeys, type TerminalInput } from '../terminal/terminalKeys.ts'
import { startGlobalKeys } from './globalKeys.ts'
import { hotkeyOf } from './keyPress.ts'

export type KeysOptions = {
  readonly control: Control
  readonly clock: Clock
  readonly log: Log
  readonly input: TerminalInput
  readonly schedule: () => Schedule | null
  readonly onQuit: () => void
}

/**
 * Listens to the schedule's hotkeys on the whole desktop and to keys in the terminal. The terminal reads the hotkeys too, but only where
 * the desktop's keys can't be read.
 */
export function startKeys({ control, clock, log, input, schedule, onQuit }: KeysOptions) {
  let global: 'off' | 'starting' | 'on' | 'unavailable' = 'off'
  let scenes = scenesOf(schedule())
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
    const unavailable = await startGlobalKeys({
      log: (line) => log.warn(line),
      clock,
      signal: closing.signal,
      onPress: (pressed) => {
        const hotkey = hotkeyOf(hotkeys(), pressed)
        if (hotkey !== null) press(hotkey, control.now())
      },
    })
    if (closing.signal.aborted) return
    global = unavailable === null ? 'on' : 'unavailable'
    const instead = terminal === null ? '' : '; they work in this terminal, as far as it can tell them apart'
    const labels = hotkeys().map((hotkey) => hotkey.keys.label)
    if (unavailable === null) log.info(`hotkeys on the whole desktop: ${labels.join(', ')}`)
    else log.warn(`the schedule's hotkeys can't be read on the whole desktop: ${unavailable}${instead}`)
  }

  const terminal = startTerminalKeys({
    input,
    clock,
    state: control.currentState,
    scenes: () => scenes,
    hotkeys: () => (global === 'unavailable' ? hotkeys() : []),
    onHotkey: press,
    onCommand: send,
    onQuit,
  })
  void startGlobal()

  return {
    /** The scenes of the keys 1 to 9; null if no keys can be read in the terminal. */
    scenes: () => (terminal === null ? null : scenes),
    /** Looks at the schedule again. */
    scheduleChanged(): void {
      scenes = scenesOf(schedule())
      void startGlobal()
    },
    close(): void {
      closing.abort()
      terminal?.close()
    },
  }
}

/** The scenes that an operator is likely to force: those of the hotkeys, then the fallback, then those of the cues. */
function scenesOf(schedule: Schedule | null): readonly string[] {
  if (schedule === null) return []
  const { hotkeys, fallback, cues } = schedule
  const likely = [...hotkeys.map(({ command }) => command['scene']), fallback, ...cues.map(({ scene }) => scene)]
  return [...new Set(likely.filter((scene) => typeof scene === 'string'))].slice(0, 9)
}
