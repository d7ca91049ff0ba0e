import { playMarks } from '../playout/changes.ts'
import type { DueAct, PassedCue, Picture, TakeCause } from '../playout/effect.ts'
import { cueOn } from '../playout/endings.ts'
import { pictureOf, present, samePicture } from '../playout/picture.ts'
import type { Show } from '../playout/show.ts'
import type { Cue, Timeline } from '../playout/timeline.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import type { Context, EndedTake, Take } from './context.ts'

/** Why and how the show has changed. */
export type Why = {
  readonly at: Instant
  readonly cause: TakeCause
  readonly skipped?: readonly Cue[]
  readonly passed?: readonly PassedCue[]
  /** Nothing is done, only put right: after a gap, a reload, a late start. */
  readonly silent?: boolean
  /** Acts up to this offset of the cue count as done. */
  readonly actsFrom?: Millis
  /** A take is made even if the wish is the same: OBS shows something else. */
  readonly again?: boolean
}

/** Derives all that follows from a changed show: what is wanted now, the take that it takes, lines, and acts. */
export function settle(before: Context, changed: Show, why: Why): Context {
  const { timeline } = before
  const show = withBack(before, timeline === null ? changed : playMarks(timeline, changed))
  const acts = why.silent || timeline === null ? [] : dueActs(before, timeline, show, why)
  const picture = pictureOf(timeline, show, before.scenes)
  const passed = [...skippedCues(why), ...(why.passed ?? []), ...coveredCue(before, timeline, show, why)]
  const settled: Context = {
    ...before,
    show,
    picture: samePicture(picture, before.picture) ? before.picture : picture,
    actCount: before.actCount + acts.length,
    yield: { lines: passed.map(passedLine), passed, acts },
  }
  if (picture === null) return withoutTake(settled)
  if (!why.again && !needsTake(before, show, picture)) return settled
  return withTake(settled, picture, why)
}

/** The line of a take that has ended, confirmed at `at` if it was. */
export function ended(
  take: Take,
  outcome: AsRunLine['outcome'],
  sentAt: Instant | null,
  at: Instant | null,
): EndedTake {
  const { id, cue, title, scene, cause, plannedAt } = take
  const errorMs = at === null ? null : at - plannedAt
  return { takeId: id, line: { cue, title, scene, cause, plannedAt, sentAt, confirmedAt: at, errorMs, outcome } }
}

/** The program is confirmed: a release that led back to a scene outside of a show has done its work. */
export function arrived(context: Context, scene: string, at: Instant): Context {
  const program = { ...context.program, confirmed: scene, confirmedAt: at }
  if (context.show.back === null) return { ...context, program }
  return {
    ...context,
    show: { ...context.show, back: null },
    picture: null,
    program: { ...program, wanted: null },
  }
}

function needsTake(before: Context, show: Show, picture: Picture): boolean {
  if (before.picture === null || before.picture.scene !== picture.scene) return true
  const was = before.show
  if (was.override?.since !== show.override?.since || was.override?.scene !== show.override?.scene) return true
  return show.override === null && show.playhead !== null && was.playhead?.entry !== show.playhead.entry
}

function withTake(context: Context, picture: Picture, why: Why): Context {
  const { timeline, show } = context
  const cue = timeline === null || show.override !== null ? null : cueOn(timeline, show)
  const asked = show.override?.scene ?? (cue !== null && picture.scene !== timeline?.schedule.filler ? cue.scene : null)
  const replaced = asked !== null && present(timeline, asked, context.scenes).asked !== asked
  const take: Take = {
    id: context.takeCount + 1,
    cue: cue?.id ?? null,
    title: cue?.title ?? null,
    scene: picture.scene,
    cause: replaced ? 'fallback' : why.cause,
    plannedAt: why.at,
    pending: !context.ideal,
  }
  const lines = [...supersededLine(context), ...context.yield.lines]
  const program = { ...context.program, wanted: picture.scene, cause: take.cause }
  const taken: Context = { ...context, take, takeCount: take.id, program, yield: { ...context.yield, lines } }
  return context.ideal ? confirmedAtOnce(taken, take, why.at) : taken
}

function confirmedAtOnce(context: Context, take: Take, at: Instant): Context {
  const outcome = context.program.confirmed === take.scene ? 'already' : 'onAir'
  const line = ended(take, outcome, outcome === 'already' ? null : at, at)
  return arrived({ ...context, yield: { ...context.yield, lines: [...context.yield.lines, line] } }, take.scene, at)
}

function withoutTake(context: Context): Context {
  const program = context.program.wanted === null ? context.program : { ...context.program, wanted: null }
  const lines = [...supersededLine(context), ...context.yield.lines]
  return { ...context, picture: null, take: null, program, yield: { ...context.yield, lines } }
}

const supersededLine = ({ take }: Context): EndedTake[] =>
  take?.pending === true ? [ended(take, 'superseded', null, null)] : []

/** A force that the clock gave remembers what was on air as one by the operator does. */
function withBack(before: Context, show: Show): Show {
  const { override } = show
  if (override === null || override.by !== 'recurring' || before.show.override !== null) return show
  if (override.back !== null) return show
  return { ...show, override: { ...override, back: onAir(before) } }
}

/** What is on air, or on its way there. */
export const onAir = ({ take, program }: Context): string | null =>
  take?.pending === true ? program.wanted : (program.confirmed ?? program.wanted)

function dueActs(before: Context, timeline: Timeline, show: Show, why: Why): DueAct[] {
  const cue = cueOn(timeline, show)
  const { playhead } = show
  if (cue === null || playhead === null || playhead.reached < 0) return []
  const sameEntry = before.show.playhead?.entry === playhead.entry
  const from = why.actsFrom ?? (sameEntry ? (before.show.playhead?.reached ?? -1) : -1)
  const due = cue.actions
    .filter((action) => 'act' in action)
    .filter((action) => action.after > from && action.after <= playhead.reached)
    .sort((a, b) => a.after - b.after)
  return due.map((action, i) => ({ id: before.actCount + 1 + i, cue: cue.id, act: action.act }))
}

const passedLine = (passed: PassedCue): EndedTake => ({
  takeId: null,
  line: { ...passed, sentAt: null, confirmedAt: null, errorMs: null },
})

const skippedCues = (why: Why): PassedCue[] =>
  (why.skipped ?? []).map((cue) => passedCue(cue, why.cause, why.at, 'skipped'))

function coveredCue(before: Context, timeline: Timeline | null, show: Show, why: Why): PassedCue[] {
  if (timeline === null || show.override === null || show.playhead === null) return []
  if (before.show.playhead?.entry === show.playhead.entry) return []
  const cue = cueOn(timeline, show)
  return cue === null ? [] : [passedCue(cue, why.cause, why.at, 'covered')]
}

const passedCue = (cue: Cue, cause: TakeCause, plannedAt: Instant, outcome: PassedCue['outcome']): PassedCue => ({
  cue: cue.id,
  title: cue.title,
  scene: cue.scene,
  cause,
  plannedAt,
  outcome,
})
