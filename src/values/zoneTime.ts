import type { Instant, Millis, WallInstant } from '../time/clock.ts'
import { two } from '../time/duration.ts'

/** `20:00:00.012`: what a wall clock in the zone shows. */
export const timeWithMillis = (at: Instant | WallInstant, timezone: string): string =>
  formatterOf(timezone, { fractionalSecondDigits: 3 }).format(at)

/** `20:00:00`. */
export const timeWithSeconds = (at: Instant | WallInstant, timezone: string): string =>
  formatterOf(timezone, {}).format(at)

/** `0:03:21`. A countdown shows 0 only at its end, and a minus after it. */
export function countdown(left: Millis): string {
  const seconds = Math.ceil(left / 1000)
  return `${seconds < 0 ? '-' : ''}${hoursOf(Math.abs(seconds))}`
}

/** `0:03:21`, in whole seconds that have passed. */
export const elapsed = (length: Millis): string => hoursOf(Math.floor(Math.max(0, length) / 1000))

// Making a formatter takes a thousand times as long as using it.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string, fraction: Pick<Intl.DateTimeFormatOptions, 'fractionalSecondDigits'>) {
  const key = `${fraction.fractionalSecondDigits} ${timeZone}`
  const formatter =
    formatters.get(key) ??
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...fraction,
      timeZone,
    })
  formatters.set(key, formatter)
  return formatter
}

function hoursOf(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}
