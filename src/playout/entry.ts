import type { Instant, ShowInstant, WallInstant } from '../time/clock.ts'
import { firstRoundDay, plannedRoundEnd } from './cueSheet.ts'
import { after, cueOn, following, type Target, untilOf } from './endings.ts'
import { endShow } from './override.ts'
import { dayAfter, roundTimes } from './roundTimes.ts'
import { onShowClock, type Plan, type Playhead, playheadWith, type Show, showDraft, showWith } from './show.ts'
import { type Cue, none, type Timeline } from './timeline.ts'

/** A show after a cue was entered, and the cues that were skipped on the way, which never come on. */
export type Entered = { readonly show: Show; readonly skipped: readonly Cue[] }

/** What a cue takes over from the one before it: the round, its plan, and when the show began. */
type Run = Pick<Playhead, 'round' | 'startedAt' | 'plan'>

/**
 * Enters a cue by flow or by `next`. Cues whose `until` isn't after their entry are skipped. The show ends if `to` is null or if
 * every cue left is skipped. `enteredAt` is on the show's clock, `arrivedAt` is now.
 */
export function enter(
  timeline: Timeline,
  show: Show,
  to: Target | null,
  enteredAt: ShowInstant,
  arrivedAt: Instant,
  run: Run | null = show.playhead,
): Entered {
  const { target, skipped } = comingOn(timeline, to, arrivedAt + show.offset)
  if (target !== null) return { show: putOn(timeline, show, target, enteredAt, arrivedAt, false, run), skipped }
  const { override } = show
  const last = cueOn(timeline, show)?.scene ?? null
  const ended = endShow(show, arrivedAt, last)
  // A scene that the operator put on by hand during the last cue stays on.
  const leadsBack = override?.ends === 'cueEnd' && override.by !== 'obs'
  return { show: leadsBack ? showWith(ended, { back: last }) : ended, skipped }
}

/** The first cue from `to` on that can come on at `wall`, and the cues skipped before it. `target` is null if none can. */
function comingOn(
  timeline: Timeline,
  to: Target | null,
  wall: WallInstant,
): { readonly target: Target | null; readonly skipped: readonly Cue[] } {
  let target = to
  let skipped: readonly Cue[] = none
  for (let tries = 0; target !== null && tries <= timeline.cues.length; tries++) {
    const cue = timeline.cues[target.index]
    if (cue === undefined) break
    if (cue.until === null) return { target, skipped }
    const known: Target = { ...target, day: target.day ?? dayAfter(timeline, wall) }
    if ((untilOf(timeline, known) ?? wall) > wall) return { target: known, skipped }
    skipped = [...skipped, cue]
    target = after(timeline, known, null)
  }
  return { target: null, skipped }
}

/** Whether `next` at `wall` finds a cue that can come on. */
export const hasNext = (timeline: Timeline, { playhead }: Show, wall: WallInstant): boolean =>
  playhead !== null && comingOn(timeline, following(timeline, playhead), wall).target !== null

/** Puts a cue on, even if its `until` is past. `byOperator`: it then holds. */
export function putOn(
  timeline: Timeline,
  show: Show,
  target: Target,
  enteredAt: ShowInstant,
  arrivedAt: Instant,
  byOperator: boolean,
  run: Run | null = show.playhead,
): Show {
  if (run === null) return show
  const arrivedWall = arrivedAt + show.offset
  const { round, index } = target
  const day = target.day ?? dayAfter(timeline, arrivedWall)
  const next = showDraft(show)
  next.at = arrivedAt
  next.entries = show.entries + 1
  next.playhead = {
    round,
    day,
    index,
    removed: null,
    entry: next.entries,
    enteredAt,
    arrivedAt,
    arrivedWall,
    startedAt: run.startedAt,
    adjusted: 0,
    held: null,
    putOn: byOperator,
    reached: -1,
    media: null,
    over: null,
    plan: run.round === round ? run.plan : nextPlan(timeline, run, round, day),
  }
  // A force until the end of the cue ends with the cue, in the same change.
  if (show.override?.ends === 'cueEnd') next.override = null
  return next
}

/**
 * Begins the show with its first cue: `cue` if the operator names one; otherwise, if the show `joins`, the one at the last hard start
 * already past; otherwise the first.
 */
export function begin(timeline: Timeline, show: Show, at: Instant, cue: number | null, joins = cue === null): Entered {
  const day = firstRoundDay(timeline, at + show.offset)
  const joined = joins ? lastHardPast(timeline, day, at + show.offset) : null
  const index = cue ?? joined?.index ?? 0
  const enteredAt = joined === null ? at : joined.wall - show.offset
  const plan: Plan = { index, at: enteredAt, wall: enteredAt + show.offset, day }
  const run: Run = { round: 0, startedAt: onShowClock(at), plan }
  const started = showDraft(show)
  started.at = enteredAt
  started.playhead = null
  started.pause = null
  started.back = null
  started.recurred = { position: 0, wall: at + show.offset - 1 }
  const target = { round: 0, index, day }
  if (cue !== null)
    return { show: putOn(timeline, started, target, onShowClock(enteredAt), enteredAt, true, run), skipped: none }
  const entered = enter(timeline, started, target, onShowClock(enteredAt), enteredAt, run)
  return entered.skipped.length === 0 ? entered : { ...entered, show: plannedFromItsCue(entered.show) }
}

/** A plan begins with a cue that comes, so cues skipped at the start aren't in it. */
function plannedFromItsCue(show: Show): Show {
  const { playhead } = show
  if (playhead === null || playhead.round > 0) return show
  return showWith(show, { playhead: playheadWith(playhead, { plan: { ...playhead.plan, index: playhead.index } }) })
}

/** A show that `begin` starts at `at`; from the top if joining would find every cue over. */
export function begunAt(timeline: Timeline, show: Show, at: Instant): Show {
  const joined = begin(timeline, { ...show, at }, at, null).show
  return joined.playhead === null ? begin(timeline, { ...show, at }, at, 0).show : joined
}

/** A later round is planned to begin where the one before ends or, if whole rounds were skipped, at its first hard start. */
function nextPlan(timeline: Timeline, { plan, round }: Run, to: number, day: string | null): Plan {
  const end = plannedRoundEnd(timeline, plan)
  if (to === round + 1) return { index: 0, at: end, wall: end + plan.wall - plan.at, day }
  const wall = roundTimes(timeline, day).at.get(timeline.hard[0] ?? 0) ?? plan.wall
  return { index: timeline.hard[0] ?? 0, at: wall - (plan.wall - plan.at), wall, day }
}

function lastHardPast(
  timeline: Timeline,
  day: string | null,
  wall: WallInstant,
): { readonly index: number; readonly wall: WallInstant } | null {
  const { at } = roundTimes(timeline, day)
  const index = timeline.hard.findLast((hard) => (at.get(hard) ?? 0) <= wall)
  return index === undefined ? null : { index, wall: at.get(index) ?? 0 }
}
