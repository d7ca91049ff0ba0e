import type { Instant, Millis } from '../../time/clock.ts'
import { type Context, isOthers } from './context.ts'
import type { In } from './input.ts'

/** The schedule's policies, each in one place: what they make of what happens. */

type StreamStatus = In<'updateStreamStatus'>

/** `streamLost`: when the show pauses because the stream has been lost for too long; null while it doesn't. */
export function lossDue(context: Context): Instant | null {
  const over = graceOver(context)
  return over === null || context.timeline?.schedule.policies.streamLost !== 'pause'
    ? null
    : Math.max(over, context.show.at)
}

/** When the stream has been lost for `streamGrace`; null if it isn't lost, or that has been acted on. */
export const graceOver = ({ timeline, outside: { lostSince } }: Context): Instant | null =>
  timeline === null || lostSince === null ? null : lostSince + timeline.schedule.policies.streamGrace

/** Since when the stream is lost: it reconnects, and then OBS may give up or try to start it again. Null if it isn't. */
export function lostSince({ outside }: Context, { phase, since, at }: StreamStatus): Instant | null {
  if (phase === 'reconnecting') return outside.lostSince ?? since ?? at
  const stays = phase === 'starting' || (phase === 'offline' && outside.stream.phase !== 'live')
  return stays ? outside.lostSince : null
}

/** Somebody has ended the stream. One that OBS gave up on is lost, not stopped. */
const isStopped = ({ outside: { stream } }: Context, { phase }: StreamStatus): boolean =>
  phase === 'offline' && (stream.phase === 'live' || stream.phase === 'stopping')

/** `streamStopped`: what the show does as its stream ends; null if it doesn't end. */
export const onStreamEnd = (context: Context, event: StreamStatus): 'continue' | 'pause' | 'stop' | null =>
  isStopped(context, event) && !isOthers(context, event)
    ? (context.timeline?.schedule.policies.streamStopped ?? null)
    : null

/** `start: stream`: a change from offline to live, seen while idle, begins the show. What is read as the link comes up is no change. */
export const beginsShow = ({ arming, outside }: Context, { phase }: StreamStatus): boolean =>
  arming?.kind === 'stream' &&
  phase === 'live' &&
  (outside.ideal || outside.link.phase === 'up') &&
  (outside.stream.phase === 'offline' || outside.stream.phase === 'starting')

/** How long, and how often, the operator's switches are taken back before it is plain that somebody insists. */
const reclaimWindow: Millis = 10_000
export const reclaimTimes = 3

/** `manualSwitch`: what becomes of a switch by hand; `recent` are the switches that were taken back in the last 10 s. */
export function onManualSwitch(
  { timeline, air }: Context,
  at: Instant,
): { readonly does: 'adopt' | 'reclaim' | 'giveUp'; readonly recent: readonly Instant[] } {
  const recent = air.reclaimed.filter((time) => at - time < reclaimWindow)
  if (timeline?.schedule.policies.manualSwitch === 'adopt') return { does: 'adopt', recent }
  return { does: recent.length >= reclaimTimes ? 'giveUp' : 'reclaim', recent }
}

/** Acts due at most this long before the end of a gap are still done; older ones are problems. */
export const latestAct: Millis = 10_000

/** `afterGap`: whether the show goes on where it stood. */
export const standsStill = ({ timeline }: Context): boolean => timeline?.schedule.policies.afterGap === 'resume'
