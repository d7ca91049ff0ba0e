import type { Instant } from '../time/clock.ts'
import { nextChange, playMarks, step } from './changes.ts'
import type { PassedCue } from './effect.ts'
import { cueOn } from './endings.ts'
import { nextRecurring } from './recurring.ts'
import { playheadWith, type Show, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** Where a show has come to by itself, and the cues that were on meanwhile and are over. */
export type Played = { readonly show: Show; readonly gone: readonly Cue[]; readonly passed: readonly PassedCue[] }

/**
 * Plays a show up to `until` unseen: nothing is taken, nothing is done on the way. What is gone by at `forgotten` is not told
 * of, and rounds of plain durations are not even played: a loop may have begun years ago.
 */
export function playUnseen(
  timeline: Timeline,
  from: Show,
  until: Instant,
  forgotten = Number.NEGATIVE_INFINITY,
): Played {
  const gone: Cue[] = []
  const passed: PassedCue[] = []
  let show = playMarks(timeline, roundsLater(timeline, from, forgotten))
  for (let change = nextChange(timeline, show); change !== null && change.at <= until; ) {
    const on = cueOn(timeline, show)
    const entry = show.playhead?.entry
    const stepped = step(timeline, show, change)
    show = playMarks(timeline, roundsLater(timeline, stepped.show, forgotten))
    if (show.at > forgotten) {
      if (on !== null && show.playhead?.entry !== entry) gone.push(on)
      // One hard start may cut out more cues than a call may have arguments.
      for (const cue of stepped.skipped) gone.push(cue)
      for (const one of stepped.passed) passed.push(one)
    }
    change = nextChange(timeline, show)
  }
  return { show: showWith(show, { at: until }), gone, passed }
}

/** A show at the beginning of a round, as many rounds later as are over by `limit` if nothing but cues comes until then. */
function roundsLater(timeline: Timeline, show: Show, limit: Instant): Show {
  const { at, playhead, override } = show
  const { cues, rounds, runs, sums } = timeline
  const length = sums[cues.length] ?? 0
  if (limit - at < length || playhead === null || playhead.index > 0 || playhead.enteredAt < at) return show
  if (runs[0] !== cues.length || show.pause !== null || override?.ends === 'cueEnd') return show
  const release = typeof override?.ends === 'number' ? override.ends : limit
  const free = Math.min(limit, release, nextRecurring(timeline, show) ?? limit) - at
  const more = Math.min(Math.floor(free / length), rounds - 1 - playhead.round)
  if (more < 1) return show
  const began = at + more * length
  const entry = playhead.entry + more * cues.length
  const later = playheadWith(playhead, {
    round: playhead.round + more,
    entry,
    enteredAt: began,
    arrivedAt: began,
    roundBeganAt: began,
    plan: { ...playhead.plan, at: playhead.plan.at + more * length },
  })
  return showWith(show, { at: began, playhead: later, entries: entry })
}
