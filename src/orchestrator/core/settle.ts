import { playMarks } from '../../playout/changes.ts'
import type { DueAct, PassedCue, Picture, TakeCause } from '../../playout/effect.ts'
import { cueOn } from '../../playout/endings.ts'
import { pictureOf, present, samePicture, wishOf } from '../../playout/picture.ts'
import { type Show, showWith } from '../../playout/show.ts'
import type { Cue, Timeline } from '../../playout/timeline.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import { type Context, contextSettled, contextWith, type EndedTake, programWith, type Take } from './context.ts'
import { cleared } from './problems.ts'

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
  const acts = why.silent || timeline === null ? noActs : dueActs(before, timeline, show, why)
  const passed = passedCues(before, show, why)
  const lines = passed.length === 0 ? noLines : passed.map(passedLine)
  const actCount = before.actCount + acts.length
  const found = pictureOf(timeline, show, before.scenes)
  const picture = samePicture(found, before.picture) ? before.picture : found
  if (picture === null) {
    const program = before.program.wanted === null ? before.program : programWith(before.program, { wanted: null })
    const yielded = { lines: superseding(before, lines), passed, acts }
    const { takeCount } = before
    return contextSettled(before, { show, picture, take: null, takeCount, actCount, program, yield: yielded })
  }
  if (!why.again && !needsTake(before, show, picture)) {
    const { take, takeCount, program } = before
    const yielded = { lines, passed, acts }
    return contextSettled(before, { show, picture, take, takeCount, actCount, program, yield: yielded })
  }
  const take = takeOf(before, show, picture, why)
  const { id: takeCount, scene: wanted, cause, plannedAt: at } = take
  const { ideal } = before
  const program = programWith(
    before.program,
    ideal ? { wanted, confirmed: wanted, confirmedAt: at, cause } : { wanted, cause },
  )
  const yielded = { lines: confirming(before, take, superseding(before, lines)), passed, acts }
  const taken = contextSettled(before, { show, picture, take, takeCount, actCount, program, yield: yielded })
  return ideal ? confirmed(taken) : taken
}

const noActs: readonly DueAct[] = []
const noLines: readonly EndedTake[] = []

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

/** OBS has named a scene as program. */
export const arrived = (context: Context, scene: string, at: Instant): Context =>
  confirmed(contextWith(context, { program: programWith(context.program, { confirmed: scene, confirmedAt: at }) }))

/**
 * The program is confirmed: what was wrong with a take before is over, and a release that led back to a scene outside of a
 * show has done its work.
 */
function confirmed(taken: Context): Context {
  const context = cleared(cleared(taken, 'takeFailed'), 'secondController')
  const { show, program } = context
  if (show.back === null) return context
  return contextWith(context, {
    show: showWith(show, { back: null }),
    picture: null,
    program: programWith(program, { wanted: null }),
  })
}

function needsTake(before: Context, show: Show, picture: Picture): boolean {
  if (before.picture === null || before.picture.scene !== picture.scene) return true
  const was = before.show
  if (was.override?.since !== show.override?.since || was.override?.scene !== show.override?.scene) return true
  return show.override === null && show.playhead !== null && was.playhead?.entry !== show.playhead.entry
}

function takeOf(before: Context, show: Show, picture: Picture, why: Why): Take {
  const { timeline } = before
  const cue = timeline === null || show.override !== null ? null : cueOn(timeline, show)
  const asked = wishOf(timeline, show)?.scene
  const isReplaced = asked !== undefined && present(timeline, asked, before.scenes).isFallback
  return {
    id: before.takeCount + 1,
    cue: cue?.id ?? null,
    title: cue?.title ?? null,
    scene: picture.scene,
    cause: isReplaced ? 'fallback' : why.cause,
    plannedAt: why.at,
    pending: !before.ideal,
  }
}

/** The lines of a change that ends the take which was on its way. */
const superseding = ({ take }: Context, lines: readonly EndedTake[]): readonly EndedTake[] =>
  take?.pending === true ? [ended(take, 'superseded', null, null), ...lines] : lines

/** An ideal OBS confirms each take at once. */
function confirming({ ideal, program }: Context, take: Take, lines: readonly EndedTake[]): readonly EndedTake[] {
  if (!ideal) return lines
  const isOn = program.confirmed === take.scene
  return [...lines, ended(take, isOn ? 'already' : 'onAir', isOn ? null : take.plannedAt, take.plannedAt)]
}

/** A force that the clock gave remembers what was on air as one by the operator does. */
function withBack(before: Context, show: Show): Show {
  const { override } = show
  if (override === null || override.by !== 'recurring' || before.show.override !== null) return show
  if (override.back !== null) return show
  return showWith(show, { override: { ...override, back: onAir(before) } })
}

/** What is on air, or on its way there. */
export const onAir = ({ take, program }: Context): string | null =>
  take?.pending === true ? program.wanted : (program.confirmed ?? program.wanted)

function dueActs(before: Context, timeline: Timeline, show: Show, why: Why): readonly DueAct[] {
  const cue = cueOn(timeline, show)
  const { playhead } = show
  if (cue === null || playhead === null || playhead.reached < 0) return noActs
  const sameEntry = before.show.playhead?.entry === playhead.entry
  const from = why.actsFrom ?? (sameEntry ? (before.show.playhead?.reached ?? -1) : -1)
  const due = cue.actions
    .filter((action) => 'act' in action)
    .filter((action) => action.after > from && action.after <= playhead.reached)
  return due.map((action, i) => ({ id: before.actCount + 1 + i, cue: cue.id, act: action.act }))
}

/** Written out, for the reason that `showWith` gives: a long sleep has many. */
const passedLine = ({ cue, title, scene, cause, plannedAt, outcome }: PassedCue): EndedTake => ({
  takeId: null,
  line: { cue, title, scene, cause, plannedAt, sentAt: null, confirmedAt: null, errorMs: null, outcome },
})

const noCues: readonly PassedCue[] = []

/** Cues that were cut out or jumped over, then what the step itself went by, then a cue that came on under a force. */
function passedCues(
  before: Context,
  show: Show,
  { skipped = [], passed = noCues, cause, at }: Why,
): readonly PassedCue[] {
  const covered = coveredCue(before, show)
  if (skipped.length === 0 && covered === null) return passed
  const gone = skipped.map((cue) => passedCue(cue, cause, at, 'skipped'))
  return [...gone, ...passed, ...(covered === null ? [] : [passedCue(covered, cause, at, 'covered')])]
}

function coveredCue({ timeline, show: was }: Context, show: Show): Cue | null {
  if (timeline === null || show.override === null || was.playhead?.entry === show.playhead?.entry) return null
  return cueOn(timeline, show)
}

const passedCue = (cue: Cue, cause: TakeCause, plannedAt: Instant, outcome: PassedCue['outcome']): PassedCue => ({
  cue: cue.id,
  title: cue.title,
  scene: cue.scene,
  cause,
  plannedAt,
  outcome,
})
