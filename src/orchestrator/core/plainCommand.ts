import { parseDuration, parseSignedDuration } from '../../time/duration.ts'
import type { Command } from './events.ts'

/**
 * Whether the arguments of a command are plainly right. Whatever else there is goes through the schema, which says what
 * is wrong and adds a third to the time of a force. Nothing is plain that the schema would not let through.
 */
export function isPlain(command: Command): boolean {
  const { needs, checks } = signatures.get(command.type) ?? unknown
  const given: Readonly<Record<string, unknown>> = command
  let missing = needs
  for (const key in given) {
    if (key === 'type') continue
    const check = checks.get(key)
    if (check === undefined) return false
    const value = given[key]
    if (value === undefined) continue
    if (!check(value)) return false
    if (key === missing) missing = null
  }
  return missing === null
}

type Check = (value: unknown) => boolean
/** `needs`: the one argument that the command can't do without. */
type Signature = { readonly needs: string | null; readonly checks: ReadonlyMap<string, Check> }

const takes = (needs: string | null, checks: Readonly<Record<string, Check>> = {}): Signature => ({
  needs,
  checks: new Map(Object.entries(checks)),
})

const isName: Check = (value) => typeof value === 'string' && value !== ''
const isFlag: Check = (value) => typeof value === 'boolean'
const isDuration: Check = (value) => typeof value === 'string' && parseDuration(value) !== null
const isSigned: Check = (value) => typeof value === 'string' && parseSignedDuration(value) !== null
const isPhase: Check = (value) => phases.has(value)
const phases: ReadonlySet<unknown> = new Set(['offline', 'starting', 'live', 'reconnecting', 'stopping'])

/** No command has an argument of this name: what isn't listed is never plain. */
const unknown = takes('schema')
const bare = takes(null)
const ofCue = takes(null, { ifCue: isName })

const signatures = new Map<string, Signature>([
  ['start', takes(null, { cue: isName })],
  ['stop', bare],
  ['pause', bare],
  ['resume', bare],
  ['reset', bare],
  ['next', ofCue],
  ['skipCurrentScene', ofCue],
  ['previous', ofCue],
  ['goTo', takes('cue', { cue: isName, offset: isDuration })],
  ['hold', bare],
  ['unhold', bare],
  ['extend', takes('by', { by: isSigned })],
  // `cueEnd` excludes a pause; that is for the schema to say.
  [
    'forceScene',
    takes('scene', {
      scene: isName,
      until: (end) => end === 'release' || isDuration(end),
      toggle: isFlag,
      pause: isFlag,
    }),
  ],
  ['release', bare],
  ['updateStreamStatus', takes('phase', { phase: isPhase, since: Number.isSafeInteger, output: isName })],
])
