import type { Instant } from '../time/clock.ts'
import { begin } from './entry.ts'
import { type ForecastCue, forecastOf } from './forecast.ts'
import { emptyShow } from './show.ts'
import type { Timeline } from './timeline.ts'

/** The cue sheet of the first round of a show that is started at `at`. */
export type ShowPlan = {
  readonly cues: readonly ForecastCue[]
  /** The first cue that comes: a show started late joins at the last hard start already past. */
  readonly joinsAt: number
}

/** When the cues of one round would come, the show being started at `at`, an instant on the wall clock. */
export function planOf(timeline: Timeline, at: Instant): ShowPlan {
  const joined = begin(timeline, { ...emptyShow, at }, at, null).show
  // Where every cue is past already, a start begins with the first one after all.
  const { playhead, ...rest } = joined.playhead === null ? begin(timeline, { ...emptyShow, at }, at, 0).show : joined
  const { cues } = forecastOf(timeline, { ...rest, playhead }, at)
  return { cues, joinsAt: playhead?.plan.index ?? 0 }
}
