import { z } from 'zod'
import {
  DURATION_EXAMPLES,
  DURATION_PATTERN,
  LONGEST,
  nearDuration,
  parseDuration,
  parseSignedDuration,
  spellingsOfNumber,
} from '../time/duration.ts'
import { parseTimeOfDay, TIME_PATTERN } from '../time/timeOfDay.ts'

/** What zod passes to an error function. `input` is what the file says. */
type Wrong = { readonly input?: unknown }

/** A name in OBS: any text that isn't empty. */
export function name(of: string) {
  return z
    .string({ error: (wrong) => notText(wrong, of) })
    .min(1, { error: `${of} is empty: write its name`, abort: true })
}

export function text(what: string) {
  return z.string({ error: (wrong) => notText(wrong, what) })
}

export const flag = z.boolean({ error: ({ input }) => `write true or false, not ${shown(input)}` })

/** A duration as written in the file. */
export const duration = z
  .string({ error: notADuration })
  .refine((written) => parseDuration(written) !== null, { error: notADuration, params: { code: 'invalidDuration' } })
  .meta({ id: 'duration', pattern: DURATION_PATTERN, description: `A duration over 0: ${DURATION_EXAMPLES}` })

/** A duration that may be negative, as `extend` takes it. */
export const signedDuration = z
  .string({ error: notASignedDuration })
  .refine((written) => parseSignedDuration(written) !== null, {
    error: notASignedDuration,
    params: { code: 'invalidDuration' },
  })
  .meta({ pattern: `^[+-]?${DURATION_PATTERN.slice(1)}`, description: 'How much longer: 30s, or shorter: -30s' })

/** A time of day as written in the file. */
export const timeOfDay = z
  .string({ error: notATime })
  .refine((written) => parseTimeOfDay(written) !== null, { error: notATime, params: { code: 'invalidTime' } })
  .meta({
    id: 'timeOfDay',
    pattern: TIME_PATTERN,
    description: 'A time of day, "HH:MM" or "HH:MM:SS", in the timezone of the schedule',
  })

const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).meta({ id: 'weekday' })

export const weekdays = z
  .array(weekday, { error: ({ input }) => `write the weekdays as a list, such as [mon, fri], not ${shown(input)}` })
  .min(1, { error: 'no weekday is left: name at least one, or leave `days` out for every day' })

/** Texts that would be read as something else without their quotes. */
const OTHERWISE_READ = /^(true|false|null|[-+]?\d+(\.\d+)?)$/i

/** What was found, in backquotes and short enough for a line. */
export function shown(input: unknown): string {
  if (input === null || input === undefined) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a map'
  const written = typeof input === 'string' && OTHERWISE_READ.test(input) ? `"${input}"` : String(input)
  return `\`${written.length > 60 ? `${written.slice(0, 57)}…` : written}\``
}

function notText({ input }: Wrong, what: string): string {
  if (input === null || input === undefined) return `${what} is missing: nothing is written here`
  if (typeof input === 'object') return `${what} is a text, not ${shown(input)}`
  const kind = typeof input === 'number' ? 'the number ' : ''
  return `${what} is a text, and this is read as ${kind}${String(input)}: put it in quotes`
}

function notADuration({ input }: Wrong): string {
  const number = numberOf(input)
  if (number !== null && number <= 0) return 'a duration is over 0, and has a unit: write 90s or 00:01:30'
  if (number !== null && number * 1000 >= 1 && number * 1000 <= LONGEST) {
    return `a duration needs a unit: write ${spellingsOfNumber(number)}`
  }
  if (typeof input === 'string' && /^[+-]?(0+(h|m|s|ms))+$|^[0:.]+$/.test(input)) {
    return `${shown(input)} is no time at all: a duration is over 0`
  }
  if (typeof input === 'string' && /^-/.test(input) && parseSignedDuration(input) !== null) {
    return `${shown(input)} is less than no time at all: a duration is over 0`
  }
  const colons = typeof input === 'string' ? /^(\d{1,2}):(\d{2})$/.exec(input) : null
  if (colons !== null) {
    const [, first = '', second = ''] = colons
    return `${shown(input)} isn't a duration: write 00:${first.padStart(2, '0')}:${second} (minutes and seconds) or ${first.padStart(2, '0')}:${second}:00 (hours and minutes)`
  }
  if (typeof input === 'string' && new RegExp(DURATION_PATTERN).test(input)) {
    return `${shown(input)} is longer than 100 years, and no duration is`
  }
  const meant = typeof input === 'string' ? nearDuration(input) : null
  return `${shown(input)} isn't a duration${meant === null ? `: write it like ${DURATION_EXAMPLES}` : `; did you mean \`${meant}\`?`}`
}

function notASignedDuration({ input }: Wrong): string {
  const number = numberOf(input)
  if (number === null || number >= 0) return notADuration({ input })
  return `${shown(input)} needs a unit: write ${number}s for seconds or ${number}m for minutes`
}

function numberOf(input: unknown): number | null {
  const isNumber = typeof input === 'number' || (typeof input === 'string' && /^-?\d+(\.\d+)?$/.test(input))
  return isNumber && Number.isFinite(Number(input)) ? Number(input) : null
}

function notATime({ input }: Wrong): string {
  const time = typeof input === 'string' ? /^(\d):([0-5]\d)(:[0-5]\d)?$/.exec(input) : null
  if (time !== null) return `${shown(input)} isn't a time of day: write "0${time[0]}"`
  if (typeof input === 'string' && /^24:00(:00)?$/.test(input)) return '`24:00` isn\'t a time of day: write "00:00"'
  return `${shown(input)} isn't a time of day: write it like "19:00" or "19:00:30", up to "23:59:59"`
}
