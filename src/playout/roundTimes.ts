import type { Instant, Millis, WallInstant } from '../time/clock.ts'
import { addDays, dateAt, instantOf } from '../time/timeOfDay.ts'
import type { Timeline } from './timeline.ts'

/** The times of day of one round by cue index, fixed to instants on the wall clock. */
export type RoundTimes = {
  readonly at: ReadonlyMap<number, WallInstant>
  readonly until: ReadonlyMap<number, WallInstant>
  /** The last of all; -Infinity if there is none. */
  readonly last: WallInstant
}

const noTimes: RoundTimes = { at: new Map(), until: new Map(), last: Number.NEGATIVE_INFINITY }
const known = new WeakMap<Timeline, Map<string, RoundTimes>>()
const mostKnown = 32

/** Fixes a round's times together, in file order: the first to `day`, each later one the first at or after the one before. */
export function roundTimes(timeline: Timeline, day: string | null): RoundTimes {
  if (day === null || timeline.timed.length === 0) return noTimes
  const byDay = known.get(timeline) ?? new Map<string, RoundTimes>()
  known.set(timeline, byDay)
  const found = byDay.get(day)
  if (found !== undefined) return found
  if (byDay.size >= mostKnown) byDay.clear()
  const times = fix(timeline, day)
  byDay.set(day, times)
  return times
}

/** The day of a round whose first time of day is the first one strictly after `wall`; null without times of day. */
export function dayAfter(timeline: Timeline, wall: WallInstant): string | null {
  const time = firstTime(timeline)
  if (time === null) return null
  const { timezone } = timeline.schedule
  let day = dateAt(wall, timezone)
  while (instantOf(day, time, timezone) <= wall) day = addDays(day, 1)
  return day
}

const following = new WeakMap<RoundTimes, string | null>()

/** The day of the round that follows a round whose last cue never began: its first time is strictly after that round's last. */
export function dayAfterTimes(timeline: Timeline, times: RoundTimes): string | null {
  const before = following.get(times)
  if (before !== undefined) return before
  const day = dayAfter(timeline, times.last)
  following.set(times, day)
  return day
}

/** The day of a round whose first time of day is the latest one not after `wall`; null without times of day. */
export function dayUpTo(timeline: Timeline, wall: WallInstant): string | null {
  const time = firstTime(timeline)
  if (time === null) return null
  const { timezone } = timeline.schedule
  const today = dateAt(wall, timezone)
  return instantOf(today, time, timezone) <= wall ? today : addDays(today, -1)
}

/** Whether each cue from `first` up to `end` names an `until` that isn't after `wall`: entered then, it is skipped. */
export function areSkipped({ until }: RoundTimes, first: number, end: number, wall: WallInstant): boolean {
  for (let index = first; index < end; index++) if ((until.get(index) ?? Number.POSITIVE_INFINITY) > wall) return false
  return true
}

/**
 * When a cue is due: its due time (ms after midnight) on the day that is nearest to the plan. A due time forces nothing, so it has no
 * place in the order of the round's times. `offset`: how far the wall clock is ahead.
 */
export function dueTime(timeline: Timeline, due: number, plan: Instant, offset: Millis): Instant {
  const { timezone } = timeline.schedule
  const today = dateAt(plan + offset, timezone)
  const candidates = [-1, 0, 1].map((days) => instantOf(addDays(today, days), due, timezone) - offset)
  return candidates.reduce((best, candidate) => (Math.abs(candidate - plan) < Math.abs(best - plan) ? candidate : best))
}

/** The round's first time of day, in ms after midnight; null where it has none. */
function firstTime(timeline: Timeline): number | null {
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
  return { at, until, last }
}
