import type { Act, State, Transition } from '../schedule/model/schedule.ts'
import type { Instant } from '../time/clock.ts'

/** What should be on air: a scene, the way to it, and the states that the schedule declares. */
export type Picture = {
  /** The scene's name in OBS, or the fallback's if this OBS doesn't have that scene. */
  readonly scene: string
  /** Null: the transition selected in OBS stays. */
  readonly transition: Transition | null
  /** The media input to restart with the take. `run` numbers the entries of cues: each run is restarted once. */
  readonly media: { readonly input: string; readonly run: number } | null
  /** Items visible or hidden, inputs muted or not, each target once. */
  readonly states: readonly State[]
}

/** Why a take was made, as the as-run log names it. */
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

/** A cue that went by without a take or, with `cue` null, a recurring entry that a force kept off the air. */
export type PassedCue = {
  readonly cue: string | null
  readonly title: string | null
  readonly scene: string
  readonly cause: TakeCause
  readonly plannedAt: Instant
  readonly outcome: 'covered' | 'skipped'
}

/** An act to do once. No other act of this run has its id. */
export type DueAct = { readonly id: number; readonly cue: string | null; readonly act: Act }

/**
 * What the core wants after one change. `wanted` is the whole wish, not a step: an output compares it with what it shows. A new
 * `takeId` is a new take; the one before is over.
 */
export type Effect = {
  readonly at: Instant
  readonly takeId: number
  readonly cause: TakeCause
  /** Null: nothing is wanted, so send nothing. */
  readonly wanted: Picture | null
  /** The next picture that differs if nobody does anything, and when. */
  readonly next: { readonly at: Instant; readonly picture: Picture } | null
  readonly passed: readonly PassedCue[]
  readonly acts: readonly DueAct[]
}
