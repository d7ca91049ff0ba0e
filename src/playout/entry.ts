import type { Instant, Millis } from '../time/clock.ts'
import { firstRoundDay, plannedRoundEnd } from './cueSheet.ts'
import { following, nextRoundDay, type Target } from './endings.ts'
import { roundTimes } from './roundTimes.ts'
import { type Playhead, type Show, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** Cues that a step goes by, in order: they are never on. */
export type Entered = { readonly show: Show; readonly skipped: readonly Cue[] }

/**
 * Enters a cue by flow or by `next`. A cue whose `until` isn't after its entry is passed over, and so on; a null target
 * is the end of the show, as is a round in which every cue is passed over.
 */
export function enter(
  timeline: Timeline,
  show: Show,
  to: Target | null,
  enteredAt: Instant,
  arrivedAt: Instant,
): Entered {
  const skipped: Cue[] = []
  let from = show
  let target = to
  for (let tries = 0; target !== null && tries <= timeline.cues.length; tries++) {
    from = putOn(timeline, from, target, enteredAt, arrivedAt, false)
    const cue = timeline.cues[target.index]
    if (cue === undefined || !isPast(timeline, from, cue)) return { show: from, skipped }
    skipped.push(cue)
    target = following(timeline, from)
  }
  const { override } = show
  // What the operator put on by hand in the last cue is the last scene: it stays.
  const back = override?.ends === 'cueEnd' && override.by !== 'obs' ? override.back : show.back
  return {
    show: showWith(from, { at: arrivedAt, playhead: null, pause: null, override: withoutCueEnd(show), back }),
    skipped,
  }
}

/** Puts a cue on, whatever its `until`. `byOperator`: it holds where that is past. */
export function putOn(
  timeline: Timeline,
  show: Show,
  target: Target,
  enteredAt: Instant,
  arrivedAt: Instant,
  byOperator: boolean,
): Show {
  const { playhead: before } = show
  if (before === null) return show
  const newRound = before.round !== target.round
  const day = newRound && timeline.cues[0]?.at == null ? nextRoundDay(timeline, arrivedAt, show) : target.day
  const playhead: Playhead = {
    round: target.round,
    day,
    index: target.index,
    entry: show.entries + 1,
    enteredAt,
    arrivedAt,
    startedAt: before.startedAt,
    roundBeganAt: newRound ? arrivedAt : before.roundBeganAt,
    adjusted: 0,
    held: null,
    putOn: byOperator,
    reached: -1,
    media: null,
    over: null,
    plan: newRound ? nextPlan(timeline, before, day) : before.plan,
  }
  return showWith(show, { at: arrivedAt, playhead, entries: playhead.entry, override: withoutCueEnd(show) })
}

/**
 * The show's first cue: `cue` where the operator names one, else, where the show `joins`, the last hard start already
 * past, else the first.
 */
export function begin(timeline: Timeline, show: Show, at: Instant, cue: number | null, joins = cue === null): Entered {
  const day = firstRoundDay(timeline, at + show.offset)
  const joined = joins ? lastHardPast(timeline, day, at, show.offset) : null
  const index = cue ?? joined?.index ?? 0
  const enteredAt = joined?.at ?? at
  const playhead: Playhead = {
    round: 0,
    day,
    index: -1,
    entry: show.entries,
    enteredAt,
    arrivedAt: enteredAt,
    startedAt: at,
    roundBeganAt: enteredAt,
    adjusted: 0,
    held: null,
    putOn: false,
    reached: -1,
    media: null,
    over: null,
    plan: { index, at: enteredAt, day, offset: show.offset },
  }
  const recurred = { position: 0, at: at - 1 }
  const started = showWith(show, { at: enteredAt, playhead, pause: null, back: null, recurred })
  const target = { round: 0, index, day }
  if (cue !== null) return { show: putOn(timeline, started, target, enteredAt, enteredAt, true), skipped: [] }
  const entered = enter(timeline, started, target, enteredAt, enteredAt)
  return entered.skipped.length === 0 ? entered : { ...entered, show: plannedFromItsCue(entered.show) }
}

/** The first cue of a plan is one that comes: those passed over at the start are not in it. */
function plannedFromItsCue(show: Show): Show {
  const { playhead } = show
  if (playhead === null || playhead.round > 0) return show
  return showWith(show, { playhead: { ...playhead, plan: { ...playhead.plan, index: playhead.index } } })
}

/** A show as `begin` has it at `at`; from the top where joining would find every cue over. */
export function begunAt(timeline: Timeline, show: Show, at: Instant): Show {
  const joined = begin(timeline, { ...show, at }, at, null).show
  return joined.playhead === null ? begin(timeline, { ...show, at }, at, 0).show : joined
}

/** A force until the end of the cue ends with the cue, in the same change. */
const withoutCueEnd = (show: Show): Show['override'] => (show.override?.ends === 'cueEnd' ? null : show.override)

function isPast(timeline: Timeline, show: Show, cue: Cue): boolean {
  if (cue.until === null || show.playhead === null) return false
  const until: Millis = (roundTimes(timeline, show.playhead.day).until.get(cue.index) ?? 0) - show.offset
  return until <= show.playhead.arrivedAt
}

function nextPlan(timeline: Timeline, before: Playhead, day: string | null): Playhead['plan'] {
  const end = plannedRoundEnd(timeline, before.plan)
  return { index: 0, at: end, day, offset: before.plan.offset }
}

function lastHardPast(
  timeline: Timeline,
  day: string | null,
  at: Instant,
  offset: Millis,
): { index: number; at: Instant } | null {
  const times = roundTimes(timeline, day).at
  let last: { index: number; at: Instant } | null = null
  for (const index of timeline.hard) {
    const instant = (times.get(index) ?? 0) - offset
    if (instant > at) break
    last = { index, at: instant }
  }
  return last
}
