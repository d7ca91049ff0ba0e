import type { Instant, Millis, WallInstant } from '../time/clock.ts'
import { areSkipped, dayAfter, dayAfterTimes, dayUpTo, dueTime, type RoundTimes, roundTimes } from './roundTimes.ts'
import type { Plan } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** When the cues of one round begin and end by their planned lengths; NaN for a cue that doesn't come. */
export type CueSheet = {
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** When a cue would end if no hard start cut or stretched it. */
  readonly ownEnds: Float64Array
  /** When the round is over. */
  readonly end: Instant
}

/**
 * Where a walk through a round begins. `isLast`: no round comes after it; default: true for a show without a loop. `first`: when
 * the first cue ends and which one comes then, if that is known.
 */
export type From = {
  readonly index: number
  readonly at: Instant
  /** `at` on the wall clock. */
  readonly wall: WallInstant
  readonly day: string | null
  readonly isLast?: boolean
  readonly first?: { readonly end: Instant; readonly next: number }
}

/** Walks through the rest of a round by planned lengths. An open hold counts as nothing; hard starts cut and stretch cues. */
export function walk(timeline: Timeline, from: From): CueSheet {
  const { cues } = timeline
  const starts = new Float64Array(cues.length).fill(Number.NaN)
  const ends = new Float64Array(cues.length).fill(Number.NaN)
  const ownEnds = new Float64Array(cues.length).fill(Number.NaN)
  const times = roundTimes(timeline, from.day)
  const offset = from.wall - from.at
  const hard = hardStarts(timeline, times, offset)
  const { isLast = timeline.rounds === 1 } = from
  let { at, index } = from
  if (from.first !== undefined) {
    starts[index] = at
    ends[index] = at = from.first.end
    index = from.first.next
  }
  while (index < cues.length) {
    const cue = cues[index]
    if (cue === undefined) break
    const own = plannedEnd(cue, at, times, offset)
    if (own === null && index !== from.index) {
      index++
      continue
    }
    starts[index] = at
    const next = hard.after(index, at)
    const natural = own ?? at
    const nextRound = isLast ? Number.POSITIVE_INFINITY : hard.afterRound(at)
    if (nextRound <= natural && (next === null || nextRound < next.at)) {
      ends[index] = at = nextRound
      ownEnds[index] = natural
      break
    }
    const isNext = (other: number) => areSkipped(times, index + 1, other, natural + offset)
    const cut = next !== null && (next.at <= natural || isNext(next.index))
    const waits = !isLast && isNext(cues.length)
    const end: Instant = cut && next !== null ? next.at : waits ? endOfRound(timeline, natural, at, offset) : natural
    ends[index] = end
    ownEnds[index] = cue.duration === null && cue.until === null && !cue.hold ? end : natural
    at = end
    index = cut && next !== null ? next.index : index + 1
  }
  return { starts, ends, ownEnds, end: at }
}

const sheets = new WeakMap<Plan, CueSheet>()

/** The cue sheet of a plan, for the round that the plan is in. */
function plannedSheet(timeline: Timeline, plan: Plan): CueSheet {
  const known = sheets.get(plan)
  if (known !== undefined) return known
  const sheet = walk(timeline, plan)
  sheets.set(plan, sheet)
  return sheet
}

/**
 * When a cue is planned to end by itself, counted from its `due` if it has one. Plain rounds need no sheet. NaN for a cue that the
 * plan leaves out.
 */
export function plannedOwnEnd(timeline: Timeline, plan: Plan, cue: Cue): Instant {
  const { index, due } = cue
  if (index < plan.index) return Number.NaN
  const isPlain = isPlainRound(timeline)
  const sum = (before: number): Instant => plan.at + (timeline.sums[before] ?? 0) - (timeline.sums[plan.index] ?? 0)
  const end = isPlain ? sum(index + 1) : (plannedSheet(timeline, plan).ownEnds[index] ?? Number.NaN)
  if (due === null || Number.isNaN(end)) return end
  const start = isPlain ? sum(index) : (plannedSheet(timeline, plan).starts[index] ?? end)
  return cue.until === null ? end + dueTime(timeline, due, start, plan.wall - plan.at) - start : end
}

const isPlainRound = ({ runs, cues }: Timeline): boolean => runs[0] === cues.length

/** When the round of the plan is planned to be over. */
export const plannedRoundEnd = (timeline: Timeline, plan: Plan): Instant => {
  const { sums, cues } = timeline
  if (!isPlainRound(timeline)) return plannedSheet(timeline, plan).end
  return plan.at + (sums[cues.length] ?? 0) - (sums[plan.index] ?? 0)
}

/**
 * The day of the first round's times of day: the latest one not in the future from which the round would still be on at `wall` by
 * its planned lengths, else the next. Null without times of day.
 */
export function firstRoundDay(timeline: Timeline, wall: WallInstant): string | null {
  const day = dayUpTo(timeline, wall)
  const first = timeline.cues[timeline.timed[0] ?? -1]
  if (day === null || first === undefined) return null
  const times = roundTimes(timeline, day)
  const start = times.at.get(first.index)
  // With `at` equal to `wall`, the whole sheet is on the wall clock.
  const endFrom = (index: number, at: number): number => walk(timeline, { index, at, wall: at, day }).end
  const end =
    start !== undefined ? endFrom(first.index, start) : endFrom(first.index + 1, times.until.get(first.index) ?? 0)
  return end > wall ? day : dayAfter(timeline, wall)
}

/** The planned length of one round; null if an open hold or a time of day leaves it open. */
export function roundLength(timeline: Timeline): Millis | null {
  if (timeline.timed.length > 0 || timeline.cues.some((cue) => cue.duration === null)) return null
  return timeline.sums[timeline.cues.length] ?? 0
}

/** When a cue that begins at `at` is planned to end; null if its `until` isn't after that, so that it is skipped. */
function plannedEnd(cue: Cue, at: Instant, times: RoundTimes, offset: Millis): Instant | null {
  if (cue.until !== null) {
    const until = (times.until.get(cue.index) ?? 0) - offset
    return until > at ? until : null
  }
  return at + (cue.duration ?? 0)
}

/** When the round ends: at the next round's first hard start if the first cue has one, otherwise at the natural end. */
function endOfRound(timeline: Timeline, natural: Instant, began: Instant, offset: Millis): Instant {
  if (timeline.cues[0]?.at == null) return natural
  const day = dayAfter(timeline, began + offset)
  const at = roundTimes(timeline, day).at.get(0)
  return at === undefined ? natural : at - offset
}

function hardStarts(timeline: Timeline, times: RoundTimes, offset: Millis) {
  let pointer = 0
  let laterTimes = roundTimes(timeline, dayAfterTimes(timeline, times))
  let ofNextRound: Instant = Number.NEGATIVE_INFINITY
  return {
    /** The first hard start after cue `index` that isn't spent at `at`. Call it with rising indices and times. */
    after(index: number, at: Instant): { index: number; at: Instant } | null {
      for (; pointer < timeline.hard.length; pointer++) {
        const hard = timeline.hard[pointer] ?? 0
        const instant = (times.at.get(hard) ?? 0) - offset
        if (hard > index && instant > at) return { index: hard, at: instant }
      }
      return null
    },
    /** The first hard start of the next round that isn't spent at `at`; Infinity without one. Call it with rising times. */
    afterRound(at: Instant): Instant {
      if (timeline.hard.length === 0) return Number.POSITIVE_INFINITY
      while (ofNextRound <= at) {
        const after = timeline.hard.map((index) => (laterTimes.at.get(index) ?? 0) - offset).find((start) => start > at)
        if (after !== undefined) ofNextRound = after
        else laterTimes = roundTimes(timeline, dayAfterTimes(timeline, laterTimes))
      }
      return ofNextRound
    },
  }
}
