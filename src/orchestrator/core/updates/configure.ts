import { firstRoundDay } from '../../../playout/cueSheet.ts'
import { recurredUpTo } from '../../../playout/recurring.ts'
import { firstTime } from '../../../playout/roundTimes.ts'
import { sameCues } from '../../../playout/sameCues.ts'
import { type Playhead, playheadWith, type Show, showWith } from '../../../playout/show.ts'
import { type Cue, compile, type Timeline } from '../../../playout/timeline.ts'
import type { CueSpec } from '../../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { arm } from '../arming.ts'
import { type Context, contextWith } from '../context.ts'
import type { In } from '../input.ts'
import { sceneProblems } from '../problems.ts'
import { settle } from '../settle.ts'

/** Loads a schedule while no show is on. A start time that is past counts only at the first one. */
export function toConfigured(context: Context, { schedule, at }: In<'configure'>): Context {
  const timeline = compile(schedule)
  const loaded = contextWith(context, { timeline, show: showWith(context.show, { at, playhead: null, pause: null }) })
  const settled = settle(sceneProblems(loaded, at), loaded.show, { at, cause: 'reload' })
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
  const now = sameCues(before, fresh)
  const same = now[on.index] ?? null
  const timeline = same === null ? withGhost(fresh, on, now) : fresh
  const index = same ?? timeline.ghost ?? 0
  const keepsDay = firstTime(timeline) === firstTime(before)
  const day = keepsDay ? playhead.day : firstRoundDay(timeline, playhead.roundBeganAt + show.offset)
  const plan = { ...playhead.plan, day, index: Math.min(playhead.plan.index, index) }
  const reached = playedBy(at, show, playhead)
  const media = timeline.cues[index]?.media === on.media ? playhead.media : null
  const moved = showWith(show, { at, playhead: playheadWith(playhead, { index, day, plan, reached, media }) })
  const next = recurredUpTo(moved, at)
  return settle(sceneProblems(contextWith(context, { timeline }), at), next, { at, cause: 'reload', silent: true })
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

/** How far the cue has been played, whether or not anything was to be done there: what a reload puts there is never done. */
function playedBy(at: Instant, { pause }: Show, { enteredAt, arrivedAt, reached }: Playhead): Millis {
  if (pause === null) return Math.max(reached, at - enteredAt)
  // What is due at the very point at which a cue is put on in a pause is done when the show goes on.
  const isPutOnHere = arrivedAt >= pause.since
  return Math.max(reached, pause.since - enteredAt - (isPutOnHere ? 1 : 0))
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
