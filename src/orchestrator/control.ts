import type { OperatorCommand } from '../commands/table.ts'
import type { Orchestrator } from './orchestrator.ts'
import { createListeners } from './readers/listeners.ts'
import type { Result } from './result.ts'

/** Everything a surface gets, to show the state and to send commands. */
export type Control = Pick<Orchestrator, 'currentState' | 'subscribe' | 'forecast' | 'schedule' | 'scenes' | 'now'> & {
  send(command: OperatorCommand): Result
  /** Calls the listener with each line of the as-run log. Returns a function that ends this. */
  asRun: Orchestrator['onAsRun']
  /** Calls the listener with each command that a surface has sent. Returns a function that ends this. */
  sent(listener: (sent: Sent) => void): () => void
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
