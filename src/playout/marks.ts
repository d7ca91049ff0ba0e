import type { Instant, Millis } from '../time/clock.ts'
import { cueOn } from './endings.ts'
import { playheadWith, type Show, showWith } from './show.ts'
import { marksOf, sceneSpec, type Timeline } from './timeline.ts'

/** When a state comes or goes, or an act is due, next: on the cue by the show's clock, on a force by the real one. */
export function nextMark(timeline: Timeline, show: Show): Instant | null {
  const ofCue = show.pause === null ? cueMark(timeline, show) : null
  const ofForce = forceMark(timeline, show)
  if (ofCue === null || ofForce === null) return ofCue ?? ofForce
  return Math.min(ofCue, ofForce)
}

/** Notes that all marks up to the show's `at` have been played. */
export function markBeforeOrAt(timeline: Timeline, show: Show): Show {
  const { playhead, override } = show
  let next = show
  const cue = cueMark(timeline, show)
  if (playhead !== null && show.pause === null && cue !== null && cue <= show.at)
    next = showWith(next, { playhead: playheadWith(playhead, { reached: show.at - playhead.enteredAt }) })
  const force = forceMark(timeline, show)
  if (override !== null && force !== null && force <= show.at)
    next = showWith(next, { override: { ...override, reached: show.at - override.since } })
  return next
}

function cueMark(timeline: Timeline, show: Show): Instant | null {
  const cue = cueOn(timeline, show)
  if (cue === null || show.playhead === null || cue.marks.length === 0) return null
  const mark = firstAfter(cue.marks, show.playhead.reached)
  return mark === null ? null : show.playhead.enteredAt + mark
}

function forceMark(timeline: Timeline, show: Show): Instant | null {
  const { override } = show
  const spec = override === null ? null : sceneSpec(timeline, override.scene)
  if (override === null || spec === null || spec.actions.length === 0) return null
  const mark = firstAfter(marksOf(spec.actions), override.reached)
  return mark === null ? null : override.since + mark
}

const firstAfter = (marks: readonly Millis[], reached: Millis): Millis | null => {
  for (const mark of marks) if (mark > reached) return mark
  return null
}
