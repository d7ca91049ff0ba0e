import type { Act, State, Transition } from '../schedule/model/schedule.ts'
import type { Instant } from '../time/clock.ts'

/** What is to be on air: a scene, how to get to it, and all that the schedule says of its surroundings. */
export type Picture = {
  /** The scene's name in OBS; the fallback's where this OBS doesn't have the one that was asked for. */
  readonly scene: string
  /** Null: the transition that OBS has selected is left alone. */
  readonly transition: Transition | null
  /** The media input to restart with the take; `run` tells one entry of a cue from another: each run is restarted once. */
  readonly media: { readonly input: string; readonly run: number } | null
  /** Items visible or hidden, inputs muted or not; each target once. */
  readonly states: readonly State[]
}

/** Why a take was asked for, as the as-run log names it. */
export type TakeCause =
  | 'schedule'
  | 'command'
  | 'force'
  | 'release'
  | 'recurring'
  | 'manual'
  | 'reclaim'
  | 'reconnect'
  | 'resume'
  | 'reload'
  | 'fallback'

export type Outcome = 'onAir' | 'already' | 'covered' | 'skipped' | 'superseded' | 'failed'

/** A cue that the show has gone by without a take; or, with `cue` null, a recurring entry that found a force on. */
export type PassedCue = {
  readonly cue: string | null
  readonly title: string | null
  readonly scene: string
  readonly cause: TakeCause
  readonly plannedAt: Instant
  readonly outcome: 'covered' | 'skipped'
}

/** Something to be done once, with an id that no other act of this run has. */
export type DueAct = { readonly id: number; readonly cue: string | null; readonly act: Act }

/**
 * What the core wants of the world after one change. `wanted` is the whole wish, not a step: whoever carries it out
 * compares it with what is. A new `takeId` is a new take; the older one is over, whatever became of it.
 */
export type Effect = {
  readonly at: Instant
  readonly takeId: number
  readonly cause: TakeCause
  /** Null: nothing is wanted, nothing is to be sent. */
  readonly wanted: Picture | null
  /** What changes next if nobody does anything, and when. */
  readonly next: { readonly at: Instant; readonly picture: Picture } | null
  readonly passed: readonly PassedCue[]
  readonly acts: readonly DueAct[]
}
