import type { Millis } from '../../time/clock.ts'
import type { TimeOfDay, Weekday } from '../../time/timeOfDay.ts'
import type { KeyChord } from '../../values/keys.ts'
import type { Transition } from '../../values/transition.ts'
import type { Policies } from '../schema/policies.ts'

export type { KeyChord, TimeOfDay, Transition, Weekday }

/** A show as the core uses it: parsed and checked, with durations in milliseconds and all defaults filled in. */
export type Schedule = {
  readonly version: 1
  readonly title: string | null
  /** IANA name of the time zone for times of day. */
  readonly timezone: string
  readonly start: Start
  /** The weekdays that a `start` at a time of day applies to; null: every day. */
  readonly days: readonly Weekday[] | null
  /** Total number of rounds: 1 without a loop, Infinity for `loop: true`. */
  readonly rounds: number
  readonly whenFinished: readonly Act[]
  readonly obs: { readonly url: string | null }
  readonly transition: Transition | null
  readonly fallback: string | null
  readonly filler: string | null
  readonly policies: Policies
  /** What a scene always has when it is on air. */
  readonly scenes: Readonly<Record<string, SceneSpec>>
  /** All cues of the file, including those with `skip: true`. */
  readonly cues: readonly CueSpec[]
  readonly recurring: readonly RecurringSpec[]
  readonly hotkeys: readonly Hotkey[]
  /** SHA-256, hex, of the content. Files that say the same have the same digest. */
  readonly digest: string
}

export type Start =
  | { readonly kind: 'manual' }
  | { readonly kind: 'stream' }
  | { readonly kind: 'timeOfDay'; readonly time: TimeOfDay }
  /** An ISO 8601 date-time without a zone, `2026-12-04T19:00`, in the schedule's zone. */
  | { readonly kind: 'dateTime'; readonly dateTime: string }

export type SceneSpec = { readonly transition: Transition | null; readonly actions: readonly StateAction[] }

export type CueSpec = {
  /** Unique; by default, a slug of the scene. */
  readonly id: string
  /** Whether the id is written in the file. */
  readonly explicitId: boolean
  readonly title: string
  readonly scene: string
  readonly note: string | null
  readonly skip: boolean
  readonly duration: Millis | null
  readonly until: TimeOfDay | null
  readonly at: TimeOfDay | null
  readonly due: TimeOfDay | null
  readonly hold: boolean
  /** The media input whose end is the cue's end. */
  readonly media: string | null
  /** How long before its end the countdown turns amber; null: it doesn't. */
  readonly warning: Millis | null
  /** How long before its end the countdown turns red; null: it doesn't. */
  readonly danger: Millis | null
  readonly transition: Transition | null
  readonly actions: readonly Action[]
}

/** What an action sets while it is in the picture. */
export type State =
  | { readonly kind: 'item'; readonly scene: string; readonly item: string; readonly visible: boolean }
  | { readonly kind: 'mute'; readonly input: string; readonly muted: boolean }

/** Acts that need no argument. */
export const PLAIN_ACTS = [
  'startStream',
  'stopStream',
  'startRecord',
  'stopRecord',
  'startReplayBuffer',
  'saveReplay',
  'startVirtualCam',
  'stopVirtualCam',
] as const

/** What `do` can do to a `media` input. */
export const MEDIA_ACTS = ['play', 'pause', 'restart', 'stop'] as const

/** What is done once. */
export type Act =
  | { readonly kind: (typeof PLAIN_ACTS)[number] }
  | { readonly kind: 'chapter'; readonly title: string }
  | { readonly kind: 'media'; readonly input: string; readonly do: (typeof MEDIA_ACTS)[number] }
  | { readonly kind: 'text'; readonly input: string; readonly value: string }
  | { readonly kind: 'hotkey'; readonly name: string }

/** `after` counts from the cue's entry. `for` is null if the state lasts as long as the cue. */
export type StateAction = { readonly after: Millis; readonly for: Millis | null; readonly state: State }
export type ActAction = { readonly after: Millis; readonly act: Act }
export type Action = StateAction | ActAction

export type RecurringSpec = {
  readonly scene: string
  readonly duration: Millis
  readonly days: readonly Weekday[] | null
  readonly when:
    | { readonly kind: 'every'; readonly interval: Millis }
    | { readonly kind: 'at'; readonly times: readonly TimeOfDay[] }
}

export type Hotkey = {
  readonly keys: KeyChord
  /** A command of the command table, with durations as written in the file. */
  readonly command: Readonly<{ type: string } & Record<string, unknown>>
}

export type Position = { readonly line: number; readonly col: number }

/** A problem of a schedule. Lines and columns count from 1. */
export type Problem = {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly col?: number
  /** The place in the document, as keys and indices. */
  readonly path?: readonly (string | number)[]
}
