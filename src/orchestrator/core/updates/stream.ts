import { begin } from '../../../playout/entry.ts'
import { pause, resume } from '../../../playout/override.ts'
import { showWith } from '../../../playout/show.ts'
import { type Context, isOthers, only, withOutside, type Yield } from '../context.ts'
import type { In } from '../input.ts'
import { beginsShow, lostSince, onStreamEnd } from '../policies.ts'
import { streamAlreadyLive } from '../problems.ts'
import { settleShow } from '../settle.ts'
import { toStop } from './commands.ts'
import { started } from './start.ts'

type Status = In<'updateStreamStatus'>

/** Notes what OBS says of the stream, and does what the policies say about it. */
export function toStreamStatus(context: Context, event: Status): Yield {
  const { phase, since, at } = event
  const { timeline, show, outside } = context
  if (outside.stream.phase === phase || isOthers(context, event)) return only(context)
  const next = withOutside(context, { stream: { phase, since: since ?? at }, lostSince: lostSince(context, event) })
  if (timeline !== null && show.playhead === null && beginsShow(context, event))
    return started(next, begin(timeline, showWith(show, { at }), at, null), at, 'schedule')
  if (show.playhead !== null && show.pause === null && onStreamEnd(context, event) === 'pause')
    return settleShow(next, pause(show, at, 'operator'), { at, cause: 'schedule' })
  if (phase === 'live' && show.pause?.by === 'stream')
    return settleShow(next, resume(show, at), { at, cause: 'resume' })
  return only(streamAlreadyLive(next, at))
}

export const toStreamStop = (context: Context, event: Status): Yield =>
  toStop(toStreamStatus(context, event).context, event)
