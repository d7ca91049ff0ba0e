import type { Instant, Millis } from '../time/clock.ts'

/** Where instants stand in what is written: numbers under these names, at any depth, but not inside a schedule. */
const instantNames: ReadonlySet<string> = new Set([
  'at',
  'since',
  'lostSince',
  'until',
  'ends',
  'enteredAt',
  'arrivedAt',
  'startedAt',
  'roundBeganAt',
  'recurredAt',
  'endsAt',
  'plannedEndsAt',
  'startsAt',
  'pausedAt',
  'plannedAt',
  'sentAt',
  'confirmedAt',
  'reclaimed',
])

/** These are wall times already. */
const wallNames: ReadonlySet<string> = new Set(['wall'])

/** A schedule, or a cue of one, has no instants, only times of day under the same names. */
const timelessNames: ReadonlySet<string> = new Set(['schedule', 'ghost'])

/** An instant as files have it: the wall time, ISO 8601 in UTC with milliseconds. `offset` is how far the wall clock is ahead. */
function wallTime(at: Instant, offset: Millis): string {
  return new Date(at + offset).toISOString()
}

/** The same value with all its instants as wall times. */
export function toWallTimes(value: unknown, offset: Millis): unknown {
  return mapInstants(value, offset, (instant, ahead) =>
    typeof instant === 'number' && isRepresentable(instant + ahead) ? wallTime(instant, ahead) : instant,
  )
}

/** The way back: `offset` is that of the reader, or that of the writer to get the very instants of the writer. */
export function fromWallTimes(value: unknown, offset: Millis): unknown {
  return mapInstants(value, offset, (time, ahead) =>
    typeof time === 'string' && isoTime.test(time) ? Date.parse(time) - ahead : time,
  )
}

/** JSON has no Infinity, which an endless loop's rounds are. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part === Infinity ? infinity : part))
}

export function fromJson(text: string): unknown {
  return JSON.parse(text, (name, part: unknown) => (name === 'rounds' && part === infinity ? Infinity : part))
}

const infinity = 'Infinity'
const isoTime = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** What a Date can hold. */
function isRepresentable(at: number): boolean {
  return Math.abs(at) <= 8.64e15
}

type Convert = (instant: unknown, offset: Millis) => unknown

/** `ahead`: what to convert a number or string by; null where it is no instant. */
function mapInstants(value: unknown, offset: Millis, convert: Convert, ahead: Millis | null = null): unknown {
  if (Array.isArray(value)) return value.map((part) => mapInstants(part, offset, convert, ahead))
  if (typeof value !== 'object' || value === null) return ahead === null ? value : convert(value, ahead)
  const mapped: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value)) {
    const partAhead = instantNames.has(name) ? offset : wallNames.has(name) ? 0 : null
    mapped[name] = timelessNames.has(name) ? part : mapInstants(part, offset, convert, partAhead)
  }
  return mapped
}
