import { firstRoundDay } from '../../playout/cueSheet.ts'
import { firstTime } from '../../playout/roundTimes.ts'
import { sameCues } from '../../playout/sameCues.ts'
import { playheadWith, showWith } from '../../playout/show.ts'
import { type Cue, compile, type Timeline } from '../../playout/timeline.ts'
import type { CueSpec } from '../../schedule/schedule.ts'
import { arm } from '../arming.ts'
import { type Context, contextWith } from '../context.ts'
import type { In } from '../input.ts'
import { missingScenes } from '../problems.ts'
import { settle } from '../settle.ts'

/** Loads a schedule while no show is on. A start time that is past counts only at the first one. */
export function toConfigured(context: Context, { schedule, at }: In<'configure'>): Context {
  const timeline = compile(schedule)
  const loaded = contextWith(context, { timeline, show: showWith(context.show, { at, playhead: null, pause: null }) })
  const settled = settle(missingScenes(loaded, at), loaded.show, { at, cause: 'reload' })
  return arm(settled, at, context.timeline === null ? 'launch' : 'future')
}

/**
 * Changes the schedule of a show that is on. The running cue keeps its time and its extensions; one that is gone plays
 * out as it was, and the first later cue that both schedules have comes after it.
 */
export function toReloaded(context: Context, { schedule, at }: In<'configure'>): Context {
  const { timeline: before, show } = context
  const { playhead } = show
  const on = before === null || playhead === null ? null : (before.cues[playhead.index] ?? null)
  if (before === null || playhead === null || on === null)
    return toConfigured(context, { type: 'configure', schedule, at })
  const fresh = compile(schedule)
  const { now } = sameCues(before, fresh, on.index)
  const same = now[on.index] ?? null
  const timeline = same === null ? withGhost(fresh, on, now) : fresh
  const index = same ?? timeline.ghost ?? 0
  const keepsDay = firstTime(timeline) === firstTime(before)
  const day = keepsDay ? playhead.day : firstRoundDay(timeline, playhead.roundBeganAt + show.offset)
  const plan = { ...playhead.plan, day, index: Math.min(playhead.plan.index, index) }
  const next = showWith(show, { at, playhead: playheadWith(playhead, { index, day, plan }) })
  return settle(missingScenes(contextWith(context, { timeline }), at), next, { at, cause: 'reload', silent: true })
}

/** Once the cue that the new schedule no longer has is over, the new schedule stands alone. */
export function withoutGhost(context: Context): Context {
  const { timeline, show } = context
  if (timeline === null || timeline.ghost === null || show.playhead?.index === timeline.ghost) return context
  const { playhead } = show
  const fresh = compile(timeline.schedule)
  if (playhead === null) return contextWith(context, { timeline: fresh })
  const index = playhead.index > timeline.ghost ? playhead.index - 1 : playhead.index
  return contextWith(context, {
    timeline: fresh,
    show: showWith(show, { playhead: playheadWith(playhead, { index }) }),
  })
}

/** The schedule with the cue that it no longer has, before the first later one that both have. */
function withGhost(fresh: Timeline, on: Cue, now: readonly (number | null)[]): Timeline {
  const { schedule } = fresh
  const common = now.slice(on.index + 1).find((index) => index !== null)
  const place = fresh.cues[common ?? fresh.cues.length]?.place ?? schedule.cues.length
  const { index: _, place: __, marks: ___, ...spec } = on
  const ghost: CueSpec = { ...spec, skip: false }
  const cues = [...schedule.cues.slice(0, place), ghost, ...schedule.cues.slice(place)]
  const timeline = compile({ ...schedule, cues })
  return { ...timeline, schedule, ghost: common ?? fresh.cues.length }
}
