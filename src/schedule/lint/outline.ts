import type { Millis } from '../../time/clock.ts'
import { parseTimeOfDay } from '../../time/timeOfDay.ts'
import type { CueSpec, Hotkey, RecurringSpec, SceneSpec, Start, TimeOfDay } from '../model/schedule.ts'
import type { Countdown } from '../schema/cues.ts'
import type { Head } from '../schema/head.ts'

/** A schedule as far as it could be read; undefined stands for a broken entry. */
export type Draft = Head & {
  readonly countdown: Countdown
  readonly scenes: Readonly<Record<string, SceneSpec>>
  readonly cues: readonly (CueSpec | undefined)[]
  readonly recurring: readonly (RecurringSpec | undefined)[]
  readonly hotkeys: readonly (Hotkey | undefined)[]
}

/** A cue that is played, with its place in the file; `cue` is undefined if it is broken. */
export type Entry = { readonly index: number; readonly cue: CueSpec | undefined }

export function playedCues(cues: Draft['cues']): Entry[] {
  return cues.map((cue, index) => ({ index, cue })).filter(({ cue }) => cue?.skip !== true)
}

const DAY = 86_400_000

/** Milliseconds after midnight of the show's first day, without daylight saving. */
type Moment = number

/** One cue of the first round, as far as the file alone tells. What it doesn't tell is null. */
export type Outlined = Entry & {
  readonly at: Moment | null
  readonly until: Moment | null
  readonly entry: Moment | null
  /** Its own end by its planned length. For an open hold, that is its entry. */
  readonly end: Moment | null
  /** The last time of day before it in the file. */
  readonly timeBefore: Moment | null
}

type Walk = {
  now: Moment | null
  /** Midnight of the day of the first time of day. */
  readonly firstDay: Moment
  lastTime: Moment | null
  since: Moment | null
  elapsed: Millis | null
}

/** The plan of the first round: when each time of day falls, and when the other cues begin. */
export function outlineOf(draft: Pick<Draft, 'cues' | 'start'>): readonly Outlined[] {
  return walkThrough(draft).outlined
}

/** The planned length of one round; null if the file alone doesn't tell. An open hold counts as nothing. */
export function plannedLength(schedule: Pick<Draft, 'cues' | 'start'>): Millis | null {
  const { walk } = walkThrough(schedule)
  if (walk.since === null) return walk.elapsed
  return walk.now === null ? null : walk.now - walk.since
}

type Outline = { readonly outlined: Outlined[]; readonly walk: Walk }

function walkThrough({ cues, start }: Pick<Draft, 'cues' | 'start'>): Outline {
  const played = playedCues(cues)
  const begin = beginOf(start)
  return walkFrom(played, begin, firstDayOf(played, begin))
}

/** When the first cue begins, if the start is a time. Only the time of day of a date-time counts. */
function beginOf(start: Start): Moment | null {
  if (start.kind === 'timeOfDay') return start.time
  return start.kind === 'dateTime' ? parseTimeOfDay(start.dateTime.slice(start.dateTime.indexOf('T') + 1)) : null
}

/** The latest day on which the first time of day isn't after the start, if the round would still be on; otherwise the next day. */
function firstDayOf(played: readonly Entry[], begin: Moment | null): Moment {
  const first = played.findIndex(({ cue }) => cue === undefined || cue.at !== null || cue.until !== null)
  const time = played[first]?.cue?.at ?? played[first]?.cue?.until
  if (begin === null || time === null || time === undefined) return 0
  const latest = time <= begin ? 0 : -DAY
  const { now: end } = walkFrom(played.slice(first), null, latest).walk
  return end === null || end > begin ? latest : latest + DAY
}

function walkFrom(played: readonly Entry[], begin: Moment | null, firstDay: Moment): Outline {
  const walk: Walk = { now: begin, firstDay, lastTime: null, since: begin, elapsed: 0 }
  return { outlined: played.map((entry, position) => outlineCue(entry, position === 0, walk)), walk }
}

function outlineCue({ index, cue }: Entry, first: boolean, walk: Walk): Outlined {
  const timeBefore = walk.lastTime
  if (cue === undefined) {
    Object.assign(walk, { now: null, lastTime: null, elapsed: null })
    return { index, cue, at: null, until: null, entry: null, end: null, timeBefore }
  }
  const at = cue.at === null ? null : fixed(cue.at, walk)
  if (at !== null) {
    walk.lastTime = at
    // The first cue begins with the show, whatever its `at`. A show that is joined later began at that time.
    if (!first || walk.now === null || at < walk.now) walk.now = at
    if (first) walk.since ??= at
    else walk.elapsed = null
  }
  const entry = walk.now
  const until = cue.until === null ? null : fixed(cue.until, walk)
  if (until !== null) walk.lastTime = until
  walk.now = until === null ? later(entry, lengthOf(cue)) : Math.max(until, entry ?? until)
  walk.elapsed = until === null ? later(walk.elapsed, lengthOf(cue)) : null
  return { index, cue, at, until, entry, end: walk.now, timeBefore }
}

/** The first such time of day at or after the time before. */
function fixed(time: TimeOfDay, { lastTime, firstDay }: Walk): Moment {
  if (lastTime === null) return firstDay + time
  const today = Math.floor(lastTime / DAY) * DAY + time
  return today < lastTime ? today + DAY : today
}

/** An open hold counts as nothing. A cue without an ending lasts until the hard start below it. */
function lengthOf(cue: CueSpec): Millis | null {
  return cue.duration ?? (cue.hold ? 0 : null)
}

function later(moment: number | null, length: Millis | null): number | null {
  return moment === null || length === null ? null : moment + length
}
