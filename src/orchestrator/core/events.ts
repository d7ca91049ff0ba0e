import type { CommandOf, OperatorCommand } from '../../commands/table.ts'
import type { Subject } from '../../schedule/model/names.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Instant, Millis, WallOffset } from '../../time/clock.ts'

/** A command of the table. Durations are strings as in the file; a cue is its id. */
export type Command = OperatorCommand | CommandOf<'updateStreamStatus'> | Configure

export type Configure = { readonly type: 'configure'; readonly schedule: Schedule }

export type { StreamPhase } from '../../commands/arguments.ts'
export type RecordingPhase = 'off' | 'recording' | 'paused'
export type LinkPhase = 'down' | 'connecting' | 'up'

/** What OBS said about itself when the link came up. */
export type ObsIdentity = { readonly version: string; readonly websocket: string; readonly platform: string }

/** What an adapter tells the core. */
export type AdapterEvent = Report & {
  /** The name of the output that reports; default: the first one. */
  readonly output?: string
}

/** `at`, if given, is when it happened, at the latest now. */
type Report =
  /**
   * A program scene that no take of ours caused. `operator`: somebody switched inside OBS. `obs`: it follows from something else
   * (the first look after connecting, a removed scene, a changed collection, studio mode).
   */
  | { readonly type: 'seen'; readonly scene: string; readonly by: 'operator' | 'obs'; readonly at?: Instant }
  /** OBS has named the take's scene as program. `already`: the scene was already on, so none was sent. */
  | {
      readonly type: 'confirmed'
      readonly takeId: number
      readonly sentAt: Instant | null
      readonly already: boolean
      readonly at?: Instant
      /** How it was sent; default: `plain`, at its time. */
      readonly how?: 'armed' | 'timed' | 'plain'
      /** The frame of the cut minus the frame nearest to the planned time, if known. */
      readonly errorFrames?: number
    }
  | { readonly type: 'failed'; readonly takeId: number; readonly sentAt: Instant | null; readonly reason: string }
  /** An output was attached. The first one is the show's. */
  | { readonly type: 'attached' }
  /** The scenes of this OBS, top to bottom. */
  | { readonly type: 'scenes'; readonly scenes: readonly string[] }
  | { readonly type: 'sceneRenamed'; readonly from: string; readonly to: string }
  /**
   * `up` comes once everything has been read again. `restarted`: whether this is another OBS process than before (null: the first
   * connection). `program` is what is on air there now.
   */
  | { readonly type: 'link'; readonly phase: 'down' | 'connecting' }
  | {
      readonly type: 'link'
      readonly phase: 'up'
      readonly obs: ObsIdentity
      readonly restarted: boolean | null
      readonly program: string
    }
  /** A media input began to play. `remaining`: how much of it is left. */
  | { readonly type: 'mediaPlaying'; readonly input: string; readonly remaining: Millis }
  | { readonly type: 'mediaEnded'; readonly input: string }
  | { readonly type: 'recording'; readonly phase: RecordingPhase }
  /** All present problems with this code. They replace the ones reported before; an empty list clears them. */
  | { readonly type: 'problems'; readonly code: string; readonly found: readonly FoundProblem[] }
  /** What the output has to undo some day, in its own words. Its successor gets it if this process is killed. */
  | { readonly type: 'kept'; readonly kept: unknown }
  | ClockEvent

export type FoundProblem = {
  /** Default: `error`. */
  readonly severity?: 'error' | 'warning'
  readonly message: string
  /** The part of the schedule that it is about, which gives the problem a position. */
  readonly subject?: Subject
}

/** What the orchestrator's own clock reports, or an adapter that knows better. */
export type ClockEvent =
  /** The wall clock is now `offset` ms ahead of `at`. Times of day follow it, positions don't. */
  | { readonly type: 'clock'; readonly offset: WallOffset }
  /** A sleep or a stall of over 2 s, from `since` until now. */
  | { readonly type: 'gap'; readonly since: Instant }
