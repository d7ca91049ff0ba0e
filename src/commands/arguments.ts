import { z } from 'zod'
import { DURATION_PATTERN, parseDuration, parseSignedDuration, spellingsOfNumber } from '../time/duration.ts'
import * as fields from '../values/fields.ts'
import { didYouMean } from '../values/nearest.ts'
import * as transitions from '../values/transition.ts'

/** One kind of argument. */
export type Argument<Written = unknown> = {
  readonly schema: z.ZodType<Written>
  /**
   * Whether a value is certainly right, told in a few nanoseconds. Otherwise the schema decides, and says what is wrong. A test checks
   * that the schema accepts everything that is plain.
   */
  readonly isPlain: (value: unknown) => boolean
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''

export const cue: Argument<string> = { schema: fields.name('the id of a cue'), isPlain: isName }

export const scene: Argument<string> = { schema: fields.name('a scene'), isPlain: isName }

export const flag: Argument<boolean> = { schema: fields.flag, isPlain: (value) => typeof value === 'boolean' }

export const duration: Argument<string> = { schema: fields.duration, isPlain: isDuration }

export const signedDuration: Argument<string> = {
  schema: fields.signedDuration,
  isPlain: (value) => typeof value === 'string' && parseSignedDuration(value) !== null,
}

export const transition: Argument<transitions.WrittenTransition> = {
  schema: transitions.transition,
  isPlain: () => false,
}

/** When a force ends. `cueEnd` isn't plain, because it excludes another argument. */
export const forceEnd: Argument<string> = {
  schema: fields.readable('invalidUntil', isForceEnd, notAnEnd).meta({
    pattern: `^(release|cueEnd|${DURATION_PATTERN.slice(1, -1)})$`,
    description: 'release (default), cueEnd or a duration',
  }),
  isPlain: (value) => value === 'release' || isDuration(value),
}

const STREAM_PHASES = ['offline', 'starting', 'live', 'reconnecting', 'stopping'] as const
export type StreamPhase = (typeof STREAM_PHASES)[number]
const streamPhases: ReadonlySet<unknown> = new Set(STREAM_PHASES)

export const streamPhase: Argument<StreamPhase> = {
  schema: z.enum(STREAM_PHASES),
  isPlain: (value) => streamPhases.has(value),
}

/** Milliseconds since 1970. */
export const instant: Argument<number> = { schema: z.int(), isPlain: Number.isSafeInteger }

export const output: Argument<string> = { schema: z.string().min(1), isPlain: isName }

/** Only schedule/ can tell a checked schedule, so this is left to the orchestrator's parser. */
export const schedule: Argument = { schema: z.unknown(), isPlain: () => false }

function isDuration(value: unknown): boolean {
  return typeof value === 'string' && parseDuration(value) !== null
}

function isForceEnd(written: string): boolean {
  return written === 'release' || written === 'cueEnd' || parseDuration(written) !== null
}

function notAnEnd(input: unknown): string {
  const meant = typeof input === 'string' ? didYouMean(input, ['release', 'cueEnd']) : ''
  const bare = typeof input === 'number' && input > 0 ? `: write ${spellingsOfNumber(input)}` : ''
  return `a force lasts until release, until cueEnd, or for a duration such as 30s, not ${fields.shown(input)}${meant || bare}`
}
