import type { Instant, ShowInstant, WallInstant } from '../time/clock.ts'
import { areSkipped, dayAfter, dayAfterTimes, type RoundTimes, roundTimes } from './roundTimes.ts'
import { onOwnClock, type Playhead, type Show, showClock } from './show.ts'
import { type Cue, firstWhere, type Timeline } from './timeline.ts'

/** A cue to go to. `day`: the day of its round's times; null while that depends on when the round begins. */
export type Target = { readonly round: number; readonly index: number; readonly day: string | null }

export const sameTarget = (a: Target, b: Target): boolean => a.index === b.index && a.round === b.round

/** A hard start. `at` on the orchestrator's clock. */
export type HardStart = { readonly at: Instant; readonly to: Target }

/** How the cue ends by itself, ignoring a pause. `to` null: the show is over. */
export type Ending = { readonly at: Instant; readonly to: Target | null }

/** What lies ahead of the cue that is on, as things stand. */
export type Ahead = {
  readonly cue: Cue
  /** The cue's own end; null if it has none. */
  readonly own: ShowInstant | null
  /** The hard start that counts: the last one already past, otherwise the first to come. */
  readonly hard: HardStart | null
  /** The first hard start to come. */
  readonly coming: HardStart | null
  /** The cue after this one in the order of the file, through the end of the round; null after the last of the last round. */
  readonly following: Target | null
  readonly ending: Ending | null
  /** When the next cue comes if media ends when OBS expects it to; null while only the operator ends this one. */
  readonly endsAt: Instant | null
  /** Whether the end is a time of day, which a pause doesn't move. */
  readonly endsByClock: boolean
  /**
   * When the cue passes its own end without ending: it holds, or waits for the hard start. An open hold is past its end from the
   * beginning. Null if the cue ends there, or lasts until the hard start anyway.
   */
  readonly overrun: ShowInstant | null
}

export const cueOn = (timeline: Timeline, { playhead }: Show): Cue | null =>
  playhead === null ? null : (playhead.removed?.cue ?? timeline.cues[playhead.index] ?? null)

/** Whether the cue goes on past its own end until somebody ends it. */
export const isHeld = (cue: Cue, playhead: Playhead): boolean => playhead.held ?? cue.hold

/** What lies ahead; null if no cue is on. */
export function lookAhead(timeline: Timeline, show: Show): Ahead | null {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null) return null
  const own = ownEnd(timeline, show, cue, playhead)
  const end = boundary(cue, playhead, own)
  const { past, coming } = hardStarts(timeline, show)
  const hard = past ?? coming
  const next = following(timeline, playhead)
  const waits = isHeld(cue, playhead) || (hard !== null && comesNext(timeline, show, playhead, end, hard.to))
  const ending = endingOf(show, waits ? null : end, next, hard)
  const expected = own === end ? ending : endingOf(show, waits ? null : own, next, hard)
  return {
    cue,
    own,
    hard,
    coming,
    following: next,
    ending,
    endsAt: expected === null ? null : Math.max(expected.at, showClock(show, show.at)),
    endsByClock: expected !== null && (cue.until !== null || expected.at === hard?.at),
    overrun: end !== null ? (waits ? end : null) : isHeld(cue, playhead) || hard === null ? playhead.enteredAt : null,
  }
}

/** If both boundaries are past, as after a pause, the hard start is taken. */
function endingOf(show: Show, natural: ShowInstant | null, to: Target | null, hard: HardStart | null): Ending | null {
  if (hard !== null && (natural === null || hard.at <= Math.max(natural, show.at))) return hard
  return natural === null ? null : { at: onOwnClock(natural), to }
}

export function following(timeline: Timeline, playhead: Playhead): Target | null {
  const { round, index, day } = playhead
  return after(timeline, { round, index, day }, playhead.arrivedWall)
}

/** The cue after `target`. `began`: when the cue of `target` began, on the wall clock; null if it was skipped. */
export function after(timeline: Timeline, { round, index, day }: Target, began: WallInstant | null): Target | null {
  const { cues, rounds } = timeline
  if (index + 1 < cues.length) return { round, index: index + 1, day }
  if (round + 1 >= rounds || cues.length === 0) return null
  const next = { round: round + 1, index: 0, day: null }
  if (cues[0]?.at == null) return next
  if (began !== null) return { ...next, day: dayAfter(timeline, began) }
  return { ...next, day: dayAfterTimes(timeline, roundTimes(timeline, day)) }
}

/** The hard start that counts: the last one already past that isn't spent, otherwise the first to come. Null if there is none. */
export function nextHard(timeline: Timeline, show: Show): HardStart | null {
  const { past, coming } = hardStarts(timeline, show)
  return past ?? coming
}

type HardStarts = { readonly past: HardStart | null; readonly coming: HardStart | null }

const noHardStarts: HardStarts = { past: null, coming: null }

/** Of the hard starts of this round and later ones that aren't spent: the last one past, and the first to come. */
function hardStarts(timeline: Timeline, show: Show): HardStarts {
  const { playhead, offset } = show
  const { hard, rounds } = timeline
  if (playhead === null || hard.length === 0) return noHardStarts
  const now = show.at + offset
  let { round, day } = playhead
  let times = roundTimes(timeline, day)
  let first = firstWhere(0, hard.length, (i) => (hard[i] ?? 0) > playhead.index)
  let past: HardStart | null = null
  for (;;) {
    for (let i = first; i < hard.length; i++) {
      const index = hard[i] ?? 0
      const wall = times.at.get(index) ?? Number.NEGATIVE_INFINITY
      if (wall <= playhead.arrivedWall) continue
      const start = { at: wall - offset, to: { round, index, day } }
      if (wall > now) return { past, coming: start }
      past = start
    }
    if (round + 1 >= rounds) return past === null ? noHardStarts : { past, coming: null }
    day = round === playhead.round ? dayOfHardStarts(timeline, playhead) : dayAfterTimes(timeline, times)
    times = roundTimes(timeline, day)
    first = 0
    round++
  }
}

/** The day of the next round's hard starts while this round is on: the first day with one that isn't spent. */
function dayOfHardStarts(timeline: Timeline, { index, day, arrivedWall }: Playhead): string | null {
  const { cues, hard } = timeline
  if (index + 1 >= cues.length && cues[0]?.at != null) return dayAfter(timeline, arrivedWall)
  const lastHard = hard.at(-1) ?? 0
  let next = dayAfterTimes(timeline, roundTimes(timeline, day))
  for (;;) {
    const times = roundTimes(timeline, next)
    if ((times.at.get(lastHard) ?? Number.POSITIVE_INFINITY) > arrivedWall) return next
    next = dayAfterTimes(timeline, times)
  }
}

/** The cue's own end, with pauses and extensions; null if it has none. */
function ownEnd(timeline: Timeline, show: Show, cue: Cue, playhead: Playhead): ShowInstant | null {
  if (cue.until !== null) {
    const until = playhead.removed === null ? untilOf(timeline, playhead) : playhead.removed.until
    // If the operator put the cue on after its `until`, that is void: the cue holds.
    const isVoid = until === null || (playhead.putOn && until <= playhead.arrivedWall)
    return isVoid ? null : until - show.offset + playhead.adjusted
  }
  if (cue.duration === null) return null
  const end = playhead.enteredAt + cue.duration
  const media = cue.media === null ? null : playhead.media
  return (media === null ? end : Math.min(end, media.endsAt)) + playhead.adjusted
}

/** When the cue's `until` comes, on the wall clock; null if it has none. */
export const untilOf = (timeline: Timeline, { index, day }: Pick<Target, 'index' | 'day'>): WallInstant | null =>
  roundTimes(timeline, day).until.get(index) ?? null

/**
 * When the cue may end. Media ends when OBS says so; the end that OBS expects counts only in forecasts. A cue that was shortened
 * doesn't wait for its media.
 */
function boundary(cue: Cue, playhead: Playhead, own: ShowInstant | null): ShowInstant | null {
  if (cue.media === null || playhead.media?.ended === true || playhead.adjusted < 0) return own
  return playhead.enteredAt + (cue.duration ?? 0) + playhead.adjusted
}

/** Whether `to` comes right after the cue: any cues between would be skipped at its end. */
function comesNext(timeline: Timeline, show: Show, playhead: Playhead, end: ShowInstant | null, to: Target): boolean {
  const { round, index, day } = playhead
  if (end === null) return false
  const wall = Math.max(end, show.at) + show.offset
  const isSkipped = (times: RoundTimes, first: number, limit: number): boolean => areSkipped(times, first, limit, wall)
  if (to.round === round) return isSkipped(roundTimes(timeline, day), index + 1, to.index)
  if (to.round > round + 1 || !isSkipped(roundTimes(timeline, day), index + 1, timeline.cues.length)) return false
  return isSkipped(roundTimes(timeline, to.day), 0, to.index)
}
