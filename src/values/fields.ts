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
import { parseTimeOfDay, TIME_PATTERN, WEEKDAYS } from '../time/timeOfDay.ts'

/** Zod's option for a message about `input`, which is what the file says. */
export function says(message: (input: unknown) => string | undefined) {
  return { error: ({ input }: { readonly input?: unknown }) => message(input) }
}

/** `write …, not …`. */
export const expected = (what: string) => says((input) => `write ${what}, not ${shown(input)}`)

/** A name in OBS: any text that isn't empty. */
export function name(of: string) {
  return z.string(says((input) => notText(input, of))).min(1, { error: `${of} is empty: write its name`, abort: true })
}

export function text(what: string) {
  return z.string(says((input) => notText(input, what)))
}

/** A text that can be read. `wrong` says why one can't be, or why something else isn't a text. */
export function readable(code: string, canBeRead: (written: string) => boolean, wrong: (input: unknown) => string) {
  return z.string(says(wrong)).refine(canBeRead, { ...says(wrong), params: { code } })
}

/** A name in which `problemOf` finds no problem. */
export function soundName(of: string, code: string, problemOf: (written: string) => string | null) {
  return name(of).superRefine((written, context) => {
    const message = problemOf(written)
    if (message !== null) context.addIssue({ code: 'custom', message, params: { code } })
  })
}

/** A field that may be left out. */
export function optional<Schema extends z.ZodType>(schema: Schema, description: string) {
  return schema.optional().meta({ description })
}

export const flag = z.boolean(expected('true or false'))

/** A duration as written in the file. */
export const duration = readable('invalidDuration', (written) => parseDuration(written) !== null, notADuration).meta({
  id: 'duration',
  pattern: DURATION_PATTERN,
  description: `A duration over 0: ${DURATION_EXAMPLES}`,
})

/** A duration that may be negative, as `extend` takes it. */
export const signedDuration = readable(
  'invalidDuration',
  (written) => parseSignedDuration(written) !== null,
  notASignedDuration,
).meta({ pattern: `^[+-]?${DURATION_PATTERN.slice(1)}`, description: 'How much longer: 30s, or shorter: -30s' })

/** A time of day as written in the file. */
export const timeOfDay = readable('invalidTime', (written) => parseTimeOfDay(written) !== null, notATime).meta({
  id: 'timeOfDay',
  pattern: TIME_PATTERN,
  description: 'A time of day, "HH:MM" or "HH:MM:SS", in the timezone of the schedule',
})

const weekday = z.enum(WEEKDAYS).meta({ id: 'weekday' })

export const weekdays = z
  .array(weekday, expected('the weekdays as a list, such as [mon, fri]'))
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

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `a, b or c`. */
export function listed(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

function notText(input: unknown, what: string): string {
  if (input === null || input === undefined) return `${what} is missing: nothing is written here`
  if (typeof input === 'object') return `${what} is a text, not ${shown(input)}`
  const kind = typeof input === 'number' ? 'the number ' : ''
  return `${what} is a text, and this is read as ${kind}${String(input)}: put it in quotes`
}

function notADuration(input: unknown): string {
  const number = numberOf(input)
  const written = typeof input === 'string' ? input : ''
  if (number !== null && number <= 0) return 'a duration is over 0, and has a unit: write 90s or 00:01:30'
  if (number !== null && number * 1000 >= 1 && number * 1000 <= LONGEST)
    return `a duration needs a unit: write ${spellingsOfNumber(number)}`
  if (/^[+-]?(0+(h|m|s|ms))+$|^[0:.]+$/.test(written) || (/^-/.test(written) && parseSignedDuration(written) !== null))
    return `${shown(input)} is too short: a duration is over 0`
  const [colons, first = '', second = ''] = /^(\d{1,2}):(\d{2})$/.exec(written) ?? []
  if (colons !== undefined)
    return `${shown(input)} isn't a duration: write 00:${first.padStart(2, '0')}:${second} (minutes and seconds) or ${first.padStart(2, '0')}:${second}:00 (hours and minutes)`
  if (new RegExp(DURATION_PATTERN).test(written)) return `${shown(input)} is too long: a duration is at most 100 years`
  const meant = nearDuration(written)
  return `${shown(input)} isn't a duration${meant === null ? `: write it like ${DURATION_EXAMPLES}` : `; did you mean \`${meant}\`?`}`
}

function notASignedDuration(input: unknown): string {
  const number = numberOf(input)
  if (number === null || number >= 0) return notADuration(input)
  return `${shown(input)} needs a unit: write ${number}s for seconds or ${number}m for minutes`
}

function numberOf(input: unknown): number | null {
  const isNumber = typeof input === 'number' || (typeof input === 'string' && /^-?\d+(\.\d+)?$/.test(input))
  return isNumber && Number.isFinite(Number(input)) ? Number(input) : null
}

function notATime(input: unknown): string {
  const time = typeof input === 'string' ? /^(\d):([0-5]\d)(:[0-5]\d)?$/.exec(input) : null
  if (time !== null) return `${shown(input)} isn't a time of day: write "0${time[0]}"`
  if (typeof input === 'string' && /^24:00(:00)?$/.test(input)) return '`24:00` isn\'t a time of day: write "00:00"'
  return `${shown(input)} isn't a time of day: write it like "19:00" or "19:00:30", up to "23:59:59"`
}
