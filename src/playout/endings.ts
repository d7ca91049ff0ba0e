import type { Instant } from '../time/clock.ts'
import { arePassedOver, dayAfter, roundTimes } from './roundTimes.ts'
import { type Playhead, playheadWith, type Show, showClock, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** A cue to go to: which, in which round, and the day of that round's times. */
export type Target = { readonly round: number; readonly index: number; readonly day: string | null }

export const cueOn = (timeline: Timeline, show: Show): Cue | null =>
  show.playhead === null ? null : (timeline.cues[show.playhead.index] ?? null)

/** The cue after this one in the order of the file, through the end of the round; null after the last of the last round. */
export function following(timeline: Timeline, show: Show): Target | null {
  if (show.playhead === null) return null
  const { round, index, day } = show.playhead
  if (index + 1 < timeline.cues.length) return { round, index: index + 1, day }
  return nextRound(timeline, show, show.playhead)
}

function nextRound(timeline: Timeline, show: Show, { round, arrivedAt }: Playhead): Target | null {
  if (round + 1 >= timeline.rounds || timeline.cues.length === 0) return null
  return { round: round + 1, index: 0, day: nextRoundDay(timeline, arrivedAt, show) }
}

/**
 * The day of a later round's times: the first strictly after the round began or, where the first cue has `at`, strictly
 * after the last cue of the round before began. `began`: when that was.
 */
export const nextRoundDay = (timeline: Timeline, began: Instant, show: Show): string | null =>
  dayAfter(timeline, began + show.offset)

/** The cue's own end, pauses and extensions included; null where it has none. Instants are on the show's clock. */
export function ownEnd(timeline: Timeline, show: Show): Instant | null {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null) return null
  if (cue.until !== null) {
    const until = roundTimes(timeline, playhead.day).until.get(cue.index)
    return until === undefined || isVoid(until - show.offset, playhead) ? null : until - show.offset + playhead.adjusted
  }
  if (cue.duration === null) return null
  const end = playhead.enteredAt + cue.duration
  const media = cue.media === null ? null : playhead.media
  return (media === null ? end : Math.min(end, media.endsAt)) + playhead.adjusted
}

/** Whether the cue goes on past its own end until somebody ends it. */
export const isHeld = (cue: Cue, playhead: Playhead): boolean => playhead.held ?? cue.hold

/** The next hard start that isn't spent: the last one already past, else the first to come; null where there is none. */
export function nextHard(timeline: Timeline, show: Show): { at: Instant; target: Target } | null {
  const { playhead } = show
  if (playhead === null || timeline.hard.length === 0) return null
  const times = roundTimes(timeline, playhead.day).at
  let past: { at: Instant; target: Target } | null = null
  for (let i = firstHardAfter(timeline, playhead.index); i < timeline.hard.length; i++) {
    const index = timeline.hard[i] ?? 0
    const at = (times.get(index) ?? 0) - show.offset
    if (at <= playhead.arrivedAt) continue
    const hard = { at, target: { round: playhead.round, index, day: playhead.day } }
    if (at > show.at) return past ?? hard
    past = hard
  }
  return past ?? hardOfNextRound(timeline, show, playhead)
}

/** When and where the cue ends by itself, a pause left out of account; `to` null: the show is over. */
export function ending(timeline: Timeline, show: Show): { at: Instant; to: Target | null } | null {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null) return null
  const hard = nextHard(timeline, show)
  const to = following(timeline, show)
  const natural =
    isHeld(cue, playhead) || leadsTo(timeline, show, hard) ? null : boundary(timeline, show, cue, playhead)
  // Of boundaries that are past both, as after a pause, the hard start is taken.
  if (hard !== null && (natural === null || hard.at <= Math.max(natural, show.at)))
    return { at: hard.at, to: hard.target }
  return natural === null ? null : { at: natural, to }
}

/**
 * When the cue goes over its own end without ending, on the show's clock: it holds, or waits for a hard start. Null where it
 * doesn't.
 */
export function overrun(timeline: Timeline, show: Show): Instant | null {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null) return null
  const own = boundary(timeline, show, cue, playhead)
  if (own === null) return isHeld(cue, playhead) || nextHard(timeline, show) === null ? playhead.enteredAt : null
  return isHeld(cue, playhead) || leadsTo(timeline, show, nextHard(timeline, show)) ? own : null
}

/** When the next cue comes as things stand; null while nothing but the operator ends this one. */
export function endsAt(timeline: Timeline, show: Show): Instant | null {
  const end = ending(timeline, withMediaAsExpected(show))
  return end === null ? null : Math.max(end.at, showClock(show, show.at))
}

/** As if media ended when OBS expects it to. */
export function withMediaAsExpected(show: Show): Show {
  const { playhead } = show
  if (playhead === null || playhead.media === null) return show
  return showWith(show, { playhead: playheadWith(playhead, { media: { ...playhead.media, ended: true } }) })
}

/**
 * Media is over when OBS says so, what it is expected to take only counts in forecasts; but a cue that was shortened
 * doesn't wait for it.
 */
function boundary(timeline: Timeline, show: Show, cue: Cue, playhead: Playhead): Instant | null {
  if (cue.media === null || playhead.media?.ended === true || playhead.adjusted < 0) return ownEnd(timeline, show)
  return playhead.enteredAt + (cue.duration ?? 0) + playhead.adjusted
}

/** Whether the hard start is what comes after the cue: those between, if any, would be passed over by its end. */
function leadsTo(timeline: Timeline, show: Show, hard: { target: Target } | null): boolean {
  if (hard === null || show.playhead === null) return false
  const { round, index } = hard.target
  return comesNext(timeline, show, show.playhead, round === show.playhead.round ? index : timeline.cues.length)
}

/** Whether no cue before `index` comes on any more in this round once the present one has come to its end. */
function comesNext(timeline: Timeline, show: Show, playhead: Playhead, index: number): boolean {
  if (index <= playhead.index + 1) return true
  const cue = cueOn(timeline, show)
  const end = cue === null ? null : boundary(timeline, show, cue, playhead)
  if (end === null) return false
  const wall = Math.max(end, show.at) + show.offset
  return arePassedOver(roundTimes(timeline, playhead.day), playhead.index + 1, index, wall)
}

/** An `until` that the operator came too late for is void: the cue holds. */
const isVoid = (until: Instant, playhead: Playhead): boolean => playhead.putOn && until <= playhead.arrivedAt

function hardOfNextRound(timeline: Timeline, show: Show, playhead: Playhead): { at: Instant; target: Target } | null {
  if (timeline.cues[0]?.at == null || !comesNext(timeline, show, playhead, timeline.cues.length)) return null
  const target = nextRound(timeline, show, playhead)
  if (target === null) return null
  return { at: (roundTimes(timeline, target.day).at.get(0) ?? 0) - show.offset, target }
}

function firstHardAfter(timeline: Timeline, index: number): number {
  let low = 0
  let high = timeline.hard.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((timeline.hard[middle] ?? 0) <= index) low = middle + 1
    else high = middle
  }
  return low
}
