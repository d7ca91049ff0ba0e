import type { Instant, Millis } from '../../time/clock.ts'
import { type Context, isOthers } from './context.ts'
import type { In } from './input.ts'

/** The schedule's policies. No other file reads them: updates ask these functions. */

type StreamStatus = In<'updateStreamStatus'>

/** `streamLost`: when the show will pause because of a lost stream; null if it won't. */
export function lossDue(context: Context): Instant | null {
  const over = graceOver(context)
  return over === null || context.timeline?.schedule.policies.streamLost !== 'pause'
    ? null
    : Math.max(over, context.show.at)
}

/** When the stream will have been lost for `streamGrace`; null if it isn't lost, or if that was already acted on. */
export const graceOver = ({ timeline, outside: { lostSince } }: Context): Instant | null =>
  timeline === null || lostSince === null ? null : lostSince + timeline.schedule.policies.streamGrace

/** Since when the stream is lost; null if it isn't. It stays lost if OBS gives up on reconnecting or starts it again. */
export function lostSince({ outside }: Context, { phase, since, at }: StreamStatus): Instant | null {
  if (phase === 'reconnecting') return outside.lostSince ?? since ?? at
  const stays = phase === 'starting' || (phase === 'offline' && outside.stream.phase !== 'live')
  return stays ? outside.lostSince : null
}

/** Whether somebody has stopped the stream. One that OBS gave up on is lost, not stopped. */
const isStopped = ({ outside: { stream } }: Context, { phase }: StreamStatus): boolean =>
  phase === 'offline' && (stream.phase === 'live' || stream.phase === 'stopping')

/** `streamStopped`: what the show does when its stream is stopped; null if this event doesn't say that it was. */
export const onStreamEnd = (context: Context, event: StreamStatus): 'continue' | 'pause' | 'stop' | null =>
  isStopped(context, event) && !isOthers(context, event)
    ? (context.timeline?.schedule.policies.streamStopped ?? null)
    : null

/** `start: stream`: a change from offline to live begins the show. What is read while the link comes up isn't a change. */
export const beginsShow = ({ arming, outside }: Context, { phase }: StreamStatus): boolean =>
  arming?.kind === 'stream' &&
  phase === 'live' &&
  (outside.ideal || outside.link.phase === 'up') &&
  (outside.stream.phase === 'offline' || outside.stream.phase === 'starting')

/** After this many reclaims within this time, somebody insists: there is probably a second controller. */
const reclaimWindow: Millis = 10_000
export const reclaimTimes = 3

/** `manualSwitch`: what to do about a switch by hand. `recent`: when switches were reclaimed in the last 10 s. */
export function onManualSwitch(
  { timeline, air }: Context,
  at: Instant,
): { readonly does: 'adopt' | 'reclaim' | 'giveUp'; readonly recent: readonly Instant[] } {
  const recent = air.reclaimed.filter((time) => at - time < reclaimWindow)
  if (timeline?.schedule.policies.manualSwitch === 'adopt') return { does: 'adopt', recent }
  return { does: recent.length >= reclaimTimes ? 'giveUp' : 'reclaim', recent }
}

/** After a gap, acts due in this last part of it are still done; older ones become problems. */
export const latestAct: Millis = 10_000

/** `afterGap: resume`: whether the show goes on after a gap where it was before. */
export const standsStill = ({ timeline }: Context): boolean => timeline?.schedule.policies.afterGap === 'resume'
