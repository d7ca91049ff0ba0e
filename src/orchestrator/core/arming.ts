import { firstRoundDay, walk } from '../../playout/cueSheet.ts'
import { dayAfter } from '../../playout/roundTimes.ts'
import type { Timeline } from '../../playout/timeline.ts'
import type { Instant, WallInstant } from '../../time/clock.ts'
import { addDays, dateAt, instantOf, instantOfDateTime, weekdayOf } from '../../time/timeOfDay.ts'
import { type Arming, type Context, contextWith } from './context.ts'

/**
 * Arms the schedule's start. `launch`: a past start time counts too if the show would still be on. `future`: only a later time
 * counts, because a show has already been on.
 */
export function arm(context: Context, at: Instant, when: 'launch' | 'future'): Context {
  const { timeline } = context
  return contextWith(context, { arming: timeline === null ? null : arming(timeline, at + context.show.offset, when) })
}

/** Arms an earlier start if the wall clock was set back before it. */
export function armedBySetClock(context: Context, at: Instant): Context {
  const { timeline, arming: armed, show } = context
  if (timeline === null || armed?.kind !== 'time') return context
  const next = arming(timeline, at + show.offset, 'future')
  return next?.kind === 'time' && next.wall < armed.wall ? contextWith(context, { arming: next }) : context
}

function arming(timeline: Timeline, wall: WallInstant, when: 'launch' | 'future'): Arming | null {
  const { start, timezone } = timeline.schedule
  switch (start.kind) {
    case 'manual':
      return null
    case 'stream':
      return { kind: 'stream' }
    case 'dateTime': {
      const instant = instantOfDateTime(start.dateTime, timezone)
      const counts = instant > wall || (when === 'launch' && wouldBeOn(timeline, instant, wall))
      return counts ? { kind: 'time', wall: instant } : null
    }
    case 'timeOfDay': {
      const past = startsAround(timeline, start.time, wall, -1)
      if (when === 'launch' && past !== null && wouldBeOn(timeline, past, wall)) return { kind: 'time', wall: past }
      const next = startsAround(timeline, start.time, wall, 1)
      return next === null ? null : { kind: 'time', wall: next }
    }
  }
}

/** The last start not after `wall` (-1) or the first after it (1), on the weekdays that count. */
function startsAround(timeline: Timeline, time: number, wall: WallInstant, direction: -1 | 1): WallInstant | null {
  const { timezone, days } = timeline.schedule
  const today = dateAt(wall, timezone)
  for (let i = 0; i <= 8; i++) {
    const date = addDays(today, direction * i)
    const instant = instantOf(date, time, timezone)
    if (direction === 1 ? instant <= wall : instant > wall) continue
    if (days === null || days.includes(weekdayOf(date))) return instant
  }
  return null
}

/** Whether a show that began at `start` would still be on at `wall`, by its planned lengths. */
export function wouldBeOn(timeline: Timeline, start: WallInstant, wall: WallInstant): boolean {
  const { rounds, timed, sums, cues } = timeline
  if (rounds === Number.POSITIVE_INFINITY) return true
  if (timed.length === 0) return start + (sums[cues.length] ?? 0) * rounds > wall
  // With `at` equal to `wall`, the whole walk is on the wall clock.
  let at: number = start
  let day = firstRoundDay(timeline, start)
  for (let round = 0; round < rounds; round++) {
    const { end } = walk(timeline, { index: 0, at, wall: at, day, isLast: round + 1 === rounds })
    if (end > wall) return true
    if (end <= at) return false
    at = end
    // If the first cue has a hard start, the round before ends exactly then, and that time still counts.
    day = dayAfter(timeline, cues[0]?.at == null ? end : end - 1)
  }
  return false
}
