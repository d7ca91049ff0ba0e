import type { Instant, Millis } from '../time/clock.ts'
import { type CueSheet, walk } from './cueSheet.ts'
import { lookAhead, nextHard, type Target } from './endings.ts'
import { begunAt } from './entry.ts'
import { resume } from './override.ts'
import { dueTime } from './roundTimes.ts'
import { emptyShow, onOwnClock, type Playhead, playheadWith, type Show, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** One line of the cue sheet of the current round. A null time: the cue doesn't come, or the time isn't known. */
export type ForecastCue = {
  readonly index: number
  readonly id: string
  readonly title: string
  readonly scene: string
  readonly note: string | null
  /** By the plan made when the show started. Before that: for a show that starts at its armed time or, without one, now. */
  readonly plannedAt: Instant | null
  readonly plannedEndsAt: Instant | null
  /** As things stand; null for a cue that is over. */
  readonly expectedAt: Instant | null
  readonly expectedEndsAt: Instant | null
  /** When it should begin according to its `due`. */
  readonly dueAt: Instant | null
  /** The expected start minus the due time or, without one, the planned start. Positive: late. */
  readonly overUnder: Millis | null
}

export type Forecast = {
  readonly at: Instant
  readonly cues: readonly ForecastCue[]
  /** The next hard start as things stand, and how long until then. */
  readonly nextHardStart: { readonly cue: string; readonly at: Instant; readonly in: Millis } | null
}

/**
 * The times of all cues of the round; if no show is on, of a show that begins at `startAt`. A hold counts as ending after its planned
 * length or, if that is past, now.
 */
export function forecastOf(timeline: Timeline | null, show: Show, at: Instant, startAt: Instant = at): Forecast {
  if (timeline === null) return { at, cues: [], nextHardStart: null }
  const on = show.playhead === null ? begunAt(timeline, { ...show, override: null }, startAt) : show
  if (on.playhead === null) return { at, cues: [], nextHardStart: null }
  const planned = walk(timeline, { ...on.playhead.plan, isLast: isLastRound(timeline, on.playhead) })
  const now = Math.max(at, on.at)
  const expected = expectedSheet(timeline, on, on.playhead, now)
  const hard = nextHard(timeline, showWith(on, { at: now }))
  const cueOfHard = hard === null ? undefined : timeline.cues[hard.to.index]
  return {
    at,
    cues: timeline.cues.map((cue) => lineOf(timeline, on, cue, planned, expected)),
    nextHardStart:
      hard === null || cueOfHard === undefined
        ? null
        : { cue: cueOfHard.id, at: hard.at, in: Math.max(0, hard.at - at) },
  }
}

function expectedSheet(timeline: Timeline, show: Show, playhead: Playhead, at: Instant): CueSheet {
  const { round, index, enteredAt, day, removed } = playhead
  const { at: endsAt, to } = expectedEnd(timeline, show, at)
  const next = to?.round === round ? to.index : timeline.cues.length
  const isLast = isLastRound(timeline, playhead)
  const end = Math.max(endsAt, at)
  if (removed !== null) return walk(timeline, { index: next, at: end, wall: end + show.offset, day, isLast })
  const began = onOwnClock(enteredAt)
  return walk(timeline, { index, at: began, wall: began + show.offset, day, isLast, first: { end, next } })
}

const isLastRound = (timeline: Timeline, { round }: Playhead): boolean => round + 1 >= timeline.rounds

/** When the current cue would end, and which one would follow, if a pause ended now and a hold ended after its planned length. */
function expectedEnd(timeline: Timeline, show: Show, at: Instant): { at: Instant; to: Target | null } {
  const ahead = lookAhead(timeline, asExpected(resume(showWith(show, { at }), at)))
  const { cue = null, ending: end = null, following: to = null } = ahead ?? {}
  const isOpen =
    cue?.hold === true && cue.duration === null && (end?.to?.round !== to?.round || end?.to?.index !== to?.index)
  return end === null || isOpen ? { at, to } : end
}

/** The show as if its hold were released and its media ended when OBS expects it to. */
function asExpected(show: Show): Show {
  const { playhead } = show
  if (playhead === null) return show
  const media = playhead.media === null ? null : { ...playhead.media, ended: true }
  return showWith(show, { playhead: playheadWith(playhead, { held: false, media }) })
}

function lineOf(timeline: Timeline, show: Show, cue: Cue, planned: CueSheet, expected: CueSheet): ForecastCue {
  const { index, id, title, scene, note } = cue
  const plannedAt = known(planned.starts[index])
  const expectedAt = known(expected.starts[index])
  const dueAt = cue.due === null ? null : dueTime(timeline, cue.due, plannedAt ?? expectedAt ?? show.at, show.offset)
  const reference = dueAt ?? plannedAt
  return {
    index,
    id,
    title,
    scene,
    note,
    plannedAt,
    plannedEndsAt: known(planned.ends[index]),
    expectedAt,
    expectedEndsAt: known(expected.ends[index]),
    dueAt,
    overUnder: expectedAt === null || reference === null ? null : expectedAt - reference,
  }
}

const known = (instant: Instant | undefined): Instant | null =>
  instant === undefined || Number.isNaN(instant) ? null : instant

/** The cue sheet of the first round of a show that is started at `at`. */
export type ShowPlan = {
  readonly cues: readonly ForecastCue[]
  /** The first cue that comes: a show started late joins at the last hard start already past. */
  readonly joinsAt: number
}

/** When the cues of the first round would come if the show were started at `at`, an instant on the wall clock. */
export function planOf(timeline: Timeline, at: Instant): ShowPlan {
  const show = begunAt(timeline, { ...emptyShow, at }, at)
  return { cues: forecastOf(timeline, show, at).cues, joinsAt: show.playhead?.plan.index ?? 0 }
}
