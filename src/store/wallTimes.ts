import type { Millis, WallOffset } from '../time/clock.ts'

/** Where the instants of a value are, as `InstantsOf` describes them. */
export type Where = 'own' | 'show' | 'wall' | 'offset' | { readonly [field: string]: Where }

/**
 * The value as files hold it: its instants are wall times, ISO 8601 in UTC with milliseconds. `offset` is how far the wall clock is
 * ahead. An instant that no date can hold stays a number.
 */
export const toWallTimes = (value: unknown, where: Where, offset: WallOffset): unknown =>
  converted(value, where, (time, clock) => {
    if (typeof time !== 'number' || clock === 'offset') return time
    const wall = clock === 'wall' ? time : time + offset
    return Math.abs(wall) <= longestDate ? new Date(wall).toISOString() : time
  })

/**
 * The way back to the clock of the orchestrator that wrote the value; `offset` is how far the wall clock was ahead of it then. For
 * another orchestrator's clock, `ahead` says how far that one is ahead of the writer's; both see the same wall clock.
 */
export const fromWallTimes = (value: unknown, where: Where, offset: WallOffset, ahead: Millis = 0): unknown =>
  converted(value, where, (time, clock) => {
    if (clock === 'offset') return typeof time === 'number' ? time - ahead : time
    if (typeof time !== 'string' || !isoTime.test(time)) return time
    return clock === 'wall' ? Date.parse(time) : Date.parse(time) - offset + ahead
  })

/** ECMAScript, "Time Values and Time Range". */
const longestDate = 8.64e15
const isoTime = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

type Convert = (time: unknown, clock: Exclude<Where, object>) => unknown

function converted(value: unknown, where: Where, convert: Convert): unknown {
  if (Array.isArray(value)) return value.map((item) => converted(item, where, convert))
  if (typeof where === 'string') return convert(value, where)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = { ...value }
  for (const [field, inside] of Object.entries(where))
    if (field in copy) copy[field] = converted(copy[field], inside, convert)
  return copy
}
