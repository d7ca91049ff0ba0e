import type { z } from 'zod'
import { shown } from '../../values/fields.ts'
import { didYouMean } from '../../values/nearest.ts'
import { ACT_KEYS, PLAIN_ACTS, STATE_KEYS } from './actionSchema.ts'
import { error, type Finding, MOST_FINDINGS, type Path, type Report } from './finding.ts'
import { fileSchema } from './schema.ts'

type Issue = z.core.$ZodIssue

/** Reads a list entry by entry. A broken entry is reported, and undefined stands in its place. */
export function readEntries<Schema extends z.ZodType, Read>(
  key: string,
  written: readonly unknown[],
  schema: Schema,
  read: (entry: z.infer<Schema>, path: Path) => Read | undefined,
  report: Report,
): (Read | undefined)[] {
  let broken = 0
  return written.map((entry, index) => {
    if (broken > MOST_FINDINGS) return undefined
    const path = [key, index]
    const parsed = schema.safeParse(entry, { reportInput: true })
    if (parsed.success) return read(parsed.data, path)
    broken += 1
    for (const finding of findingsOf(parsed.error.issues, path)) report(finding)
    return undefined
  })
}

/** Turns zod's issues with the part of the file at `base` into findings that say what to do. */
export function findingsOf(issues: readonly Issue[], base: Path): Finding[] {
  return issues.flatMap((issue) => findingsOfIssue(issue, [...base, ...stepsOf(issue)]))
}

function findingsOfIssue(issue: Issue, path: Path): Finding[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MOST_FINDINGS).map((key) => unknownKey(path, key))
    case 'invalid_union': {
      const branch = meantBranch(issue.errors)
      if (branch !== null) return branch.flatMap((inner) => findingsOfIssue(inner, [...path, ...stepsOf(inner)]))
      return [error('wrongType', path, issue.message)]
    }
    case 'invalid_value':
      if (issue.input === undefined) return [missing(path)]
      return [error('unknownValue', path, own(issue) ?? unknownValue(issue.input, issue.values.map(String)))]
    case 'invalid_type':
      if (issue.input === undefined) return [missing(path)]
      return [error('wrongType', path, own(issue) ?? wrongType(issue.expected, issue.input))]
    case 'custom':
      return [error(codeOf(issue.params), path, issue.message)]
    default:
      return [error('invalidValue', path, issue.message)]
  }
}

/** The shape that the writer most likely had in mind: of the right kind, and with the fewest mistakes. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const candidates = branches.filter((issues) => !issues.some((issue) => issue.path.length === 0 && isOtherKind(issue)))
  const [best] = candidates.toSorted((one, other) => one.length - other.length)
  return best ?? branches.find(([issue]) => issue?.code === 'invalid_value' && typeof issue.input === 'string') ?? null
}

function isOtherKind(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value'
}

function unknownKey(path: Path, key: string): Finding {
  const { code, message } = wellKnownMistake(path, key) ?? {
    code: 'unknownKey',
    message: `unknown key \`${key}\`${didYouMean(key, keysAt(path)) || hintOfPlace(path)}`,
  }
  return { ...error(code, [...path, key], message), target: 'key' }
}

function wellKnownMistake(path: Path, key: string): { code: string; message: string } | null {
  const acts: readonly string[] = ACT_KEYS
  const states: readonly string[] = STATE_KEYS
  const isAction = path.includes('actions') || path[0] === 'whenFinished'
  if (isAction && PLAIN_ACTS.some((act) => act === key)) {
    return { code: 'unknownKey', message: `\`${key}\` takes no value: write \`do: ${key}\`, or just ${key}` }
  }
  if (path[0] === 'obs' && key === 'password') {
    const message =
      'the password of OBS is never read from a schedule, because schedules get shared: use OBS_PASSWORD or --obs-password-file'
    return { code: 'passwordInSchedule', message }
  }
  if (path[0] === 'scenes' && acts.includes(key)) {
    return { code: 'actInScene', message: `\`${key}\` is done once, so it belongs to a cue: scenes only have states` }
  }
  if (path[0] === 'whenFinished' && states.includes(key)) {
    return {
      code: 'stateWhenFinished',
      message: `\`${key}\` lasts as long as a cue: write it as an action of the last cue`,
    }
  }
  return null
}

function hintOfPlace(path: Path): string {
  const keys = keysAt(path)
  return path.length === 0 ? '; keys of your own begin with x-' : `: the keys here are ${keys.join(', ')}`
}

function missing(path: Path): Finding {
  const key = path.at(-1)
  if (typeof key !== 'string') return error('wrongType', path, 'nothing is written here: fill it in, or delete it')
  return error('missingKey', path.slice(0, -1), `\`${key}\` is missing: ${MISSING[key] ?? `add \`${key}: …\``}`)
}

const MISSING: Readonly<Record<string, string>> = {
  version: 'add `version: 1`',
  scene: 'add the name of an OBS scene',
  keys: 'add the keys, such as Ctrl+Alt+B',
}

function unknownValue(input: unknown, known: readonly string[]): string {
  if (typeof input === 'object') return `write ${listed(known)}, not ${shown(input)}`
  const meant = typeof input === 'string' ? didYouMean(input, known) : ''
  return `unknown value ${shown(input)}${meant || `: write ${listed(known)}`}`
}

function wrongType(expected: string, input: unknown): string {
  const kinds: Readonly<Record<string, string>> = { object: 'a map', record: 'a map', array: 'a list' }
  const [key] = (typeof input === 'string' && /^[A-Za-z]+:(?=\S)/.exec(input)) || []
  const hint = key === undefined ? '' : `: add a space after \`${key}\``
  return `this has to be ${kinds[expected] ?? `a ${expected}`}, not ${shown(input)}${hint}`
}

/** `a, b or c`. */
export function listed(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** The message if one of our schemas wrote it; null for zod's own. */
function own(issue: Issue): string | null {
  return issue.message.startsWith('Invalid ') ? null : issue.message
}

function codeOf(params: Readonly<Record<string, unknown>> | undefined): string {
  const code = params?.['code']
  return typeof code === 'string' ? code : 'invalidValue'
}

function stepsOf(issue: Issue): Path {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
}

/** The keys that the schema knows for a map at this path. */
function keysAt(path: Path): string[] {
  let schemas: z.core.$ZodType[] = [fileSchema]
  for (const step of path) schemas = schemas.flatMap(unwrapped).flatMap((schema) => inner(schema, step))
  const keys = schemas
    .flatMap(unwrapped)
    .flatMap((schema) => (isObject(schema) ? Object.keys(schema._zod.def.shape) : []))
  return [...new Set(keys)]
}

function inner(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  if (isObject(schema)) return [schema._zod.def.shape[step]].filter((found) => found !== undefined)
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'array') return [def.element]
  return def.type === 'record' ? [def.valueType] : []
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'optional') return unwrapped(def.innerType)
  return def.type === 'union' ? def.options.flatMap(unwrapped) : [schema]
}

function isObject(schema: z.core.$ZodType): schema is z.core.$ZodObject {
  return (schema as z.core.$ZodTypes)._zod.def.type === 'object'
}
