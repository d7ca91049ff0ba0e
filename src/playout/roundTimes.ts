import type { WallInstant } from '../time/clock.ts'
import { addDays, dateAt, instantOf } from '../time/timeOfDay.ts'
import type { Timeline } from './timeline.ts'

/** The times of day of one round, fixed to instants on the wall clock. */
export type RoundTimes = {
  readonly at: ReadonlyMap<number, WallInstant>
  readonly until: ReadonlyMap<number, WallInstant>
}

const none: RoundTimes = { at: new Map(), until: new Map() }
const known = new WeakMap<Timeline, Map<string, RoundTimes>>()

/** Fixes a round's times together, in file order: the first to `day`, each later one the first at or after the one before. */
export function roundTimes(timeline: Timeline, day: string | null): RoundTimes {
  if (day === null || timeline.timed.length === 0) return none
  const byDay = known.get(timeline) ?? new Map<string, RoundTimes>()
  known.set(timeline, byDay)
  const found = byDay.get(day)
  if (found !== undefined) return found
  if (byDay.size > 8) byDay.clear()
  const times = fix(timeline, day)
  byDay.set(day, times)
  return times
}

/** The day of a round's first time of day such that it is the first one strictly after `wall`; null without times of day. */
export function dayAfter(timeline: Timeline, wall: WallInstant): string | null {
  const time = firstTime(timeline)
  if (time === null) return null
  const { timezone } = timeline.schedule
  let day = dateAt(wall, timezone)
  while (instantOf(day, time, timezone) <= wall) day = addDays(day, 1)
  return day
}

/** The day of a round's first time of day such that it is the latest one not after `wall`; null without times of day. */
export function dayUpTo(timeline: Timeline, wall: WallInstant): string | null {
  const time = firstTime(timeline)
  if (time === null) return null
  const { timezone } = timeline.schedule
  const today = dateAt(wall, timezone)
  return instantOf(today, time, timezone) <= wall ? today : addDays(today, -1)
}

/** Whether each cue from `first` up to `end` names an `until` that isn't after `wall`: entered then, it is passed over. */
export function arePassedOver({ until }: RoundTimes, first: number, end: number, wall: WallInstant): boolean {
  for (let index = first; index < end; index++) if ((until.get(index) ?? Number.POSITIVE_INFINITY) > wall) return false
  return true
}

/** The round's first time of day; null where it has none. */
export function firstTime(timeline: Timeline): number | null {
  const [first] = timeline.timed
  const cue = first === undefined ? undefined : timeline.cues[first]
  return cue === undefined ? null : (cue.at ?? cue.until)
}

function fix(timeline: Timeline, day: string): RoundTimes {
  const at = new Map<number, WallInstant>()
  const until = new Map<number, WallInstant>()
  const { timezone } = timeline.schedule
  let date = day
  let last = Number.NEGATIVE_INFINITY
  const next = (time: number): WallInstant => {
    let instant = instantOf(date, time, timezone)
    if (instant < last) {
      date = addDays(date, 1)
      instant = instantOf(date, time, timezone)
    }
    last = instant
    return instant
  }
  for (const index of timeline.timed) {
    const cue = timeline.cues[index]
    if (cue?.at != null) at.set(index, next(cue.at))
    if (cue?.until != null) until.set(index, next(cue.until))
  }
  return { at, until }
}
