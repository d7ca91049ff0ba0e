import type { Argument } from './arguments.ts'
import { commandEntries, type TableEntry } from './table.ts'

type Checks = { readonly needs: readonly string[]; readonly isPlain: ReadonlyMap<string, Argument['isPlain']> }

/**
 * Whether the arguments of a command are plainly right, so that the schema needn't look at them: it takes twenty times as long.
 * Nothing is plain that the schema would refuse.
 */
export function isPlain(command: { readonly type: string }): boolean {
  const checks = checksOf.get(command.type)
  if (checks === undefined) return false
  const given: Readonly<Record<string, unknown>> = command
  for (const name of checks.needs) if (given[name] === undefined) return false
  for (const name in given) {
    if (name === 'type') continue
    const isPlain = checks.isPlain.get(name)
    const value = given[name]
    if (isPlain === undefined || (value !== undefined && !isPlain(value))) return false
  }
  return true
}

const checksOf: ReadonlyMap<string, Checks> = new Map(
  [...commandEntries].map(([name, entry]) => [name, checksFrom(entry)] as const),
)

function checksFrom({ needs = {}, takes = {} }: TableEntry): Checks {
  const named = Object.entries({ ...needs, ...takes }).map(([name, { isPlain }]) => [name, isPlain] as const)
  return { needs: Object.keys(needs), isPlain: new Map(named) }
}
