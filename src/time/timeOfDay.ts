import { Temporal } from 'temporal-polyfill'
import type { Millis, WallInstant } from './clock.ts'
import { two } from './duration.ts'

/** Milliseconds after midnight by the wall clock, 0 to 86 399 999. */
export type TimeOfDay = number

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const DAY: Millis = 86_400_000

/** What `parseTimeOfDay` reads, and a date-time, for the JSON Schema. */
export const TIME_PATTERN = '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$'
export const DATE_TIME_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$'

const TIME = new RegExp(TIME_PATTERN)
const DATE_TIME = new RegExp(DATE_TIME_PATTERN)
/** `HH:MM` or `HH:MM:SS`, from 00:00 to 23:59:59; null for anything else. */
export function parseTimeOfDay(text: string): TimeOfDay | null {
  if (!TIME.test(text)) return null
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000 + seconds * 1000
}

/** `19:00`, or `19:00:30` if there are seconds. */
export function formatTimeOfDay(time: TimeOfDay): string {
  const clock = `${two(time / 3_600_000)}:${two((time / 60_000) % 60)}`
  return time % 60_000 === 0 ? clock : `${clock}:${two((time / 1000) % 60)}`
}

/** Whether the text is a date-time without a zone, such as `2026-12-04T19:00`, on a day that exists. */
export function isDateTime(text: string): boolean {
  const time = DATE_TIME.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/**
 * When clocks in the zone show this time on this date (`YYYY-MM-DD`). A time that daylight saving leaves out counts as later by what
 * is left out. If a time comes twice, the first counts.
 */
export function instantOf(date: string, time: TimeOfDay, timezone: string): WallInstant {
  const day = dayIn(date, timezone)
  if (day.offset !== null) return day.midnight + time - day.offset
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ milliseconds: time })
  return wall.toZonedDateTime(timezone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** The same for a date-time without a zone. Throws a RangeError if it isn't one, see `isDateTime`. */
export function instantOfDateTime(dateTime: string, timezone: string): WallInstant {
  const wall = Temporal.PlainDateTime.from(dateTime, { overflow: 'reject' })
  return wall.toZonedDateTime(timezone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** The date in the zone at this instant, `YYYY-MM-DD`. */
export function dateAt(instant: WallInstant, timezone: string): string {
  if (timezone === 'UTC') return dateOfUtc(instant)
  const known = lastDay.get(timezone)
  if (known !== undefined && instant >= known.from && instant < known.until) return known.date
  const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone)
  const date = here.toPlainDate()
  const from = here.startOfDay().epochMilliseconds
  const until = date.add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds
  lastDay.set(timezone, { date: date.toString(), from, until })
  return date.toString()
}

/** The date that many days later, or earlier if `days` is negative. */
export function addDays(date: string, days: number): string {
  return dateOfUtc(Date.parse(date) + days * DAY)
}

export function weekdayOf(date: string): Weekday {
  const daysSinceMonday = (((Date.parse(date) / DAY + 3) % 7) + 7) % 7
  return WEEKDAYS[daysSinceMonday] ?? 'mon'
}

/** Whether this is the name of a time zone, such as `Europe/Berlin` or `UTC`. An offset such as `+01:00` isn't. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The zone of this machine. */
export function machineTimezone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone
}

type Day = {
  /** Midnight of the date in UTC. */
  readonly midnight: WallInstant
  /** How far the zone is ahead of UTC on this date; null if that changes during it. */
  readonly offset: Millis | null
}

// Asking a zone for its offset takes about 20 µs, and a show asks for the same few days again and again.
const days = new Map<string, Day>()
const lastDay = new Map<string, { date: string; from: WallInstant; until: WallInstant }>()
const MOST_DAYS = 1000

function dayIn(date: string, timezone: string): Day {
  const key = `${date} ${timezone}`
  const known = days.get(key)
  if (known !== undefined) return known
  const midnight = Date.parse(date)
  const before = offsetAt(midnight - DAY, timezone)
  const after = offsetAt(midnight + 2 * DAY, timezone)
  const day = { midnight, offset: before === after ? before : null }
  if (days.size >= MOST_DAYS) days.clear()
  days.set(key, day)
  return day
}

function offsetAt(instant: WallInstant, timezone: string): Millis {
  if (timezone === 'UTC') return 0
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).offsetNanoseconds / 1_000_000
}

function dateOfUtc(instant: WallInstant): string {
  return new Date(instant).toISOString().slice(0, 10)
}
