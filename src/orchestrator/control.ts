import type { OperatorCommand } from '../commands/table.ts'
import type { Forecast } from '../playout/forecast.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Instant } from '../time/clock.ts'
import type { AsRunLine } from './core/asRun.ts'
import type { Snapshot } from './core/snapshot.ts'
import type { Orchestrator } from './orchestrator.ts'
import { createListeners } from './readers/listeners.ts'
import type { Result } from './result.ts'

/** Everything a surface gets, to show the state and to send commands. */
export type Control = {
  send(command: OperatorCommand): Result
  currentState(): Snapshot
  /** Calls the listener with each new snapshot. Returns a function that ends this. */
  subscribe(listener: (state: Snapshot) => void): () => void
  forecast(): Forecast
  /** The loaded schedule; null without one. */
  schedule(): Schedule | null
  /** The scenes of the connected OBS, top to bottom; null until they are known. */
  scenes(): readonly string[] | null
  /** Calls the listener with each line of the as-run log. Returns a function that ends this. */
  asRun(listener: (line: AsRunLine) => void): () => void
  /** Calls the listener with each command that a surface has sent. Returns a function that ends this. */
  sent(listener: (sent: Sent) => void): () => void
  now(): Instant
}

/** A command of an operator, and what came of it. */
export type Sent = { readonly command: OperatorCommand; readonly result: Result }

export function controlOf(orchestrator: Orchestrator): Control {
  const { currentState, subscribe, forecast, schedule, scenes, onAsRun, now } = orchestrator
  const sent = createListeners<Sent>()
  const send = (command: OperatorCommand) => {
    const result = orchestrator.send(command)
    sent.note({ command, result })
    sent.deliver()
    return result
  }
  return { send, currentState, subscribe, forecast, schedule, scenes, asRun: onAsRun, sent: sent.listen, now }
}
