import { type ActDue, nextChange, type Step, stepOf } from '../../playout/changes.ts'
import type { DueAct, PassedCue, Picture, TakeCause } from '../../playout/effect.ts'
import { cueOn } from '../../playout/endings.ts'
import { pictureOf, present, samePicture, wishOf } from '../../playout/picture.ts'
import { passedCue } from '../../playout/play.ts'
import { type Show, showWith } from '../../playout/show.ts'
import { none } from '../../playout/timeline.ts'
import type { Instant } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import {
  airDraft,
  type Context,
  contextDraft,
  contextWith,
  type EndedTake,
  type Take,
  withAir,
  type Yield,
} from './context.ts'
import { cleared } from './problems.ts'
import type { ProgramView } from './snapshot.ts'

/** Why the show has changed, and when. */
export type Why = {
  readonly at: Instant
  readonly cause: TakeCause
  /** When the wanted scene should have been on air; default: `at`. */
  readonly plannedAt?: Instant
  /** Makes a take even if the wish is the same, because OBS shows something else. */
  readonly again?: boolean
}

/**
 * Derives everything that follows from a changed show: the wanted picture, its take, lines, and acts. All changes of one instant
 * make one take, for what comes last; so while more is due at this instant, no take is made yet.
 */
export function settle(before: Context, step: Step, why: Why): Yield {
  const context = contextDraft(before)
  const air = airDraft(before.air)
  const show = withBack(before, step.show)
  const { playhead, override } = show
  context.show = show
  context.ahead = step.ahead
  context.change = nextChange(before.timeline, show, step.ahead)
  context.air = air
  const passed = passedCues(before, show, step, why)
  const acts = step.acts.length === 0 ? none : numbered(step.acts, air.actCount)
  air.actCount += acts.length
  if (playhead !== null && override !== null) air.logged = playhead.entry
  const found = pictureOf(before.timeline, show, before.outside.scenes)
  if (!samePicture(found, air.picture)) air.picture = found
  const { owed } = air
  const cause = owed === null || isNewWish(before, context) ? why.cause : owed
  const isMoreDue = context.change !== null && context.change.at === why.at
  air.owed = isMoreDue ? cause : null
  const wanted = air.picture?.scene ?? null
  if (wanted !== air.program.wanted) air.program = programOf(wanted, air.program)
  const lines = passed.length === 0 ? none : passed.map((one) => ended(one, one.outcome))
  if (isMoreDue) return { context, lines, passed, acts }
  const isTaken = air.picture !== null && (why.again === true || needsTake(air.take, show, air.picture))
  if (air.picture !== null && !isTaken) return { context, lines, passed, acts }
  const was = before.air.take
  const all = was?.pending === true ? [ended(was, 'superseded'), ...lines] : lines
  const take = air.picture === null ? null : takeOf(context, air.picture, cause, why)
  air.take = take
  if (take === null) return { context, lines: all, passed, acts }
  air.takeCount = take.id
  air.logged = take.entry ?? air.logged
  const { confirmed, confirmedAt } = air.program
  air.program = { wanted: take.scene, confirmed, confirmedAt, cause: take.cause }
  if (!before.outside.ideal) return { context, lines: all, passed, acts }
  const isOn = confirmed === take.scene
  const line = ended(take, isOn ? 'already' : 'onAir', isOn ? null : why.at, why.at)
  return { context: arrived(context, take.scene, why.at), lines: [...all, line], passed, acts }
}

/** Derives what follows from a show that a command or a report has changed. */
export const settleShow = (before: Context, show: Show, why: Why): Yield =>
  settle(before, stepOf(before.timeline, show), why)

const programOf = (wanted: string | null, { confirmed, confirmedAt, cause }: ProgramView): ProgramView => ({
  wanted,
  confirmed,
  confirmedAt,
  cause,
})

/** The line of a take that has ended, or of a cue that went by without one. `confirmedAt` is null if OBS didn't confirm it. */
export function ended(
  {
    id,
    cue,
    title,
    scene,
    cause,
    plannedAt,
  }: Pick<Take, 'cue' | 'title' | 'scene' | 'cause' | 'plannedAt'> & { id?: number },
  outcome: AsRunLine['outcome'],
  sentAt: Instant | null = null,
  confirmedAt: Instant | null = null,
  errorFrames: number | null = null,
  how: AsRunLine['how'] = sentAt === null ? null : 'plain',
): EndedTake {
  const errorMs = confirmedAt === null ? null : confirmedAt - plannedAt
  return {
    takeId: id ?? null,
    line: { cue, title, scene, cause, plannedAt, sentAt, confirmedAt, errorMs, how, errorFrames, outcome },
  }
}

/** OBS has named a scene as program. Problems of earlier takes are over. A release that led back to a scene outside a show is done. */
export function arrived(before: Context, scene: string, at: Instant): Context {
  const context = cleared(cleared(seenOn(before, scene, at), 'takeFailed'), 'secondController')
  const { show, air } = context
  if (show.back === null) return context
  const led = contextWith(context, { show: showWith(show, { back: null }) })
  return withAir(led, { picture: null, program: programOf(null, air.program) })
}

/** Notes that OBS shows this scene. */
export function seenOn(context: Context, scene: string, at: Instant): Context {
  const { wanted, cause } = context.air.program
  return withAir(context, { program: { wanted, confirmed: scene, confirmedAt: at, cause } })
}

/** A take is needed for another scene, for another entry of a cue, and when a force begins or ends. */
function needsTake(take: Take | null, { override, playhead }: Show, picture: Picture): boolean {
  if (take === null || take.scene !== picture.scene) return true
  if (take.force?.since !== override?.since || take.force?.scene !== override?.scene) return true
  return override === null && playhead !== null && take.entry !== playhead.entry
}

/** Whether the wanted scene has changed, or the cue entry or force that wants it. */
function isNewWish({ show: was, air: before }: Context, { show: { override, playhead }, air }: Context): boolean {
  if (air.picture?.scene !== before.picture?.scene) return true
  if (was.override?.since !== override?.since || was.override?.scene !== override?.scene) return true
  return override === null && was.playhead?.entry !== playhead?.entry
}

function takeOf(context: Context, picture: Picture, cause: TakeCause, why: Why): Take {
  const { timeline, show, air, outside } = context
  const { override, playhead } = show
  const wish = wishOf(timeline, show)
  const cue = timeline === null || wish?.by !== 'cue' ? null : cueOn(timeline, show)
  const isReplaced = wish !== null && present(timeline, wish, outside.scenes).isFallback
  const before = air.take
  return {
    id: air.takeCount + 1,
    cue: cue?.id ?? null,
    title: cue?.title ?? null,
    scene: picture.scene,
    cause: isReplaced ? 'fallback' : cause,
    plannedAt: why.plannedAt ?? why.at,
    pending: !outside.ideal,
    entry: playhead?.entry ?? null,
    force: override === null ? null : { scene: override.scene, since: override.since },
    superseded: before?.pending === true ? [...before.superseded, before.scene] : none,
  }
}

/**
 * Where a release leads back to outside a show. A recurring force remembers what was on air, as the operator's does. After a force
 * that ended exactly at the end of the show, it is the last cue's scene.
 */
function withBack(before: Context, show: Show): Show {
  const { override } = show
  const { timeline, show: was, air } = before
  if (show.playhead === null && was.playhead !== null && was.override === null && air.take?.force != null)
    return timeline === null ? show : showWith(show, { back: cueOn(timeline, was)?.scene ?? null })
  if (override === null || override.by !== 'recurring' || before.show.override !== null) return show
  if (override.back !== null) return show
  return showWith(show, { override: { ...override, back: onAir(before) } })
}

/** What is on air, or on its way there. */
export const onAir = ({ air: { take, program } }: Context): string | null =>
  take?.pending === true ? program.wanted : (program.confirmed ?? program.wanted)

const numbered = (acts: readonly ActDue[], count: number): readonly DueAct[] =>
  acts.map(({ cue, act }, i) => ({ id: count + 1 + i, cue, act }))

/**
 * The cues that went by without a take: one that was on for no time, those that were cut out or jumped over, one under a force or
 * already replaced by its filler, and those that the step itself passed.
 */
function passedCues({ timeline, air, show: was }: Context, show: Show, step: Step, why: Why): readonly PassedCue[] {
  const { playhead } = show
  const wish = playhead !== null && playhead.entry > air.logged ? (wishOf(timeline, show)?.by ?? 'cue') : 'cue'
  const isGone = was.playhead !== null && was.playhead.entry > air.logged && was.playhead.entry !== playhead?.entry
  if (wish === 'cue' && !isGone && step.skipped.length === 0) return step.passed.length === 0 ? none : step.passed
  const gone = isGone && timeline !== null ? cueOn(timeline, was) : null
  const { at, plannedAt = at, cause } = why
  const unseen = wish !== 'cue' && timeline !== null ? cueOn(timeline, show) : null
  return [
    ...(gone === null ? [] : [passedCue(gone, cause, plannedAt, 'skipped')]),
    ...step.skipped.map((cue) => passedCue(cue, cause, plannedAt, 'skipped')),
    ...(unseen === null ? [] : [passedCue(unseen, cause, plannedAt, wish === 'filler' ? 'skipped' : 'covered')]),
    ...step.passed,
  ]
}
