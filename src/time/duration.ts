import type { Millis } from './clock.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const SECOND = 1000

const UNITS: readonly (readonly [string, Millis])[] = [
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', 1],
]

/** 100 years, for a duration and for a round: sums of durations stay whole numbers, and instants stay within what a date can hold. */
export const LONGEST = 100 * 366 * 24 * HOUR

const WITH_UNITS = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/
const CLOCK = /^(\d{1,6}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$/

/** What `parseDuration` reads, for the JSON Schema. A pattern can't express the limit of 100 years. */
export const DURATION_PATTERN =
  '^(?=.*[1-9])((?=\\d)(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?|\\d{1,6}:[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?)$'

/** Examples for messages. */
export const DURATION_EXAMPLES = '250ms, 90s, 5m, 1h30m or 00:05:00'

/** `250ms`, `90s`, `5m`, `1h30m`, `00:05:00`, `00:00:10.500` in milliseconds; null for anything else and for 0. */
export function parseDuration(text: string): Millis | null {
  const length = oneUnitIn(text) ?? partsIn(text)
  return length !== null && length > 0 && length <= LONGEST ? length : null
}

/** The duration that a wrong spelling probably means, spelled right: `5m` for `5 min`; null if there is none. */
export function nearDuration(text: string): string | null {
  const units = text
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(?<=\d)(?:milliseconds?|msecs?)/g, 'ms')
    .replace(/(?<=\d)(h|m|s)(?:ours?|rs?|inutes?|ins?|econds?|ecs?)/g, '$1')
  const [, amount = '', unit] = /^(\d+\.\d+)(h|ms|m|s)$/.exec(units) ?? []
  const [, factor] = UNITS.find(([name]) => name === unit) ?? []
  const length = factor === undefined ? parseDuration(units) : Math.round(Number(amount) * factor)
  return length !== null && length > 0 && length <= LONGEST ? formatDuration(length) : null
}

/** Like `parseDuration`, with an optional sign: `-30s` is minus half a minute. */
export function parseSignedDuration(text: string): Millis | null {
  const length = parseDuration(text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text)
  return length !== null && text.startsWith('-') ? -length : length
}

/** `1h30m`, `1m05s`, `250ms`, `-30s`, `0s`. Parses back to the same length. */
export function formatDuration(length: Millis): string {
  if (length < 0) return `-${formatDuration(-length)}`
  let text = ''
  let left = length
  for (const [unit, factor] of UNITS) {
    const amount = Math.floor(left / factor)
    left -= amount * factor
    if (amount > 0) text += `${text === '' || unit === 'ms' ? amount : two(amount)}${unit}`
  }
  return text === '' ? '0s' : text
}

/** `00:01:30`, `00:00:10.500`. */
export function formatClockDuration(length: Millis): string {
  const clock = `${two(length / HOUR)}:${two((length / MINUTE) % 60)}:${two((length / SECOND) % 60)}`
  return length % SECOND === 0 ? clock : `${clock}.${String(length % SECOND).padStart(3, '0')}`
}

/** What a number without a unit may mean, each in both spellings: `90s (00:01:30) or 90m (01:30:00)`. */
export function spellingsOfNumber(amount: number): string {
  const units = amount < SECOND ? UNITS.slice(1, 3).reverse() : UNITS.slice(2).reverse()
  return units
    .map(([unit, factor]) => {
      const length = Math.round(amount * factor)
      return `${Number.isInteger(amount) ? `${amount}${unit}` : formatDuration(length)} (${formatClockDuration(length)})`
    })
    .join(' or ')
}

/** At least two digits. */
export function two(amount: number): string {
  return String(Math.floor(amount)).padStart(2, '0')
}

/** Most durations are one number with one unit, which takes a tenth of the time without a pattern. */
function oneUnitIn(text: string): Millis | null {
  const last = text.length - 1
  const unit = text[last]
  const factor = unit === 's' ? SECOND : unit === 'm' ? MINUTE : unit === 'h' ? HOUR : null
  if (factor === null || last === 0) return null
  let amount = 0
  for (let i = 0; i < last; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return null
    amount = amount * 10 + digit
  }
  return amount * factor
}

function partsIn(text: string): Millis | null {
  const match = text === '' ? null : (WITH_UNITS.exec(text) ?? CLOCK.exec(text))
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = match
  const fraction = text.includes('.') ? millis.padEnd(3, '0') : millis
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(fraction)
}
