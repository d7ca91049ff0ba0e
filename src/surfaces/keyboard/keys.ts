import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import type { Command } from '../../orchestrator/core/events.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Result } from '../../orchestrator/result.ts'
import type { Hotkey, Schedule } from '../../schedule/model/schedule.ts'
import type { Clock } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { startTerminalKeys, type TerminalInput } from '../terminal/terminalKeys.ts'
import { commandInWords } from '../terminal/words.ts'
import { startGlobalKeys } from './globalKeys.ts'
import { decide } from './keymap.ts'

export type KeysOptions = {
  readonly orchestrator: { send(command: Command): Result; currentState(): Snapshot; now(): number }
  readonly clock: Clock
  readonly log: Log
  readonly input: TerminalInput
  readonly schedule: () => Schedule
  readonly onQuit: () => void
}

export type Keys = {
  /** The scenes of the keys 1 to 9; null where no keys can be read in the terminal. */
  scenes(): readonly string[] | null
  /** The schedule may have got its first hotkey. */
  scheduleChanged(): void
  close(): void
}

/**
 * Keys of the whole desktop where they can be had, and keys in the terminal. The schedule's hotkeys are looked for in the
 * terminal only where global ones can't be had.
 */
export function startKeys({ orchestrator, clock, log, input, schedule, onQuit }: KeysOptions): Keys {
  let global: 'off' | 'starting' | 'on' | 'unavailable' = 'off'
  let closeGlobal = () => {}
  const closing = new AbortController()

  const send = (asked: Command | Hotkey['command']) => {
    const { data: command, error } = operatorCommandSchema.safeParse(asked)
    if (command === undefined) return log.error(`${commandInWords(asked)}: ${error.message}`)
    log.info(`key: ${commandInWords(command)}`)
    const result = orchestrator.send(command)
    if (!result.accepted) log.warn(`${command.type} was refused: ${result.message}`)
  }

  const startGlobal = async () => {
    if (global !== 'off' || schedule().hotkeys.length === 0) return
    global = 'starting'
    const keys = await startGlobalKeys({
      log: (line) => log.warn(line),
      clock,
      signal: closing.signal,
      onPress: (press) => {
        const decision = decide(schedule().hotkeys, press, orchestrator.currentState(), orchestrator.now())
        if (decision?.kind === 'send') send(decision.hotkey.command)
        else if (decision !== null) log.info(`${decision.hotkey.keys.label} ignored: ${decision.reason}`)
      },
    })
    if (closing.signal.aborted) return
    if ('unavailable' in keys) {
      global = 'unavailable'
      const instead = 'unavailable' in terminal ? '' : '; they work in this terminal, as far as it can tell them'
      log.warn(`the schedule's hotkeys can't be read on the whole desktop: ${keys.unavailable}${instead}`)
    } else {
      global = 'on'
      closeGlobal = keys.close
      log.info(
        `hotkeys on the whole desktop: ${schedule()
          .hotkeys.map((hotkey) => hotkey.keys.label)
          .join(', ')}`,
      )
    }
  }

  const terminal = startTerminalKeys({
    input,
    clock,
    state: orchestrator.currentState,
    scenes: () => scenesOf(schedule()),
    hotkeys: () => (global === 'unavailable' ? schedule().hotkeys : []),
    onCommand: send,
    onQuit,
    log: (line) => log.info(line),
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

const known = new WeakMap<Schedule, readonly string[]>()

/** What an operator would force: first what the hotkeys force, then the fallback, then the scenes of the cues. */
function scenesOf(schedule: Schedule): readonly string[] {
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
