import type { Act, State, Transition } from '../schedule/model/schedule.ts'
import type { Instant } from '../time/clock.ts'

/** What should be on air: a scene, how to get to it, and the states and media that go with it. */
export type Picture = {
  /** The scene's name in OBS; the fallback's if this OBS doesn't have the scene. */
  readonly scene: string
  /** Null: leave the transition that OBS has selected. */
  readonly transition: Transition | null
  /** The media input to restart with the take. `run` is the entry of the cue: each entry restarts it once. */
  readonly media: { readonly input: string; readonly run: number } | null
  /** Items visible or hidden, inputs muted or unmuted; each target once. */
  readonly states: readonly State[]
}

/** Why a take was requested, as the as-run log names it. */
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

/** A cue that the show passed without a take or, with `cue` null, a recurring entry that lost to a force. */
export type PassedCue = {
  readonly cue: string | null
  readonly title: string | null
  readonly scene: string
  readonly cause: TakeCause
  readonly plannedAt: Instant
  readonly outcome: 'covered' | 'skipped'
}

/** An act that is due, with an id that no other act of this run has. */
export type DueAct = { readonly id: number; readonly cue: string | null; readonly act: Act }

/**
 * What the core wants after one change. `wanted` is the complete picture, not a step: the output compares it with what OBS shows. A
 * new `takeId` is a new take; the older one is over, whatever its outcome.
 */
export type Effect = {
  readonly at: Instant
  readonly takeId: number
  readonly cause: TakeCause
  /** Null: nothing is wanted, so nothing is sent. */
  readonly wanted: Picture | null
  /** The next picture that comes by itself, and when. */
  readonly next: { readonly at: Instant; readonly picture: Picture } | null
  readonly passed: readonly PassedCue[]
  readonly acts: readonly DueAct[]
}
