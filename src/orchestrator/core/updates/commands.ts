import { stepOf } from '../../../playout/changes.ts'
import { cueOn, following, type Target } from '../../../playout/endings.ts'
import { begin, enter, putOn } from '../../../playout/entry.ts'
import { endForce, endShow, force, pause, resume } from '../../../playout/override.ts'
import { type Playhead, playheadWith, type Show, showClock, showWith } from '../../../playout/show.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { arm } from '../arming.ts'
import { type Context, contextWith, only, withOutside, type Yield } from '../context.ts'
import type { In } from '../input.ts'
import { graceOver } from '../policies.ts'
import { cleared } from '../problems.ts'
import { onAir, settle, settleShow } from '../settle.ts'
import { started } from './start.ts'

type At = { readonly at: Instant }

/** Begins the show: at the named cue or, without one, at the last hard start already past, otherwise at the first cue. */
export function toStart(context: Context, { at, cue }: In<'start'>): Yield {
  const { timeline } = context
  if (timeline === null) return only(context)
  const index = cue === undefined ? null : (timeline.byId.get(cue) ?? null)
  return started(despiteLoss(context, at), begin(timeline, showWith(context.show, { at }), at, index), at, 'command')
}

/** Ends the show and leaves its scene. A force stays, except one until the end of the cue. */
export function toStop(context: Context, { at }: At): Yield {
  return settleShow(contextWith(context, { arming: null }), endedShow(context, at), {
    at,
    cause: 'command',
  })
}

export function toReset(context: Context, { at }: At): Yield {
  const { override } = context.show
  const off = endedShow(context, at)
  const show = override === null ? off : showWith(off, { override: null, back: lastScene(context) ?? override.back })
  const yielded = settleShow(cleared(context, 'actMissed'), show, { at, cause: 'release' })
  return { ...yielded, context: arm(yielded.context, at, 'future') }
}

const endedShow = (context: Context, at: Instant): Show => endShow(context.show, at, lastScene(context))

const lastScene = ({ timeline, show }: Context): string | null =>
  timeline === null ? null : (cueOn(timeline, show)?.scene ?? null)

export const toPause = (context: Context, { at }: At): Yield =>
  settleShow(context, pause(context.show, at, 'operator'), { at, cause: 'schedule' })

export const toResume = (context: Context, { at }: At): Yield =>
  settleShow(despiteLoss(context, at), resume(context.show, at), { at, cause: 'schedule' })

/** Goes to the next cue that can come on, also into the next round. */
export function toNext(context: Context, { at }: At): Yield {
  const { timeline, show } = context
  if (timeline === null || show.playhead === null) return only(context)
  const entered = enter(timeline, show, following(timeline, show.playhead), showClock(show, at), at)
  return settle(context, stepOf(timeline, entered.show, entered.skipped), { at, cause: 'command' })
}

export function toPrevious(context: Context, { at }: At): Yield {
  const { playhead } = context.show
  if (playhead === null) return only(context)
  return jump(context, { ...playhead, index: previousIndex(playhead) }, at, 0)
}

/** A removed cue that plays out comes after the cue at `index`, so that one is its previous cue. */
export const previousIndex = ({ index, removed }: Playhead): number => (removed === null ? index - 1 : index)

export function toCue(context: Context, { at, cue, offset = 0 }: In<'goTo'>): Yield {
  const { playhead } = context.show
  const index = context.timeline?.byId.get(cue)
  if (playhead === null || index === undefined) return only(context)
  return jump(context, { ...playhead, index }, at, offset)
}

export const toHold = (context: Context, { at }: At): Yield => holding(context, at, true)

/** Lets the cue end as planned or, if that is past, now. */
export const toUnhold = (context: Context, { at }: At): Yield => holding(context, at, false)

/** Moves the cue's end, but not to before now. */
export function toExtend(context: Context, { at, by }: In<'extend'>): Yield {
  const { show, ahead } = context
  if (ahead === null || ahead.own === null || show.playhead === null) return only(context)
  const end = ahead.own
  const moved = by > 0 ? end + by : Math.max(end + by, Math.min(end, showClock(show, at)))
  return changed(context, at, { adjusted: show.playhead.adjusted + moved - end })
}

export function toForce(context: Context, event: In<'forceScene'>): Yield {
  const { at, scene, until = 'release', transition = null, pause = false, toggle = false } = event
  const { show } = context
  if (toggle && show.override?.scene === scene) return toRelease(context, { at })
  const ends = typeof until === 'number' ? at + until : until
  const asked = { scene, ends, by: 'operator', pause, transition } as const
  return settleShow(context, force(show, at, asked, onAir(context)), { at, cause: 'force' })
}

export const toRelease = (context: Context, { at }: At): Yield =>
  settleShow(context, endForce(context.show, at), { at, cause: 'release' })

/** If the stream has been lost for too long, starting or resuming the show is the operator's decision: don't pause it again. */
function despiteLoss(context: Context, at: Instant): Context {
  const over = graceOver(context)
  return over !== null && over <= at ? withOutside(context, { lostSince: null }) : context
}

function jump(context: Context, target: Target, at: Instant, offset: Millis): Yield {
  const { timeline, show } = context
  if (timeline === null) return only(context)
  const { round, index, day } = target
  const put = putOn(timeline, show, { round, index, day }, showClock(show, at) - offset, at, true)
  const reached = offset - 1
  const there = put.playhead === null ? put : showWith(put, { playhead: playheadWith(put.playhead, { reached }) })
  return settleShow(context, there, { at, cause: 'command' })
}

function holding(context: Context, at: Instant, held: boolean): Yield {
  const { show, ahead } = context
  if (ahead === null || show.playhead === null || (show.playhead.held ?? ahead.cue.hold) === held) return only(context)
  return changed(context, at, { held })
}

function changed(context: Context, at: Instant, change: Partial<Playhead>): Yield {
  const { show } = context
  if (show.playhead === null) return only(context)
  const next = showWith(show, { at, playhead: playheadWith(show.playhead, change) })
  return settleShow(context, next, { at, cause: 'schedule' })
}
