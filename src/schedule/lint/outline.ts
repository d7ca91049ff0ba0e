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

/** The plan of the first round: when each time of day falls, and when the other cues begin. */
export function outlineOf({ cues, start }: Pick<Draft, 'cues' | 'start'>): readonly Outlined[] {
  const begin = beginOf(start)
  const played = playedCues(cues)
  return walk(played, begin, firstDayOf(played, begin))
}

/** The planned length of one round; null if the file alone doesn't tell. An open hold counts as nothing. */
export function plannedLength({ cues, start }: Pick<Draft, 'cues' | 'start'>): Millis | null {
  const played = playedCues(cues)
  const begin = beginOf(start)
  const isTimed = played.some(({ cue }) => cue !== undefined && (cue.at !== null || cue.until !== null))
  const since = begin ?? played[0]?.cue?.at ?? (isTimed ? null : 0)
  const last = walk(played, since, firstDayOf(played, begin)).at(-1)
  if (since === null || last === undefined) return since
  return last.end === null ? null : last.end - since
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
  const end = walk(played.slice(first), null, latest).at(-1)?.end ?? null
  return end === null || end > begin ? latest : latest + DAY
}

/** `since`: when the first cue begins. `firstDay`: the midnight before the first time of day. */
function walk(played: readonly Entry[], since: Moment | null, firstDay: Moment): Outlined[] {
  const walked: Outlined[] = []
  for (const entry of played) walked.push(outlineCue(entry, walked.at(-1), since, firstDay))
  return walked
}

function outlineCue(
  { index, cue }: Entry,
  before: Outlined | undefined,
  since: Moment | null,
  firstDay: Moment,
): Outlined {
  const timeBefore = before?.cue === undefined ? null : (before.until ?? before.at ?? before.timeBefore)
  if (cue === undefined) return { index, cue, at: null, until: null, entry: null, end: null, timeBefore }
  const now = before === undefined ? since : before.end
  const at = fixed(cue.at, timeBefore, firstDay)
  // The first cue begins with the show, whatever its `at`. A show that is joined later began at that time.
  const entry = before === undefined && now !== null ? Math.min(now, at ?? now) : (at ?? now)
  const until = fixed(cue.until, at ?? timeBefore, firstDay)
  // An open hold counts as nothing. A cue without an ending lasts until the hard start below it.
  const length = cue.duration ?? (cue.hold ? 0 : null)
  const own = entry === null || length === null ? null : entry + length
  const end = until === null ? own : Math.max(until, entry ?? until)
  return { index, cue, at, until, entry, end, timeBefore }
}

/** The first such time of day at or after the time before; on the first day if there is none before. */
function fixed(time: TimeOfDay | null, timeBefore: Moment | null, firstDay: Moment): Moment | null {
  if (time === null) return null
  if (timeBefore === null) return firstDay + time
  const today = Math.floor(timeBefore / DAY) * DAY + time
  return today < timeBefore ? today + DAY : today
}
