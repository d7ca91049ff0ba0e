import type { RecurringSpec } from '../schedule/model/schedule.ts'
import type { Instant, WallInstant } from '../time/clock.ts'
import { addDays, dateAt, instantOf, weekdayOf } from '../time/timeOfDay.ts'
import type { PassedCue } from './effect.ts'
import { force } from './override.ts'
import { type Show, showClock, showWith } from './show.ts'
import type { Timeline } from './timeline.ts'

/** When the next recurring entry comes, a pause left out of account; null where there is none. */
export function nextRecurring(timeline: Timeline, show: Show): Instant | null {
  let first: Instant | null = null
  for (const entry of timeline.schedule.recurring) {
    const at = nextOf(timeline, show, entry)
    if (at !== null && (first === null || at < first)) first = at
  }
  return first
}

/** Gives the entries that are due at `at`: the first in the file wins where nothing else is on, the others are passed. */
export function giveRecurring(
  timeline: Timeline,
  show: Show,
  at: Instant,
): { show: Show; passed: readonly PassedCue[] } {
  let next = show
  const passed: PassedCue[] = []
  for (const entry of timeline.schedule.recurring) {
    const due = nextOf(timeline, show, entry)
    if (due === null || due > at) continue
    if (next.override === null) {
      const { scene, duration } = entry
      next = force(next, at, { scene, ends: at + duration, by: 'recurring', pause: false, transition: null }, null)
    } else {
      const missed = { cue: null, title: null, scene: entry.scene, cause: 'recurring', plannedAt: due } as const
      passed.push({ ...missed, outcome: 'skipped' })
    }
  }
  return { show: recurredUpTo(showWith(next, { at }), at), passed }
}

/** Counts all entries up to `at` as given. In a pause those `at` a time of day are not: what is due as it ends is given then. */
export function recurredUpTo(show: Show, at: Instant): Show {
  const { playhead, pause, recurred } = show
  if (playhead === null) return show
  const position = showClock(show, at) - playhead.startedAt
  return showWith(show, { recurred: { position, at: pause === null ? at : recurred.at } })
}

function nextOf(timeline: Timeline, show: Show, entry: RecurringSpec): Instant | null {
  const { playhead, recurred } = show
  if (playhead === null) return null
  if (entry.when.kind === 'at')
    return nextTime(timeline, entry, entry.when.times, recurred.at + show.offset, show.offset)
  const { interval } = entry.when
  return playhead.startedAt + (Math.floor(recurred.position / interval) + 1) * interval
}

function nextTime(
  timeline: Timeline,
  entry: RecurringSpec,
  times: readonly number[],
  after: WallInstant,
  offset: number,
): Instant | null {
  const { timezone } = timeline.schedule
  let date = addDays(dateAt(after, timezone), -1)
  for (let day = 0; day <= 9; day++, date = addDays(date, 1)) {
    if (entry.days !== null && !entry.days.includes(weekdayOf(date))) continue
    const instants = times.map((time) => instantOf(date, time, timezone)).filter((instant) => instant > after)
    if (instants.length > 0) return Math.min(...instants) - offset
  }
  return null
}
