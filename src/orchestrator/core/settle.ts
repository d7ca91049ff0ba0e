import { type ActDue, nextChange, type Step } from '../../playout/changes.ts'
import type { DueAct, PassedCue, Picture, TakeCause } from '../../playout/effect.ts'
import { cueOn } from '../../playout/endings.ts'
import { pictureOf, present, samePicture, wishOf } from '../../playout/picture.ts'
import { type Show, showWith } from '../../playout/show.ts'
import type { Cue } from '../../playout/timeline.ts'
import type { Instant } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import {
  airWith,
  type Context,
  contextWith,
  type EndedTake,
  noActs,
  noLines,
  noPassed,
  type Outcome,
  type Take,
} from './context.ts'
import { cleared } from './problems.ts'

/** Why the show has changed, and when. */
export type Why = {
  readonly at: Instant
  readonly cause: TakeCause
  /** When what is wanted now was to be on air; default: `at`. */
  readonly plannedAt?: Instant
  /** A take is made even if the wish is the same: OBS shows something else. */
  readonly again?: boolean
}

/**
 * Derives all that follows from a changed show: what is wanted now, the take for it, lines, and acts. Changes of one instant make
 * one take together, for what comes last: while more is due at this instant, what is on air stays as it is.
 */
export function settle(before: Context, step: Step, why: Why): Outcome {
  const show = withBack(before, step.show)
  const change = nextChange(before.timeline, show, step.ahead)
  const passed = passedCues(before, show, step, why)
  const acts = step.acts.length === 0 ? noActs : numbered(step.acts, before.air.actCount)
  const { playhead, override } = show
  const air = airWith(before.air, {
    actCount: before.air.actCount + acts.length,
    logged: playhead !== null && override !== null ? playhead.entry : before.air.logged,
  })
  const played = contextWith(before, { show, ahead: step.ahead, change, air })
  const lines = passed.length === 0 ? noLines : passed.map(passedLine)
  const wanting = withPicture(played)
  const { owed } = before.air
  const cause = owed === null || isNewWish(before, wanting) ? why.cause : owed
  if (change !== null && change.at === why.at)
    return { context: withAir(wanting, { owed: cause }), lines, passed, acts }
  const made = taking(wanting, cause === why.cause ? why : { ...why, cause })
  const { superseded, confirmed } = made
  const context = owed === null ? made.context : withAir(made.context, { owed: null })
  const all = superseded.length + confirmed.length === 0 ? lines : [...superseded, ...lines, ...confirmed]
  return { context, lines: all, passed, acts }
}

/** What is wanted now. */
function withPicture(context: Context): Context {
  const { timeline, show, air, outside } = context
  const found = pictureOf(timeline, show, outside.scenes)
  if (samePicture(found, air.picture)) return context
  const wanted = found?.scene ?? null
  const program = wanted === air.program.wanted ? air.program : { ...air.program, wanted }
  return withAir(context, { picture: found, program })
}

type Taken = {
  readonly context: Context
  readonly superseded: readonly EndedTake[]
  readonly confirmed: readonly EndedTake[]
}

/** Makes the take for what is wanted, if it needs one. */
function taking(context: Context, why: Why): Taken {
  const { show, air, outside } = context
  if (air.picture === null) {
    const free = air.take === null ? context : withAir(context, { take: null })
    return { context: free, superseded: superseding(air.take), confirmed: noLines }
  }
  if (why.again !== true && !needsTake(air.take, show, air.picture))
    return { context, superseded: noLines, confirmed: noLines }
  const take = takeOf(context, air.picture, why)
  const { confirmed, confirmedAt } = air.program
  const program = { wanted: take.scene, confirmed, confirmedAt, cause: take.cause }
  const taken = withAir(context, { take, takeCount: take.id, logged: take.entry ?? air.logged, program })
  const superseded = superseding(air.take)
  if (!outside.ideal) return { context: taken, superseded, confirmed: noLines }
  const isOn = confirmed === take.scene
  const line = ended(take, isOn ? 'already' : 'onAir', isOn ? null : why.at, why.at)
  return { context: arrived(taken, take.scene, why.at), superseded, confirmed: [line] }
}

const withAir = (context: Context, changes: Partial<Context['air']>): Context =>
  contextWith(context, { air: airWith(context.air, changes) })

/** The line of a take that has ended, confirmed at `confirmedAt` if it was. */
export function ended(
  take: Take,
  outcome: AsRunLine['outcome'],
  sentAt: Instant | null,
  confirmedAt: Instant | null,
  errorFrames: number | null = null,
  how: AsRunLine['how'] = sentAt === null ? null : 'plain',
): EndedTake {
  const { id, cue, title, scene, cause, plannedAt } = take
  const errorMs = confirmedAt === null ? null : confirmedAt - plannedAt
  return {
    takeId: id,
    line: { cue, title, scene, cause, plannedAt, sentAt, confirmedAt, errorMs, how, errorFrames, outcome },
  }
}

/**
 * OBS has named a scene as program: what was wrong with a take before is over, and a release that led back to a scene outside a
 * show has done its work.
 */
export function arrived(before: Context, scene: string, at: Instant): Context {
  const context = cleared(cleared(seenOn(before, scene, at), 'takeFailed'), 'secondController')
  const { show, air } = context
  if (show.back === null) return context
  return contextWith(context, {
    show: showWith(show, { back: null }),
    air: airWith(air, { picture: null, program: { ...air.program, wanted: null } }),
  })
}

/** OBS shows this scene. */
export const seenOn = (context: Context, scene: string, at: Instant): Context =>
  withAir(context, { program: { ...context.air.program, confirmed: scene, confirmedAt: at } })

/** A take is needed for another scene, for another entry of a cue, and where a force comes or goes. */
function needsTake(take: Take | null, { override, playhead }: Show, picture: Picture): boolean {
  if (take === null || take.scene !== picture.scene) return true
  if (take.force?.since !== override?.since || take.force?.scene !== override?.scene) return true
  return override === null && playhead !== null && take.entry !== playhead.entry
}

/** Whether something else is wanted, or for another reason. */
function isNewWish({ show: was, air: before }: Context, { show: { override, playhead }, air }: Context): boolean {
  if (air.picture?.scene !== before.picture?.scene) return true
  if (was.override?.since !== override?.since || was.override?.scene !== override?.scene) return true
  return override === null && was.playhead?.entry !== playhead?.entry
}

function takeOf(context: Context, picture: Picture, why: Why): Take {
  const { timeline, show, air, outside } = context
  const { override, playhead } = show
  const wish = wishOf(timeline, show)
  const cue = timeline === null || wish?.by !== 'cue' ? null : cueOn(timeline, show)
  const isReplaced = wish !== null && present(timeline, wish.scene, outside.scenes).isFallback
  const before = air.take
  return {
    id: air.takeCount + 1,
    cue: cue?.id ?? null,
    title: cue?.title ?? null,
    scene: picture.scene,
    cause: isReplaced ? 'fallback' : why.cause,
    plannedAt: why.plannedAt ?? why.at,
    pending: !outside.ideal,
    entry: playhead?.entry ?? null,
    force: override === null ? null : { scene: override.scene, since: override.since },
    superseded: before?.pending === true ? [...before.superseded, before.scene] : noScenes,
  }
}

const noScenes: readonly string[] = []

/** The line of the take that was on its way, which a new one supersedes. */
const superseding = (take: Take | null): readonly EndedTake[] =>
  take?.pending === true ? [ended(take, 'superseded', null, null)] : noLines

/**
 * A force that the clock gave remembers what was on air as one by the operator does. A force that ended at the very end of the
 * show leaves the last cue's scene.
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
 * The cue that was on for no time, cues that were cut out or jumped over, a cue that came on under a force or is over already so
 * that its filler is on, and what the step itself passed.
 */
function passedCues({ timeline, air, show: was }: Context, show: Show, step: Step, why: Why): readonly PassedCue[] {
  const { playhead } = show
  const wish = playhead !== null && playhead.entry > air.logged ? (wishOf(timeline, show)?.by ?? 'cue') : 'cue'
  const isGone = was.playhead !== null && was.playhead.entry > air.logged && was.playhead.entry !== playhead?.entry
  if (wish === 'cue' && !isGone && step.skipped.length === 0) return step.passed.length === 0 ? noPassed : step.passed
  const gone = isGone && timeline !== null ? cueOn(timeline, was) : null
  const unseen = wish !== 'cue' && timeline !== null ? cueOn(timeline, show) : null
  return [
    ...(gone === null ? [] : [passedCue(gone, why, 'skipped')]),
    ...step.skipped.map((cue) => passedCue(cue, why, 'skipped')),
    ...(unseen === null ? [] : [passedCue(unseen, why, wish === 'force' ? 'covered' : 'skipped')]),
    ...step.passed,
  ]
}

const passedCue = ({ id, title, scene }: Cue, why: Why, outcome: PassedCue['outcome']): PassedCue => ({
  cue: id,
  title,
  scene,
  cause: why.cause,
  plannedAt: why.plannedAt ?? why.at,
  outcome,
})

/** Written out, as a long sleep has many. */
const passedLine = ({ cue, title, scene, cause, plannedAt, outcome }: PassedCue): EndedTake => ({
  takeId: null,
  line: {
    cue,
    title,
    scene,
    cause,
    plannedAt,
    sentAt: null,
    confirmedAt: null,
    errorMs: null,
    how: null,
    errorFrames: null,
    outcome,
  },
})
