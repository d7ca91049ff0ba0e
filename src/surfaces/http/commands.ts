import { z } from 'zod'
import * as argument from '../../commands/arguments.ts'
import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import { commandEntries, OPERATOR_COMMANDS, type OperatorCommand } from '../../commands/table.ts'
import { modesOf } from '../../orchestrator/core/modes.ts'

export type ReadCommand = { readonly command: OperatorCommand } | { readonly message: string }

/** Reads the body of a request. */
export function commandFromJson(body: string): ReadCommand {
  let written: unknown
  try {
    written = JSON.parse(body)
  } catch {
    return { message: 'the body is not JSON: send an object such as {"type":"next"}' }
  }
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return { message: 'the body is not an object: send one such as {"type":"next"}' }
  return checked(written)
}

/** Reads a command from an address: `forceScene` and `scene=BRB&toggle=true`. */
export function commandFromQuery(type: string, query: URLSearchParams): ReadCommand {
  const entry = commandEntries.get(type)
  const twice = [...query.keys()].find((name) => query.getAll(name).length > 1)
  if (twice !== undefined) return { message: `${twice} is given twice: leave one of them out` }
  const given = [...query].map(([name, text]) => {
    const isFlag = (entry?.needs[name] ?? entry?.takes[name]) === argument.flag
    return [name, isFlag && (text === 'true' || text === 'false') ? text === 'true' : text] as const
  })
  if (query.has('type')) return { message: 'the type of the command is in the path: leave it out of the query' }
  return checked({ type, ...Object.fromEntries(given) })
}

function checked(written: object): ReadCommand {
  const { data: command, error } = operatorCommandSchema.safeParse(written, { reportInput: true })
  return command === undefined ? { message: problemsOf(error) } : { command }
}

const problemsOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => (path.length === 0 || path[0] === 'type' ? message : `${path.join('.')}: ${message}`))
    .join('; ')

/** The commands that can be sent, with their arguments and the modes in which they are allowed. */
export function commandList(): object {
  const commands = OPERATOR_COMMANDS.map((type) => {
    const { does = '', needs = {}, takes = {} } = commandEntries.get(type) ?? {}
    const described = (given: Readonly<Record<string, argument.Argument>>, required: boolean) =>
      Object.entries(given).map(([name, { schema }]) => [name, { required, schema: jsonSchemaOf(schema) }] as const)
    const all = Object.fromEntries([...described(needs, true), ...described(takes, false)])
    return { type, does, arguments: all, modes: modesOf(type) }
  })
  return { commands }
}

export function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}
