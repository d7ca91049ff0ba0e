import { step } from '../../../playout/changes.ts'
import { pause, resume } from '../../../playout/override.ts'
import { playUnseen } from '../../../playout/play.ts'
import { playheadWith, showWith } from '../../../playout/show.ts'
import { armedBySetClock } from '../arming.ts'
import { type Context, contextWith } from '../context.ts'
import type { In } from '../input.ts'
import { settle } from '../settle.ts'
import { toNext } from './commands.ts'

type DueChange = In<'due.release' | 'due.cue' | 'due.finish' | 'due.picture' | 'due.recur'>

const causes = {
  'due.release': 'release',
  'due.cue': 'schedule',
  'due.finish': 'schedule',
  'due.picture': 'schedule',
  'due.recur': 'recurring',
} as const

/** One change that comes by itself. */
export function toDue(context: Context, event: DueChange): Context {
  const { timeline, show } = context
  const { show: next, skipped, passed } = step(timeline, show, event.change)
  return settle(context, next, { at: event.at, cause: causes[event.type], skipped, passed })
}

/** The end of the show, reached while running: what is to be done then is done. */
export const toFinish = (context: Context, event: In<'due.finish' | 'due.cue'>): Context =>
  withLastActs(toDue(context, event))

/** The same by `next`, where no cue is left that could come on. */
export const toNextFinish = (context: Context, event: In<'next' | 'skipCurrentScene'>): Context =>
  withLastActs(toNext(context, event))

function withLastActs(finished: Context): Context {
  const acts = finished.timeline?.schedule.whenFinished ?? []
  if (acts.length === 0) return finished
  const due = acts.map((act, i) => ({ id: finished.actCount + 1 + i, cue: null, act }))
  return {
    ...finished,
    actCount: finished.actCount + due.length,
    yield: { ...finished.yield, acts: [...finished.yield.acts, ...due] },
  }
}

/** The stream has been lost for as long as the schedule puts up with. */
export const toStreamPause = (context: Context, { at }: In<'due.stream'>): Context =>
  settle(contextWith(context, { lostSince: null }), pause(context.show, at, 'stream'), { at, cause: 'command' })

/**
 * The wall clock has been set: times of day follow it, positions don't. Times that it was set past have not been seen:
 * what was done before it was set was done before them.
 */
export function toClock(context: Context, { at, offset }: In<'clock'>): Context {
  const { playhead, recurred, offset: before } = context.show
  if (offset === before) return context
  const past = Math.max(0, offset - before)
  const show = showWith(context.show, {
    at,
    offset,
    playhead: playhead === null ? null : playheadWith(playhead, { arrivedAt: playhead.arrivedAt - past }),
    recurred: { ...recurred, at: Math.max(recurred.at, at) - past },
  })
  return armedBySetClock(settle(context, show, { at, cause: 'schedule' }), at)
}

/** Nobody was there for a while: the show has gone on without us, or has stood still. */
export function toGap(context: Context, event: In<'gap'>): Context {
  const { timeline, show } = context
  const { at } = event
  if (timeline === null) return context
  if (timeline.schedule.policies.afterGap === 'resume') {
    const since = Math.min(Math.max(event.since, show.at), at)
    const stood = show.pause === null ? resume(pause(show, since, 'operator'), at) : showWith(show, { at })
    return settle(context, stood, { at, cause: 'resume', silent: true })
  }
  const played = playUnseen(timeline, show, at)
  return settle(context, played.show, {
    at,
    cause: 'resume',
    silent: true,
    // The cue that was on has had its line.
    skipped: show.playhead === null ? played.gone : played.gone.slice(1),
    passed: played.passed,
  })
}
