import { begin } from '../../../playout/entry.ts'
import { pause, resume } from '../../../playout/override.ts'
import { showWith } from '../../../playout/show.ts'
import { type Context, contextWith } from '../context.ts'
import type { In } from '../input.ts'
import { raised } from '../problems.ts'
import { settle } from '../settle.ts'
import { toStop } from './commands.ts'
import { started } from './start.ts'

type Status = In<'updateStreamStatus'>

/** What OBS says of the stream. */
export function toStreamStatus(context: Context, { phase, since, at }: Status): Context {
  if (context.stream.phase === phase) return context
  const lost = phase === 'reconnecting' || (phase === 'offline' && context.stream.phase === 'reconnecting')
  const lostSince = lost ? (context.stream.phase === 'reconnecting' ? context.lostSince : (since ?? at)) : null
  const next = contextWith(context, { stream: { phase, since: since ?? at }, lostSince })
  if (phase !== 'live' || context.arming?.kind !== 'stream') return next
  const message = 'OBS was live already when we came: the show starts with the stream, so it waits for your start.'
  return raised(next, { severity: 'warning', code: 'streamAlreadyLive', message, since: at })
}

/** The stream has gone live, and the show with it. */
export function toStreamStart(context: Context, event: Status): Context {
  const { timeline, show } = context
  const live = contextWith(context, { stream: { phase: event.phase, since: event.since ?? event.at }, lostSince: null })
  if (timeline === null) return live
  const { at } = event
  return started(live, begin(timeline, showWith(show, { at }), at, null), at, 'schedule')
}

export function toStreamStop(context: Context, event: Status): Context {
  return toStop(toStreamStatus(context, event), { type: 'stop', at: event.at })
}

export function toStoppedPause(context: Context, event: Status): Context {
  const next = toStreamStatus(context, event)
  return settle(next, pause(next.show, event.at, 'operator'), { at: event.at, cause: 'command' })
}

export function toStreamResume(context: Context, event: Status): Context {
  const next = toStreamStatus(context, event)
  return settle(next, resume(next.show, event.at), { at: event.at, cause: 'resume' })
}

/** A change from offline to live that was seen while idle; what is read when the link comes up is no change. */
export const streamBegins = (context: Context, { phase }: Status): boolean =>
  context.arming?.kind === 'stream' && phase === 'live' && isSeen(context) && beganOffline(context)

/** Somebody has ended the stream. One that was lost and then given up has not been stopped. */
export const streamEnds = (context: Context, { phase }: Status): boolean =>
  phase === 'offline' && (context.stream.phase === 'live' || context.stream.phase === 'stopping')

export const streamReturns = (context: Context, { phase }: Status): boolean =>
  phase === 'live' && context.show.pause?.by === 'stream'

const isSeen = (context: Context): boolean => context.ideal || context.link.phase === 'up'

const beganOffline = ({ stream }: Context): boolean => stream.phase === 'offline' || stream.phase === 'starting'
