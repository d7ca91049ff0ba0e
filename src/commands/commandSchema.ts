import { z } from 'zod'
import { shown } from '../values/fields.ts'
import { didYouMean } from '../values/nearest.ts'
import { type CommandOf, commandEntries, OPERATOR_COMMANDS, type OperatorCommand, type TableEntry } from './table.ts'

export { OPERATOR_COMMANDS } from './table.ts'

const operators = [...commandEntries].filter(([name]) => OPERATOR_COMMANDS.includes(name))

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

type NamedEntry = readonly [name: string, entry: TableEntry]

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

function argumentsOf({ needs = {}, takes = {} }: TableEntry): Readonly<Record<string, z.ZodType>> {
  const required = Object.entries(needs).map(([name, { schema }]) => [name, schema] as const)
  const optional = Object.entries(takes).map(([name, { schema }]) => [name, schema.optional()] as const)
  return Object.fromEntries([...required, ...optional])
}

function notACommand({ input }: { input?: unknown }): string {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined
  return `there is no command ${shown(type)}${typeof type === 'string' ? didYouMean(type, OPERATOR_COMMANDS) : ''}`
}
