import { stepOf } from '../../../playout/changes.ts'
import { cueOn, lookAhead, untilOf } from '../../../playout/endings.ts'
import { nameInObs } from '../../../playout/picture.ts'
import { recurredUpTo } from '../../../playout/recurring.ts'
import { movedCues } from '../../../playout/sameCues.ts'
import { type Plan, type Playhead, playheadWith, type Show, showWith } from '../../../playout/show.ts'
import { compile, type Timeline } from '../../../playout/timeline.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { arm } from '../arming.ts'
import { type Context, contextWith, type Yield } from '../context.ts'
import type { In } from '../input.ts'
import { sceneProblems, streamAlreadyLive } from '../problems.ts'
import { settle, settleShow } from '../settle.ts'

/** Loads a schedule while no show is on. A past start time counts only for the first schedule. */
export function toConfigured(context: Context, { schedule, at }: In<'configure'>): Yield {
  const timeline = compile(schedule)
  const loaded = sceneProblems(contextWith(context, { timeline }), at)
  const show = showWith(context.show, { at, playhead: null, pause: null })
  const yielded = settleShow(loaded, show, { at, cause: 'reload' })
  const armed = arm(yielded.context, at, context.timeline === null ? 'launch' : 'future')
  return { ...yielded, context: streamAlreadyLive(armed, at) }
}

/**
 * Changes the schedule of a show that is on. The running cue keeps its entry time and extensions. If it is gone from the new
 * schedule, it plays out; then comes the first later cue that both schedules have or, if there is none, the cue at its place.
 */
export function toReloaded(context: Context, event: In<'configure'>): Yield {
  const { timeline: before, show, outside } = context
  const { at } = event
  const { playhead } = show
  const on = before === null ? null : cueOn(before, show)
  if (before === null || playhead === null || on === null) return toConfigured(context, event)
  const timeline = compile(event.schedule)
  const moved = movedCues(before, timeline, playhead, (scene) => nameInObs(scene, outside.scenes))
  const isGone = moved.index === null
  const index = moved.index ?? moved.next - 1
  const until = playhead.removed === null ? untilOf(before, playhead) : playhead.removed.until
  const put = playheadWith(playhead, {
    index,
    day: moved.day,
    removed: isGone ? { cue: on, until } : null,
    reached: playedBy(at, show, playhead),
    media: isGone || timeline.cues[index]?.media === on.media ? playhead.media : null,
  })
  const reloaded = showWith(show, { at, playhead: put })
  const { planShift } = moved
  const plan =
    planShift === null
      ? planFrom(timeline, reloaded, put)
      : { ...playhead.plan, index: playhead.plan.index + planShift, day: moved.day }
  const next = recurredUpTo(showWith(reloaded, { playhead: playheadWith(put, { plan }) }), at)
  const loaded = sceneProblems(contextWith(context, { timeline }), at)
  return settle(loaded, { ...stepOf(timeline, next), acts: [] }, { at, cause: 'reload' })
}

/** A new plan from where the show is. Any lateness until now no longer counts. */
function planFrom(timeline: Timeline, show: Show, playhead: Playhead): Plan {
  const { index, enteredAt, adjusted, day, removed } = playhead
  const at = removed === null ? enteredAt + adjusted : (lookAhead(timeline, show)?.endsAt ?? show.at)
  return { index: removed === null ? index : index + 1, at, wall: at + show.offset, day }
}

/** How far into the cue the show has played. Acts that a reload adds before this point are never done. */
function playedBy(at: Instant, { pause }: Show, { enteredAt, arrivedAt, reached }: Playhead): Millis {
  if (pause === null) return Math.max(reached, at - enteredAt)
  // If the cue was put on during the pause, an act at exactly that point is done at resume.
  const isPutOnHere = arrivedAt >= pause.since
  return Math.max(reached, pause.since - enteredAt - (isPutOnHere ? 1 : 0))
}
