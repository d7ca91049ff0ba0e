import { stepOf } from '../../src/playout/changes.ts'
import { begin } from '../../src/playout/entry.ts'
import { playUnseen } from '../../src/playout/play.ts'
import { emptyShow, type Playhead, type Show } from '../../src/playout/show.ts'
import { type Cue, compile, type Timeline } from '../../src/playout/timeline.ts'
import type { Instant, Millis } from '../../src/time/clock.ts'
import { instant, noon, schedule } from '../support/show.ts'

/** A timeline from YAML, as `schedule` reads it. */
export const timelineOf = (text: string): Timeline => compile(schedule(text))

/** Cues of 10 s, 20 s and 30 s. */
export const threeCues = `
cues:
  - { id: one, scene: A, duration: 10s }
  - { id: two, scene: B, duration: 20s }
  - { id: three, scene: C, duration: 30s }
`

/** This time on Monday, 2 March 2026, in UTC. */
export const today = (time: string): number => instant(`2026-03-02T${time}`)

/** This much after noon on that Monday. */
export const seconds = (count: number): number => noon + count * 1000

/** A show that begins at `at`, with its first marks played. `offset`: how far the wall clock is ahead. */
export function begun(timeline: Timeline, at: Instant = noon, cue: number | null = null, offset: Millis = 0): Show {
  return stepOf(timeline, begin(timeline, { ...emptyShow, at, offset }, at, cue).show).show
}

/** The show as it is at `until` if nobody does anything. */
export const playedTo = (timeline: Timeline, show: Show, until: Instant): Show =>
  playUnseen(timeline, show, { until, cause: 'schedule', logged: 0 }).show

/** The playhead of a show that is on. */
export function playheadOf({ playhead }: Show): Playhead {
  if (playhead === null) throw new Error('the show is not on')
  return playhead
}

export function cueAt(timeline: Timeline, index: number): Cue {
  const cue = timeline.cues[index]
  if (cue === undefined) throw new Error(`there is no cue ${index}`)
  return cue
}

/** The ids of cues, in order. */
export const ids = (cues: readonly { readonly id: string }[]): readonly string[] => cues.map(({ id }) => id)

/** An instant on any of the clocks, from an ISO date-time in UTC. */
export const on = (text: string): number => instant(text)
