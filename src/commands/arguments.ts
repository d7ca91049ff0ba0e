import { z } from 'zod'
import type { Millis } from '../time/clock.ts'
import { DURATION_PATTERN, parseDuration, parseSignedDuration, spellingsOfNumber } from '../time/duration.ts'
import * as fields from '../values/fields.ts'
import { didYouMean } from '../values/nearest.ts'
import * as transitions from '../values/transition.ts'

/** One kind of argument: how it is written, and how it is read. */
export type Argument<Written = unknown, Read = Written> = {
  readonly schema: z.ZodType<Written>
  /**
   * The value as the machine gets it; undefined for one that the schema refuses. It takes a few nanoseconds, but the schema can say
   * what is wrong. A test checks that they agree.
   */
  readonly read: (value: unknown) => Read | undefined
}

export const cue: Argument<string> = { schema: fields.name('the id of a cue'), read: nameOf }

export const scene: Argument<string> = { schema: fields.name('a scene'), read: nameOf }

export const flag: Argument<boolean> = {
  schema: fields.flag,
  read: (value) => (typeof value === 'boolean' ? value : undefined),
}

export const duration: Argument<string, Millis> = { schema: fields.duration, read: durationOf }

export const signedDuration: Argument<string, Millis> = {
  schema: fields.signedDuration,
  read: (value) => (typeof value === 'string' ? (parseSignedDuration(value) ?? undefined) : undefined),
}

export const transition: Argument<transitions.WrittenTransition, transitions.Transition> = {
  schema: transitions.transition,
  read(value) {
    const { data } = transitions.transition.safeParse(value)
    return data === undefined ? undefined : transitions.parseTransition(data)
  },
}

/** When a force ends. */
export const forceEnd: Argument<string, 'release' | 'cueEnd' | Millis> = {
  schema: fields
    .readable('invalidUntil', (written) => forceEndOf(written) !== undefined, notAnEnd)
    .meta({
      pattern: `^(release|cueEnd|${DURATION_PATTERN.slice(1, -1)})$`,
      description: 'release (default), cueEnd or a duration',
    }),
  read: forceEndOf,
}

const STREAM_PHASES = ['offline', 'starting', 'live', 'reconnecting', 'stopping'] as const
export type StreamPhase = (typeof STREAM_PHASES)[number]

export const streamPhase: Argument<StreamPhase> = {
  schema: z.enum(STREAM_PHASES),
  read: (value) => STREAM_PHASES.find((phase) => phase === value),
}

/** Milliseconds since 1970. */
export const instant: Argument<number> = {
  schema: z.int(),
  read: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined),
}

export const output: Argument<string> = { schema: z.string().min(1), read: nameOf }

/** Only schedule/ can recognise a checked schedule, so the orchestrator's parser reads this. */
export const schedule: Argument = { schema: z.unknown(), read: () => undefined }

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function durationOf(value: unknown): Millis | undefined {
  return typeof value === 'string' ? (parseDuration(value) ?? undefined) : undefined
}

function forceEndOf(value: unknown): 'release' | 'cueEnd' | Millis | undefined {
  return value === 'release' || value === 'cueEnd' ? value : durationOf(value)
}

function notAnEnd(input: unknown): string {
  const meant = typeof input === 'string' ? didYouMean(input, ['release', 'cueEnd']) : ''
  const bare = typeof input === 'number' && input > 0 ? `: write ${spellingsOfNumber(input)}` : ''
  return `a force lasts until release, until cueEnd, or for a duration such as 30s, not ${fields.shown(input)}${meant || bare}`
}
