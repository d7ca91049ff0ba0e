import * as argument from './arguments.ts'

type Arguments = Readonly<Record<string, argument.Argument>>

/** One command. Everything that is made from the table is made from these fields. */
export type TableEntry = {
  /** What it does, as help and docs say it. */
  readonly does: string
  /** Who sends it if not an operator. Hotkeys, HTTP and the command line offer only the operator's commands. */
  readonly from?: 'embedder' | 'adapter'
  /** The required argument. Verbs take it first. */
  readonly needs?: Arguments
  /** The optional arguments. */
  readonly takes?: Arguments
  /** Two arguments that exclude each other. `at` is the one to blame. */
  readonly conflict?: {
    readonly at: string
    readonly isIn: (given: Readonly<Record<string, unknown>>) => boolean
    readonly code: string
    readonly message: string
  }
}

/** Every command. The machine says in which mode a command is legal. */
export const commandTable = {
  configure: {
    does: 'loads a schedule; while a show is on, the running cue goes on',
    from: 'embedder',
    needs: { schedule: argument.schedule },
  },
  start: { does: 'starts the show, from the top or from that cue', takes: { cue: argument.cue } },
  stop: { does: 'ends the show and leaves its scene on air' },
  pause: { does: "stops the show's clock" },
  resume: { does: "restarts the show's clock" },
  reset: { does: 'returns to idle and ends the force' },
  next: { does: 'goes to the next cue now', takes: { ifCue: argument.cue } },
  skipCurrentScene: { does: 'does the same as next', takes: { ifCue: argument.cue } },
  previous: { does: 'goes to the cue before, from its top', takes: { ifCue: argument.cue } },
  goTo: {
    does: 'goes to that cue, from its top or from an offset into it',
    needs: { cue: argument.cue },
    takes: { offset: argument.duration },
  },
  hold: { does: 'keeps the current cue from ending' },
  unhold: { does: 'lets the current cue end as planned' },
  extend: {
    does: 'moves the end of the current cue; a negative duration shortens the cue',
    needs: { by: argument.signedDuration },
  },
  forceScene: {
    does: 'forces a scene over the schedule',
    needs: { scene: argument.scene },
    takes: {
      until: argument.forceEnd,
      transition: argument.transition,
      toggle: argument.flag,
      pause: argument.flag,
    },
    conflict: {
      at: 'until',
      isIn: ({ until, pause }) => until === 'cueEnd' && pause === true,
      code: 'forceNeverEnds',
      message: '`until: cueEnd` and `pause: true` exclude each other: a paused cue never ends; leave one of them out',
    },
  },
  release: { does: 'ends the force' },
  updateStreamStatus: {
    does: 'reports what the stream does; on a real OBS the adapter sends it',
    from: 'adapter',
    needs: { phase: argument.streamPhase },
    takes: { since: argument.instant, output: argument.output },
  },
} as const satisfies Readonly<Record<string, TableEntry>>

type Table = typeof commandTable
export type CommandName = keyof Table
export type OperatorCommandName = {
  [N in CommandName]: Table[N] extends { readonly from: string } ? never : N
}[CommandName]

type Written<A> = A extends argument.Argument<infer W, unknown> ? W : never

/** The required arguments of a command. */
export type Needs<N extends CommandName> = Table[N] extends { readonly needs: infer A }
  ? { readonly [K in keyof A]: Written<A[K]> }
  : object

/** The optional arguments of a command. */
export type Options<N extends CommandName> = Table[N] extends { readonly takes: infer A }
  ? { readonly [K in keyof A]?: Written<A[K]> | undefined }
  : object

type Flat<T> = { [K in keyof T]: T[K] }

/** A command as an object. Durations are strings as in the file; a cue is its id. */
export type CommandOf<N extends CommandName> = Flat<{ readonly type: N } & Needs<N> & Options<N>>

type Read<A> = A extends argument.Argument<unknown, infer R> ? R : never

type ReadArguments<N extends CommandName> = (Table[N] extends { readonly needs: infer A }
  ? { readonly [K in keyof A]: Read<A[K]> }
  : object) &
  (Table[N] extends { readonly takes: infer A } ? { readonly [K in keyof A]?: Read<A[K]> | undefined } : object)

/** A command as the machine gets it: durations in milliseconds. Only the orchestrator can read `configure`. */
export type ReadCommand = {
  [N in Exclude<CommandName, 'configure'>]: Flat<{ readonly type: N } & ReadArguments<N>>
}[Exclude<CommandName, 'configure'>]

export type OperatorCommand = { [N in OperatorCommandName]: CommandOf<N> }[OperatorCommandName]

export type Entry = TableEntry & { readonly needs: Arguments; readonly takes: Arguments }

/** The same by name, for code that treats all commands alike. */
export const commandEntries: ReadonlyMap<string, Entry> = new Map(
  Object.entries<TableEntry>(commandTable).map(([name, entry]) => [name, { needs: {}, takes: {}, ...entry }]),
)

/** The names of the commands that an operator can send. */
export const OPERATOR_COMMANDS: readonly string[] = [...commandEntries]
  .filter(([, { from }]) => from === undefined)
  .map(([name]) => name)

/** The names of a command's arguments, the required one first; none for an unknown command. */
export function argumentNames(command: string): readonly string[] {
  const entry = commandEntries.get(command)
  return Object.keys({ ...entry?.needs, ...entry?.takes })
}

/** A command as the log says it: `forceScene BRB, until 30s, toggle`. */
export function commandInWords(command: { readonly type: string }): string {
  const { type, ...given } = command
  const needs = commandEntries.get(type)?.needs ?? {}
  const words = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (value === true) return name
      const said = typeof value === 'string' ? value : JSON.stringify(value)
      return name in needs ? said : `${name} ${said}`
    })
  return words.length === 0 ? type : `${type} ${words.join(', ')}`
}
