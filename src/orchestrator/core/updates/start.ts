import { stepOf } from '../../../playout/changes.ts'
import { begin, type Entered } from '../../../playout/entry.ts'
import { playUnseen } from '../../../playout/play.ts'
import { showWith } from '../../../playout/show.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { arm, wouldBeOn } from '../arming.ts'
import { type Context, contextWith, only, type Yield } from '../context.ts'
import type { In } from '../input.ts'
import { standsStill } from '../policies.ts'
import { cleared } from '../problems.ts'
import { settle, settleShow } from '../settle.ts'
import { caughtUp } from './time.ts'

const aDay: Millis = 86_400_000

/**
 * The armed start time has come. If that was a while ago, the show goes on as if it had begun then, or begins from the top. If it
 * would be over by now, as after a long sleep, it doesn't begin, and the next start is armed.
 */
export function toArmedStart(context: Context, { at }: In<'due.start'>): Yield {
  const { timeline, arming, show } = context
  if (timeline === null || arming?.kind !== 'time') return only(context)
  const armedAt = arming.wall - show.offset
  const isLate = armedAt < at
  if (isLate && !wouldBeOn(timeline, arming.wall, at + show.offset))
    return only(arm(contextWith(context, { show: showWith(show, { at }) }), at, 'future'))
  const fromTheTop = isLate && standsStill(context)
  const from = isLate && !fromTheTop ? armedAt : at
  const begun = begin(timeline, showWith(show, { at: from }), from, null, !fromTheTop)
  return started(context, begun, at, 'schedule')
}

/** Begins the show or, if it began earlier, catches up. Nothing is armed any more. */
export function started(context: Context, begun: Entered, at: Instant, cause: 'command' | 'schedule'): Yield {
  const { timeline } = context
  if (timeline === null) return only(context)
  const ready = contextWith(cleared(cleared(context, 'streamAlreadyLive'), 'actMissed'), { arming: null })
  if (begun.show.playhead !== null && begun.show.at >= at)
    return settle(ready, stepOf(timeline, begun.show, begun.skipped), { at, cause })
  const { logged } = ready.air
  const played = playUnseen(timeline, begun.show, { until: at, cause, logged, forgotten: at - aDay, most: 10_000 })
  // Joining would lead past the end, so the show begins with the first cue.
  if (played.show.playhead === null)
    return settleShow(ready, begin(timeline, showWith(ready.show, { at }), at, 0).show, { at, cause })
  // An operator who joins a show late wants what is on now, not the acts before.
  return caughtUp(ready, { ...played, acts: cause === 'command' ? [] : played.acts }, begun.skipped, { at, cause })
}
