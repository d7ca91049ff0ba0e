import type { Instant, Millis } from '../time/clock.ts'
import { cueOn } from './endings.ts'
import { playheadWith, type Show, showWith } from './show.ts'
import { marksOfScene, type Timeline } from './timeline.ts'

/** When a state next comes or goes or an act is due. The marks of a cue follow the show's clock, those of a force real time. */
export function nextMark(timeline: Timeline, show: Show): Instant | null {
  const ofCue = show.pause === null ? cueMark(timeline, show) : null
  const ofForce = forceMark(timeline, show)
  if (ofCue === null || ofForce === null) return ofCue ?? ofForce
  return Math.min(ofCue, ofForce)
}

/** Plays all marks up to the show's `at`. */
export function playMarksTo(timeline: Timeline, show: Show): Show {
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
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (cue === null || playhead === null) return null
  const ofCue = firstAfter(cue.marks, playhead.reached)
  const ofFiller = playhead.over === null ? null : fillerMark(timeline, playhead.over, playhead.reached)
  const mark = ofCue === null || ofFiller === null ? (ofCue ?? ofFiller) : Math.min(ofCue, ofFiller)
  return mark === null ? null : playhead.enteredAt + mark
}

function fillerMark(timeline: Timeline, cameOnAt: Millis, reached: Millis): Millis | null {
  const { filler } = timeline.schedule
  const mark = filler === null ? null : firstAfter(marksOfScene(timeline, filler), reached - cameOnAt)
  return mark === null ? null : cameOnAt + mark
}

function forceMark(timeline: Timeline, { override }: Show): Instant | null {
  if (override === null) return null
  const mark = firstAfter(marksOfScene(timeline, override.scene), override.reached)
  return mark === null ? null : override.since + mark
}

const firstAfter = (marks: readonly Millis[], reached: Millis): Millis | null => {
  for (const mark of marks) if (mark > reached) return mark
  return null
}
