import type { Instant } from '../time/clock.ts'
import { begunAt } from './entry.ts'
import { type ForecastCue, forecastOf } from './forecast.ts'
import { emptyShow } from './show.ts'
import type { Timeline } from './timeline.ts'

/** The cue sheet of the first round of a show that is started at `at`. */
export type ShowPlan = {
  readonly cues: readonly ForecastCue[]
  /** The index of the first cue that comes: a show started late joins at the last hard start already past. */
  readonly joinsAt: number
}

/** When the cues of the first round would come if the show were started at `at`, an instant on the wall clock. */
export function planOf(timeline: Timeline, at: Instant): ShowPlan {
  const show = begunAt(timeline, { ...emptyShow, at }, at)
  return { cues: forecastOf(timeline, show, at).cues, joinsAt: show.playhead?.plan.index ?? 0 }
}
