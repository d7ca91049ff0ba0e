import type { RecurringSpec } from '../schedule/model/schedule.ts'
import type { Instant, Millis, WallInstant } from '../time/clock.ts'
import { addDays, dateAt, instantOf, weekdayOf } from '../time/timeOfDay.ts'
import type { PassedCue } from './effect.ts'
import { force } from './override.ts'
import { type Playhead, type Show, showClock, showDraft } from './show.ts'
import type { Timeline } from './timeline.ts'

/** When the next recurring entry comes, ignoring a pause; null if there is none. */
export function nextRecurring(timeline: Timeline, show: Show): Instant | null {
  let first: Instant | null = null
  for (const entry of timeline.schedule.recurring) {
    const at = nextOf(timeline, show, entry)
    if (at !== null && (first === null || at < first)) first = at
  }
  return first
}

/** Gives the entries that are due at `at`: the first in the file wins unless a force is on; the others are passed. */
export function giveRecurring(
  timeline: Timeline,
  show: Show,
  at: Instant,
): { readonly show: Show; readonly passed: readonly PassedCue[] } {
  let next = show
  const passed: PassedCue[] = []
  for (const entry of timeline.schedule.recurring) {
    const due = nextOf(timeline, show, entry)
    if (due === null || due > at) continue
    const { scene, duration } = entry
    if (next.override === null)
      next = force(next, at, { scene, ends: at + duration, by: 'recurring', pause: false, transition: null }, null)
    else passed.push({ cue: null, title: null, scene, cause: 'recurring', plannedAt: due, outcome: 'skipped' })
  }
  return { show: recurredUpTo(next, at), passed }
}

/** Counts all entries up to `at` as given; in a pause, only those with `every`, up to the beginning of the pause. */
export function recurredUpTo(show: Show, at: Instant): Show {
  const { playhead, pause, recurred, offset } = show
  if (playhead === null) return show
  const next = showDraft(show)
  next.at = at
  next.recurred = {
    position: showClock(show, at) - playhead.startedAt,
    wall: pause === null ? Math.max(recurred.wall, at + offset) : recurred.wall,
  }
  return next
}

function nextOf(timeline: Timeline, show: Show, entry: RecurringSpec): Instant | null {
  const { playhead } = show
  if (playhead === null) return null
  const wall =
    entry.when.kind === 'at'
      ? nextTime(timeline, entry.days, entry.when.times, show.recurred.wall)
      : nextInterval(timeline, show, playhead, entry.days, entry.when.interval)
  return wall === null ? null : wall - show.offset
}

function nextTime(
  timeline: Timeline,
  days: RecurringSpec['days'],
  times: readonly number[],
  after: WallInstant,
): WallInstant | null {
  const { timezone } = timeline.schedule
  let date = addDays(dateAt(after, timezone), -1)
  for (let day = 0; day <= 9; day++, date = addDays(date, 1)) {
    if (days !== null && !days.includes(weekdayOf(date))) continue
    const instants = times.map((time) => instantOf(date, time, timezone)).filter((instant) => instant > after)
    if (instants.length > 0) return Math.min(...instants)
  }
  return null
}

/** The next whole interval since the show's start that falls on one of the days, on the wall clock. */
function nextInterval(
  timeline: Timeline,
  { recurred, offset }: Show,
  { startedAt }: Playhead,
  days: RecurringSpec['days'],
  interval: Millis,
): WallInstant | null {
  const began: WallInstant = startedAt + offset
  const next: WallInstant = began + (Math.floor(recurred.position / interval) + 1) * interval
  if (days === null) return next
  const { timezone } = timeline.schedule
  const isMeant = (wall: WallInstant) => days.includes(weekdayOf(dateAt(wall, timezone)))
  // A week has 168 hours: after as many intervals of whole hours, the weekdays come again.
  for (let at = next, tries = 0; tries < 168; tries++) {
    if (isMeant(at)) return at
    const midnight = instantOf(addDays(dateAt(at, timezone), 1), 0, timezone)
    at += Math.max(1, Math.ceil((midnight - at) / interval)) * interval
  }
  return null
}
