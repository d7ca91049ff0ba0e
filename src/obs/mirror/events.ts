import type { AdapterEvent, Command, ObsIdentity, RecordingPhase, StreamPhase } from '../../orchestrator/core/events.ts'
import type { DueAct, Effect } from '../../playout/effect.ts'
import type { State } from '../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { LinkState } from '../link/link.ts'
import type { ObsError } from '../link/obsError.ts'
import type { KnownTransition, SelectedTransition } from './mirror.ts'

/** What an adapter tells the core. */
export type ObsReport = AdapterEvent | Extract<Command, { readonly type: 'updateStreamStatus' }>

/** What to ask of OBS next, and why, in words for the log. */
export type Request = Change | Look

/** What `conform` asks for. */
export type Change =
  | { readonly type: 'transition'; readonly name: string; readonly reason: string }
  | { readonly type: 'transitionDuration'; readonly duration: Millis; readonly reason: string }
  | { readonly type: 'state'; readonly state: State; readonly how: 'enters' | 'leaves'; readonly reason: string }
  | {
      readonly type: 'media'
      readonly input: string
      readonly run: number
      /** The scene that it is taken with. */
      readonly scene: string
      readonly reason: string
    }
  | { readonly type: 'scene'; readonly scene: string; readonly reason: string }

/** `scenes`: the list of scenes and the program. `everything`: all that is read at a connect. */
type Look =
  | {
      readonly type: 'look'
      readonly at: 'scenes' | 'transitions' | 'transition' | 'cursor' | 'stream' | 'everything'
      readonly reason: string
    }
  | { readonly type: 'lookAtMedia' | 'restartMedia'; readonly input: string; readonly reason: string }

/** What an OBS says of itself when everything is read. */
export type Reading = {
  readonly obs: ObsIdentity
  readonly available: ReadonlySet<string>
  readonly scenes: readonly string[]
  readonly program: string
  readonly transition: SelectedTransition
  readonly transitions: readonly KnownTransition[]
  readonly transitionRuns: boolean
  readonly studioMode: boolean
  readonly stream: StreamReading
  readonly recording: RecordingPhase
  readonly frames: number
  readonly fps: number
}

/** `lasts`: how long it has been live; starts again at 0 when it reconnects. */
export type StreamReading = { readonly phase: StreamPhase; readonly lasts: Millis | null }

/** As GetMediaInputStatus says it. */
export type MediaStatus = {
  readonly mediaState: string
  readonly mediaDuration: Millis | null
  readonly mediaCursor: Millis | null
}

/** What OBS says by itself. */
export type ObsNews =
  | { readonly type: 'programChanged' | 'sceneCreated' | 'sceneRemoved'; readonly scene: string }
  | { readonly type: 'sceneRenamed'; readonly from: string; readonly to: string }
  | { readonly type: 'transitionSelected'; readonly name: string }
  | { readonly type: 'durationSet'; readonly duration: Millis }
  | { readonly type: 'studioModeChanged'; readonly isOn: boolean }
  | { readonly type: 'streamChanged' | 'recordingChanged'; readonly outputState: string }
  | { readonly type: 'playbackStarted' | 'playbackEnded'; readonly input: string }
  | {
      readonly type:
        | 'transitionStarted'
        | 'transitionEnded'
        | 'scenesChanged'
        | 'collectionChanging'
        | 'collectionChanged'
        | 'profileChanged'
    }

/** What has become of a request. */
export type Answer =
  | { readonly type: 'done'; readonly request: Request }
  | { readonly type: 'scenesRead'; readonly scenes: readonly string[]; readonly program: string }
  | { readonly type: 'transitionsRead'; readonly transitions: readonly KnownTransition[] }
  | { readonly type: 'transitionRead'; readonly transition: SelectedTransition }
  | { readonly type: 'cursorRead'; readonly runs: boolean }
  | { readonly type: 'streamRead'; readonly stream: StreamReading }
  | { readonly type: 'mediaRead'; readonly input: string; readonly status: MediaStatus }
  /** `message`: what is wrong, for a problem. */
  | { readonly type: 'refused'; readonly request: Request; readonly error: ObsError; readonly message: string }
  /** OBS gave no answer, in time or at all: nobody knows whether it was done. */
  | { readonly type: 'unanswered'; readonly request: Request; readonly error: ObsError }

/** Anything that happens, without its time. */
export type Happening =
  | ObsNews
  | Answer
  | { readonly type: 'sent'; readonly request: Request }
  | { readonly type: 'wished'; readonly effect: Effect }
  /** `wrong` null: it was done. */
  | { readonly type: 'acted'; readonly name: string; readonly due: DueAct; readonly wrong: string | null }
  | { readonly type: 'link'; readonly state: LinkState }
  /** An attempt to reach OBS failed. */
  | { readonly type: 'trouble'; readonly error: ObsError }
  | { readonly type: 'readingBegins' }
  | { readonly type: 'read'; readonly reading: Reading }
  | { readonly type: 'framesCounted'; readonly frames: number }
  /** The adapter closes. */
  | { readonly type: 'leaving' }
  /** A moment that the plan waited for has come. */
  | { readonly type: 'time' }

/** `at`: whole milliseconds, never less than that of the event before. */
export type ObsEvent = Happening & { readonly at: Instant }
