import type { z } from 'zod'
import { listed, shown } from '../../values/fields.ts'
import { didYouMean } from '../../values/nearest.ts'
import { PLAIN_ACTS } from '../model/schedule.ts'
import { ACT_KEYS, STATE_KEYS } from './actions.ts'
import { error, type Finding, MOST_FINDINGS, type Path, type Report } from './finding.ts'
import { fileSchema } from './schema.ts'

type Issue = z.core.$ZodIssue

/** Reads entries one by one, each at its path. A broken entry is reported, and undefined stands in its place. */
export function entryReader<Schema extends z.ZodType, Read>(
  schema: Schema,
  read: (entry: z.infer<Schema>, path: Path) => Read | undefined,
  report: Report,
): (written: unknown, path: Path) => Read | undefined {
  let broken = 0
  return (written, path) => {
    if (broken > MOST_FINDINGS) return undefined
    const parsed = schema.safeParse(written, { reportInput: true })
    if (parsed.success) return read(parsed.data, path)
    broken += 1
    for (const finding of findingsOf(parsed.error.issues, path)) report(finding)
    return undefined
  }
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
      return [error(String(issue.params?.['code'] ?? 'invalidValue'), path, issue.message)]
    default:
      return [error('invalidValue', path, issue.message)]
  }
}

/** The shape that the writer most likely had in mind: of the right kind, and with the fewest mistakes. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const isOtherKind = ({ path, code }: Issue) =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
  const candidates = branches.filter((issues) => !issues.some(isOtherKind))
  const [best] = candidates.toSorted((one, other) => one.length - other.length)
  return best ?? branches.find(([issue]) => issue?.code === 'invalid_value' && typeof issue.input === 'string') ?? null
}

function unknownKey(path: Path, key: string): Finding {
  const [code, message] = wellKnownMistake(path, key) ?? [
    'unknownKey',
    `unknown key \`${key}\`${didYouMean(key, keysAt(path)) || hintOfPlace(path)}`,
  ]
  return { ...error(code, [...path, key], message), target: 'key' }
}

function wellKnownMistake(path: Path, key: string): readonly [code: string, message: string] | null {
  const isOneOf = (keys: readonly string[]) => keys.includes(key)
  if ((path.includes('actions') || path[0] === 'whenFinished') && isOneOf(PLAIN_ACTS))
    return ['unknownKey', `\`${key}\` takes no value: write \`do: ${key}\`, or just ${key}`]
  if (path[0] === 'obs' && key === 'password') {
    const message =
      'the password of OBS is never read from a schedule, because schedules get shared: use OBS_PASSWORD or --obs-password-file'
    return ['passwordInSchedule', message]
  }
  if (path[0] === 'scenes' && isOneOf(ACT_KEYS))
    return ['actInScene', `\`${key}\` is done once, so it belongs to a cue: scenes only have states`]
  if (path[0] === 'whenFinished' && isOneOf(STATE_KEYS))
    return ['stateWhenFinished', `\`${key}\` lasts as long as a cue: write it as an action of the last cue`]
  return null
}

function hintOfPlace(path: Path): string {
  return path.length === 0 ? '; keys of your own begin with x-' : `: the keys here are ${keysAt(path).join(', ')}`
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

/** The message if one of our schemas wrote it; null for zod's own. */
const own = ({ message }: Issue): string | null => (message.startsWith('Invalid ') ? null : message)

const stepsOf = ({ path }: Issue): Path => path.map((step) => (typeof step === 'number' ? step : String(step)))

/** The keys that the schema knows for a map at this path. */
function keysAt(path: Path): string[] {
  let forms = formsOf(fileSchema)
  for (const step of path) {
    forms = forms.flatMap((form) => {
      if (form.type === 'object') return formsOf(form.shape[step])
      return form.type === 'array' ? formsOf(form.element) : form.type === 'record' ? formsOf(form.valueType) : []
    })
  }
  return [...new Set(forms.flatMap((form) => (form.type === 'object' ? Object.keys(form.shape) : [])))]
}

type Form = z.core.$ZodTypes['_zod']['def']

/** What a value may be. */
function formsOf(schema: z.core.$ZodType | undefined): Form[] {
  if (schema === undefined) return []
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'optional') return formsOf(def.innerType)
  return def.type === 'union' ? def.options.flatMap(formsOf) : [def]
}
