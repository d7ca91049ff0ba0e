import type { Millis } from '../time/clock.ts'
import { type Draft, type Entry, playedCues } from './draft.ts'
import type { CueSpec, Start, TimeOfDay } from './schedule.ts'

const DAY = 86_400_000

/** Times this far back are meant for the next day, nearer ones are a mistake in the order. */
export const HALF_DAY = DAY / 2

/** Milliseconds after midnight of the show's first day, on an ideal wall that knows no daylight saving. */
type Moment = number

/** One cue of the first round as the file alone lets it be foreseen; null is what the file doesn't tell. */
export type Outlined = Entry & {
  readonly at: Moment | null
  readonly until: Moment | null
  readonly entry: Moment | null
  /** Its own end, by its planned length; of an open hold its entry. */
  readonly end: Moment | null
  /** The last time of day in the file before it. */
  readonly timeBefore: Moment | null
}

type Walk = { now: Moment | null; lastTime: Moment | null; since: Moment | null; elapsed: Millis | null }

/** The first round on paper: which times of day follow which, and when cues come that have none. */
export function outlineOf(draft: Pick<Draft, 'cues' | 'start'>): readonly Outlined[] {
  return walkThrough(draft).outlined
}

/** How long one round lasts by its plan; null where the file alone doesn't tell. An open hold counts as nothing. */
export function plannedLength(schedule: Pick<Draft, 'cues' | 'start'>): Millis | null {
  const { walk } = walkThrough(schedule)
  if (walk.since === null) return walk.elapsed
  return walk.now === null ? null : walk.now - walk.since
}

function walkThrough({ cues, start }: Pick<Draft, 'cues' | 'start'>): { outlined: Outlined[]; walk: Walk } {
  const begin = start.kind === 'timeOfDay' ? start.time : null
  const walk: Walk = { now: begin, lastTime: null, since: begin, elapsed: 0 }
  const outlined = playedCues(cues).map((entry, position) => outlineCue(entry, position === 0, start, walk))
  return { outlined, walk }
}

function outlineCue({ index, cue }: Entry, first: boolean, start: Start, walk: Walk): Outlined {
  const timeBefore = walk.lastTime
  if (cue === undefined) {
    Object.assign(walk, { now: null, lastTime: null, elapsed: null })
    return { index, cue, at: null, until: null, entry: null, end: null, timeBefore }
  }
  const at = cue.at === null ? null : fixed(cue.at, walk, start)
  if (at !== null) {
    walk.lastTime = at
    if (!first || walk.now === null) walk.now = at
    if (first) walk.since ??= at
    else walk.elapsed = null
  }
  const entry = walk.now
  const until = cue.until === null ? null : fixed(cue.until, walk, start)
  if (until !== null) walk.lastTime = until
  walk.now = until ?? later(entry, lengthOf(cue))
  walk.elapsed = until === null ? later(walk.elapsed, lengthOf(cue)) : null
  return { index, cue, at, until, entry, end: walk.now, timeBefore }
}

/** The first such time at or after the time before it; the first of all may lie a little before the show's start. */
function fixed(time: TimeOfDay, { lastTime }: Walk, start: Start): Moment {
  if (lastTime !== null) {
    const today = Math.floor(lastTime / DAY) * DAY + time
    return today < lastTime ? today + DAY : today
  }
  return start.kind === 'timeOfDay' && start.time - time > HALF_DAY ? time + DAY : time
}

/** An open hold counts as nothing; a cue without an ending lasts as long as the hard start below it says. */
function lengthOf(cue: CueSpec): Millis | null {
  return cue.duration ?? (cue.hold ? 0 : null)
}

function later(moment: number | null, length: Millis | null): number | null {
  return moment === null || length === null ? null : moment + length
}
