import { cueOn, following, ownEnd, type Target } from '../../../playout/endings.ts'
import { begin, type Entered, enter, putOn } from '../../../playout/entry.ts'
import { endForce, force, pause, resume } from '../../../playout/override.ts'
import { type Playhead, playheadWith, type Show, showClock, showWith } from '../../../playout/show.ts'
import type { Timeline } from '../../../playout/timeline.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { arm } from '../arming.ts'
import { type Context, contextWith } from '../context.ts'
import { graceOver } from '../due.ts'
import type { In } from '../input.ts'
import { onAir, settle } from '../settle.ts'
import { started } from './start.ts'

/** The show begins: at its first cue, at the cue that is named, or joined at the last hard start already past. */
export function toStart(context: Context, { at, cue }: In<'start'>): Context {
  const { timeline } = context
  if (timeline === null) return context
  const index = cue === undefined ? null : (timeline.byId.get(cue) ?? null)
  return started(despiteLoss(context, at), begin(timeline, showWith(context.show, { at }), at, index), at, 'command')
}

/** Ends the show; a force of its own stays on. */
export function toStop(context: Context, { at }: In<'stop'>): Context {
  const { override } = context.show
  const kept = override?.ends === 'cueEnd' ? null : override
  const show = showWith(context.show, { at, playhead: null, pause: null, override: kept })
  return settle(contextWith(context, { arming: null }), show, { at, cause: 'command' })
}

export const toPause = (context: Context, { at }: In<'pause'>): Context =>
  settle(context, pause(context.show, at, 'operator'), { at, cause: 'command' })

export const toResume = (context: Context, { at }: In<'resume'>): Context =>
  settle(despiteLoss(context, at), resume(context.show, at), { at, cause: 'command' })

export function toReset(context: Context, { at }: In<'reset'>): Context {
  const show = endForce(showWith(context.show, { at, playhead: null, pause: null }), at)
  return arm(settle(context, show, { at, cause: 'release' }), at, 'future')
}

export function toNext(context: Context, { at }: { readonly at: Instant }): Context {
  const { timeline, show } = context
  if (timeline === null) return context
  const entered = nextEntered(timeline, show, at)
  return settle(context, entered.show, { at, cause: 'command', skipped: entered.skipped })
}

/** Whether there is no cue after this one that could come on. */
export function endsByNext({ timeline, show }: Context, { at }: { readonly at: Instant }): boolean {
  if (timeline === null) return true
  const to = following(timeline, show)
  if (to === null) return true
  // Only an `until` can be past: the cues to which that happens are passed over.
  return timeline.cues[to.index]?.until !== null && nextEntered(timeline, show, at).show.playhead === null
}

const nextEntered = (timeline: Timeline, show: Show, at: Instant): Entered =>
  enter(timeline, show, following(timeline, show), showClock(show, at), at)

export function toPrevious(context: Context, { at }: { readonly at: Instant }): Context {
  const { playhead } = context.show
  if (playhead === null) return context
  return jump(context, { round: playhead.round, index: playhead.index - 1, day: playhead.day }, at, 0)
}

export function toCue(context: Context, { at, cue, offset }: In<'goTo'>): Context {
  const { playhead } = context.show
  const index = context.timeline?.byId.get(cue)
  if (playhead === null || index === undefined) return context
  return jump(context, { round: playhead.round, index, day: playhead.day }, at, offset)
}

export const toHold = (context: Context, { at }: { readonly at: Instant }): Context => holding(context, at, true)

/** The cue ends as planned; where that is past, now. */
export const toUnhold = (context: Context, { at }: { readonly at: Instant }): Context => holding(context, at, false)

/** Moves the cue's end; a shorter cue ends now at the earliest. */
export function toExtend(context: Context, { at, by }: In<'extend'>): Context {
  const { timeline, show } = context
  const end = timeline === null ? null : ownEnd(timeline, show)
  if (end === null || show.playhead === null) return context
  const moved = by > 0 ? end + by : Math.max(end + by, Math.min(end, showClock(show, at)))
  return changed(context, at, { adjusted: show.playhead.adjusted + moved - end })
}

export function toForce(context: Context, event: In<'forceScene'>): Context {
  const { at, scene, until, transition } = event
  const { show } = context
  if (event.toggle && show.override?.scene === scene) return toRelease(context, { at })
  const ends = typeof until === 'number' ? at + until : until
  const asked = { scene, ends, by: 'operator', pause: event.pause, transition } as const
  return settle(context, force(show, at, asked, onAir(context)), { at, cause: 'force' })
}

export const toRelease = (context: Context, { at }: { readonly at: Instant }): Context =>
  settle(context, endForce(context.show, at), { at, cause: 'release' })

/** Who lets the show go on with a stream that has been lost for too long has decided what becomes of it. */
function despiteLoss(context: Context, at: Instant): Context {
  const over = graceOver(context)
  return over !== null && over <= at ? contextWith(context, { lostSince: null }) : context
}

function jump(context: Context, target: Target, at: Instant, offset: Millis): Context {
  const { timeline, show } = context
  if (timeline === null) return context
  const put = putOn(timeline, show, target, showClock(show, at) - offset, at, true)
  const reached = offset - 1
  const there = put.playhead === null ? put : showWith(put, { playhead: playheadWith(put.playhead, { reached }) })
  return settle(context, there, { at, cause: 'command', actsFrom: reached })
}

function holding(context: Context, at: Instant, held: boolean): Context {
  const { timeline, show } = context
  const cue = timeline === null ? null : cueOn(timeline, show)
  if (cue === null || show.playhead === null || (show.playhead.held ?? cue.hold) === held) return context
  return changed(context, at, { held })
}

function changed(context: Context, at: Instant, change: Partial<Playhead>): Context {
  const { show } = context
  if (show.playhead === null) return context
  return settle(context, showWith(show, { at, playhead: playheadWith(show.playhead, change) }), {
    at,
    cause: 'schedule',
  })
}
