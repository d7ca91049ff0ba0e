import { type ActDue, type Change, step } from '../../../playout/changes.ts'
import { pause, resume } from '../../../playout/override.ts'
import { type Played, playUnseen } from '../../../playout/play.ts'
import { showWith } from '../../../playout/show.ts'
import type { Cue } from '../../../playout/timeline.ts'
import { armedBySetClock } from '../arming.ts'
import { type Context, contextWith, only, withOutside, type Yield } from '../context.ts'
import type { In } from '../input.ts'
import { latestAct, standsStill } from '../policies.ts'
import { actsMissed } from '../problems.ts'
import { settle, settleShow, type Why } from '../settle.ts'

const causes = {
  'due.release': 'release',
  'due.cue': 'schedule',
  'due.picture': 'schedule',
  'due.recur': 'recurring',
} as const

/** One change that comes by itself. */
export const toDue = (context: Context, change: Change): Yield =>
  settle(context, step(context.timeline, context.show, change), { at: change.at, cause: causes[change.type] })

/** The stream has been lost for `streamGrace`. */
export const toStreamPause = (context: Context, { at }: In<'due.stream'>): Yield =>
  settleShow(withOutside(context, { lostSince: null }), pause(context.show, at, 'stream'), {
    at,
    cause: 'schedule',
  })

/** The wall clock has been set: times of day follow it, positions don't. */
export function toClock(context: Context, { at, offset }: In<'clock'>): Yield {
  const { show } = context
  if (offset === show.offset) return only(context)
  const yielded = settleShow(context, showWith(show, { at, offset }), { at, cause: 'schedule' })
  return { ...yielded, context: armedBySetClock(yielded.context, at) }
}

/** After a sleep or a stall, the show either catches up or goes on where it was. */
export function toGap(context: Context, event: In<'gap'>): Yield {
  const { timeline, show } = context
  const { at } = event
  if (timeline === null) return only(context)
  if (standsStill(context) && show.playhead !== null) {
    const since = Math.min(Math.max(event.since, show.at), at)
    const stood = show.pause === null ? resume(pause(show, since, 'operator'), at) : showWith(show, { at })
    return settleShow(context, stood, { at, cause: 'resume' })
  }
  const played = playUnseen(timeline, show, { until: at, cause: 'resume', logged: context.air.logged })
  return caughtUp(context, played, [], { at, cause: 'resume' })
}

/**
 * Settles a show that was played without us. The wanted scene should have been on air since its boundary. Acts of the last 10 s are
 * done; older ones become problems.
 */
export function caughtUp(context: Context, played: Played, skipped: readonly Cue[], why: Why): Yield {
  const { show, ahead, passed, since } = played
  const isRecent = ({ at }: ActDue) => at >= why.at - latestAct
  const acts = played.acts.filter(isRecent)
  const missed = played.acts.filter((act) => !isRecent(act))
  const before = contextWith(actsMissed(context, missed, why.at), {
    air: { ...context.air, logged: played.logged },
  })
  return settle(before, { show, ahead, skipped, passed, acts }, { ...why, plannedAt: since })
}
