import type { Outcome, TakeCause } from '../../playout/effect.ts'
import type { Instant, Millis } from '../../time/clock.ts'

/** A line of the as-run log: what became of one take, or of a cue that went by without one. */
export type AsRunLine = {
  /** Null for a scene that no cue asked for. */
  readonly cue: string | null
  readonly title: string | null
  readonly scene: string
  readonly cause: TakeCause
  /** When it should have been on air: the boundary, or the command's time. */
  readonly plannedAt: Instant
  readonly sentAt: Instant | null
  /** When OBS first named the scene as program, by event or by read-back. */
  readonly confirmedAt: Instant | null
  /** `confirmedAt` minus `plannedAt`. */
  readonly errorMs: Millis | null
  /** `armed`: OBS waited for the frame; `timed`: sent in mid-frame; `plain`: sent at its time. Null if nothing was sent. */
  readonly how: 'armed' | 'timed' | 'plain' | null
  /** The frame on which OBS made the cut, by our estimate of its clock, minus the frame nearest to `plannedAt`; null if unknown. */
  readonly errorFrames: number | null
  readonly outcome: Outcome
  /** What went wrong, for a failed take. */
  readonly reason?: string
}
