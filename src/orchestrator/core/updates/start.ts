import { begin, type Entered } from '../../../playout/entry.ts'
import { playUnseen } from '../../../playout/play.ts'
import { showWith } from '../../../playout/show.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { arm, wouldBeOn } from '../arming.ts'
import { type Context, contextWith } from '../context.ts'
import type { In } from '../input.ts'
import { cleared } from '../problems.ts'
import { settle } from '../settle.ts'

const aDay: Millis = 86_400_000

/** The armed start time has come; launched after it, the show goes on as if begun then, or from the top. */
export function toArmedStart(context: Context, { at }: In<'due.start'>): Context {
  const { timeline, arming, show } = context
  if (timeline === null || arming?.kind !== 'time') return context
  const armedAt = arming.wall - show.offset
  const isLate = armedAt < at
  const fromTheTop = isLate && timeline.schedule.policies.afterGap === 'resume'
  const from = isLate && !fromTheTop ? armedAt : at
  return started(context, begin(timeline, showWith(show, { at: from }), from, null, !fromTheTop), at, 'schedule')
}

/** Whether the armed show would be over by now, as after a long sleep. */
export function isMissed({ timeline, arming, show }: Context, { at }: In<'due.start'>): boolean {
  if (timeline === null || arming?.kind !== 'time') return false
  return arming.wall - show.offset < at && !wouldBeOn(timeline, arming.wall, at + show.offset)
}

/** A show that was missed isn't begun; the next one is armed. */
export const toNextStart = (context: Context, { at }: In<'due.start'>): Context =>
  arm(contextWith(context, { show: showWith(context.show, { at }) }), at, 'future')

/** A show that begins now, with what it has missed if it began earlier. Nothing is armed from here on. */
export function started(context: Context, begun: Entered, at: Instant, cause: 'command' | 'schedule'): Context {
  const { timeline } = context
  if (timeline === null) return context
  const ready = contextWith(cleared(context, 'streamAlreadyLive'), { arming: null })
  if (begun.show.playhead !== null && begun.show.at >= at)
    return settle(ready, begun.show, { at, cause, skipped: begun.skipped })
  const played = playUnseen(timeline, begun.show, at, at - aDay)
  if (played.show.playhead === null) return fromTheTop(ready, at, cause)
  return settle(ready, played.show, { at, cause, skipped: [...begun.skipped, ...played.gone], silent: true })
}

/** Where joining would lead past the end, the show begins with its first cue after all. */
function fromTheTop(context: Context, at: Instant, cause: 'command' | 'schedule'): Context {
  const { timeline, show } = context
  if (timeline === null) return context
  return settle(context, begin(timeline, showWith(show, { at }), at, 0).show, { at, cause })
}
