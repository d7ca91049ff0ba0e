import { z } from 'zod'
import { shown } from '../values/fields.ts'
import { didYouMean } from '../values/nearest.ts'
import { type CommandOf, commandEntries, type Entry, OPERATOR_COMMANDS, type OperatorCommand } from './table.ts'

const operators = [...commandEntries].filter(([, { from }]) => from === undefined)

/** Every argument of the operator's commands, each optional. */
export const operatorArguments: Readonly<Record<string, z.ZodOptional<z.ZodType>>> = Object.fromEntries(
  operators.flatMap(([, entry]) =>
    Object.entries(argumentsOf(entry)).map(([name, schema]) => [name, schema.optional()] as const),
  ),
)

/** What an operator can send by HTTP, ctl or a hotkey. */
export const operatorCommandSchema = unionOf<OperatorCommand>(operators)

/** Every command but `configure`, whose schedule only the orchestrator can check. */
export const commandSchema = unionOf<OperatorCommand | CommandOf<'updateStreamStatus'>>(
  [...commandEntries].filter(([name]) => name !== 'configure'),
)

type NamedEntry = readonly [name: string, entry: Entry]

function unionOf<Command>(entries: readonly NamedEntry[]): z.ZodType<Command> {
  const [first, ...others] = entries.map(schemaOf)
  if (first === undefined) throw new TypeError('there are no commands')
  const union: z.ZodType = z.discriminatedUnion('type', [first, ...others], { error: notACommand })
  return union as z.ZodType<Command>
}

function schemaOf([name, entry]: NamedEntry) {
  const schema = z.strictObject({ type: z.literal(name), ...argumentsOf(entry) })
  if (entry.conflict === undefined) return schema
  const { isIn, at, message, code } = entry.conflict
  return schema.refine((given) => !isIn(given), { path: [at], error: message, params: { code } })
}

function argumentsOf({ needs, takes }: Entry): Readonly<Record<string, z.ZodType>> {
  const required = Object.entries(needs).map(([name, { schema }]) => [name, schema] as const)
  const optional = Object.entries(takes).map(([name, { schema }]) => [name, schema.optional()] as const)
  return Object.fromEntries([...required, ...optional])
}

function notACommand({ input }: { input?: unknown }): string {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined
  return `there is no command ${shown(type)}${typeof type === 'string' ? didYouMean(type, OPERATOR_COMMANDS) : ''}`
}

/**
 * Whether the arguments of a command are plainly right, so that the schema, which takes seven times as long, needn't look at them.
 * Nothing is plain that the schema would refuse.
 */
export function isPlain(command: { readonly type: string }): boolean {
  const entry = commandEntries.get(command.type)
  if (entry === undefined) return false
  const { needs, takes } = entry
  const given: Readonly<Record<string, unknown>> = command
  for (const name in needs) if (given[name] === undefined) return false
  for (const name in given) {
    if (name === 'type') continue
    const argument = needs[name] ?? takes[name]
    const value = given[name]
    // A name that every object has, such as `constructor`, finds something that isn't an argument.
    if (argument?.isPlain === undefined || (value !== undefined && !argument.isPlain(value))) return false
  }
  return true
}
