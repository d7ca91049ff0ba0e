import type { Instant } from '../time/clock.ts'
import { begunAt } from './entry.ts'
import { type ForecastCue, forecastOf } from './forecast.ts'
import { emptyShow } from './show.ts'
import type { Timeline } from './timeline.ts'

/** The cue sheet of the first round of a show that starts at `at`. */
export type ShowPlan = {
  readonly cues: readonly ForecastCue[]
  /** The first cue that comes on. A show that starts late joins at the last hard start already past. */
  readonly joinsAt: number
}

/** When the cues of one round would come on if the show started at `at`, on the wall clock. */
export function planOf(timeline: Timeline, at: Instant): ShowPlan {
  const show = begunAt(timeline, { ...emptyShow, at }, at)
  return { cues: forecastOf(timeline, show, at).cues, joinsAt: show.playhead?.plan.index ?? 0 }
}
