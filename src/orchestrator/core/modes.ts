import { machine } from './machine.ts'
import { MODES, type Mode } from './snapshot.ts'

/** The modes in which the machine may accept this command. It may still refuse it there, for what else holds then. */
export function modesOf(command: string): readonly Mode[] {
  const { root } = machine
  return MODES.filter((mode) => isWay(root.states[mode], command) ?? isWay(root, command) ?? false)
}

/** Whether any of the node's transitions for this command does something; null if it has none. */
function isWay(node: typeof machine.root | undefined, command: string): boolean | null {
  const ways = node?.transitions.get(command)
  return ways === undefined ? null : ways.some(({ actions }) => actions.length > 0)
}
