import type { AnyTransitionDefinition } from 'xstate'
import { commandEntries } from '../../src/commands/table.ts'
import { machine } from '../../src/orchestrator/core/machine.ts'

type Transition = {
  readonly event: string
  readonly guard: string | null
  readonly to: string
  readonly actions: string
}
type Node = (typeof machine.states)[string]

/** A page with the modes, the ways between them, and what each command does in each mode, read from the machine. */
export function statechartPage(): string {
  return [
    "# The orchestrator's machine",
    '',
    'Drawn from the machine itself; a test keeps this page true.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> unconfigured',
    ...modeChanges(),
    '```',
    '',
    'A force, the program, the stream and the link to OBS are values beside the mode: what changes only them leaves the mode as it',
    "is and isn't drawn. A condition without an event is checked after each change: the show pauses, goes on or ends by what the",
    'change has left.',
    '',
    '## Commands and modes',
    '',
    'What a command does in each mode: the mode that it leads to, `stays`, or the reason why it is refused. If there are several,',
    'the first one that fits counts; a condition comes before the colon.',
    '',
    ...commandTable(),
    '',
  ].join('\n')
}

function modeChanges(): string[] {
  return Object.entries(machine.states).flatMap(([mode, node]) => {
    const ways = new Map<string, string[]>()
    const always = (node.always ?? []).map((transition) => transitionOf(transition, mode))
    for (const { event, guard, to } of [...transitionsOf(node), ...always]) {
      if (to === mode) continue
      const labels = ways.get(to) ?? []
      labels.push([event, guard === null ? '' : `[${guard}]`].filter((part) => part !== '').join(' '))
      ways.set(to, labels)
    }
    return [...ways].map(([to, labels]) => `  ${mode} --> ${to} : ${[...new Set(labels)].join(', ')}`)
  })
}

function commandTable(): string[] {
  const modes = Object.entries(machine.states)
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(['command', ...modes.map(([mode]) => mode)]),
    row(['---', ...modes.map(() => '---')]),
    ...[...commandEntries.keys()].map((command) =>
      row([`\`${command}\``, ...modes.map(([mode, node]) => cell(mode, node, command))]),
    ),
  ]
}

function cell(mode: string, node: Node, command: string): string {
  const own = transitionsOf(node).filter(({ event }) => event === command)
  const all = own.length > 0 ? own : transitionsOf(machine.root).filter(({ event }) => event === command)
  return all
    .map(({ guard, to, actions }) => {
      const stays = to === mode || to === 'root'
      if (actions === '' && stays) return `*${guard}*`
      const result = stays ? 'stays' : `**${to}**`
      return guard === null ? result : `${guard}: ${result}`
    })
    .join('<br>')
}

function transitionsOf(node: Node | typeof machine.root): Transition[] {
  return [...node.transitions.values()]
    .flat()
    .map((transition) => transitionOf(transition, node === machine.root ? 'root' : node.key))
}

const transitionOf = ({ eventType, guard, target, actions }: AnyTransitionDefinition, from: string): Transition => ({
  event: eventType,
  guard: typeof guard === 'string' ? guard : null,
  to: target?.[0]?.key ?? from,
  actions: actions.map((action) => JSON.stringify(action)).join(' '),
})
