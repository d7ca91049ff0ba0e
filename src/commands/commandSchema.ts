import { z } from 'zod'
import type { Instant } from '../time/clock.ts'
import { shown } from '../values/fields.ts'
import { didYouMean } from '../values/nearest.ts'
import {
  type CommandOf,
  commandEntries,
  type Entry,
  OPERATOR_COMMANDS,
  type OperatorCommand,
  type ReadCommand,
} from './table.ts'

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

function unionOf<Command>(entries: readonly (readonly [string, Entry])[]): z.ZodType<Command> {
  const [first, ...others] = entries.map(schemaOf)
  if (first === undefined) throw new TypeError('there are no commands')
  const union: z.ZodType = z.discriminatedUnion('type', [first, ...others], { error: notACommand })
  return union as z.ZodType<Command>
}

function schemaOf([name, entry]: readonly [string, Entry]) {
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
 * A command with its arguments as the machine gets them, and with the time at which it counts; null if the schema refuses it. The
 * schema takes seven times as long.
 */
export function readCommand(command: { readonly type: string }, at: Instant): (ReadCommand & { at: Instant }) | null {
  const entry = commandEntries.get(command.type)
  if (entry === undefined) return null
  const { needs, takes, conflict } = entry
  const given: Readonly<Record<string, unknown>> = command
  const read: Record<string, unknown> = { type: command.type, at }
  for (const name in needs) if (given[name] === undefined) return null
  for (const name in given) {
    if (name === 'type') continue
    const argument = needs[name] ?? takes[name]
    // A name that every object has, such as `constructor`, finds something that isn't an argument.
    if (argument?.read === undefined) return null
    const value = given[name]
    if (value === undefined) continue
    const found = argument.read(value)
    if (found === undefined) return null
    read[name] = found
  }
  return conflict?.isIn(given) ? null : (read as ReadCommand & { at: Instant })
}
