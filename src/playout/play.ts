import type { Instant } from '../time/clock.ts'
import { nextChange, playMarks, step } from './changes.ts'
import type { PassedCue } from './effect.ts'
import { cueOn } from './endings.ts'
import { type Show, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** Where a show has come to by itself, and the cues that were on meanwhile and are over. */
export type Played = { readonly show: Show; readonly gone: readonly Cue[]; readonly passed: readonly PassedCue[] }

/** Plays a show up to `until` unseen: nothing is taken, nothing is done on the way. */
export function playUnseen(timeline: Timeline, from: Show, until: Instant): Played {
  const gone: Cue[] = []
  const passed: PassedCue[] = []
  let show = playMarks(timeline, from)
  for (let change = nextChange(timeline, show); change !== null && change.at <= until; ) {
    const on = cueOn(timeline, show)
    const entry = show.playhead?.entry
    const stepped = step(timeline, show, change)
    show = playMarks(timeline, stepped.show)
    if (on !== null && show.playhead?.entry !== entry) gone.push(on)
    // One hard start may cut out more cues than a call may have arguments.
    for (const cue of stepped.skipped) gone.push(cue)
    passed.push(...stepped.passed)
    change = nextChange(timeline, show)
  }
  return { show: showWith(show, { at: until }), gone, passed }
}
