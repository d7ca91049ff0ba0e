import type { TakeCause } from '../../playout/effect.ts'
import type { Problem } from '../../schedule/model/schedule.ts'
import type { Instant, Millis, ShowInstant } from '../../time/clock.ts'
import type { LinkPhase, ObsIdentity, RecordingPhase, StreamPhase } from './events.ts'

export const MODES = ['unconfigured', 'idle', 'running', 'paused', 'stopped', 'finished'] as const
export type Mode = (typeof MODES)[number]

/** The whole public state after one change: frozen, one object for all readers. */
export type Snapshot = {
  /** Counts published changes by one, without gaps. */
  readonly seq: number
  readonly at: Instant
  readonly mode: Mode
  readonly schedule: ScheduleView | null
  readonly armedFor: ArmedFor | null
  readonly cue: CueView | null
  readonly next: NextView | null
  readonly pausedAt: Instant | null
  /** Positive: late. While paused or holding, readers add the time since. */
  readonly overUnder: Millis
  readonly override: OverrideView | null
  readonly program: ProgramView
  readonly link: LinkView
  readonly stream: { readonly phase: StreamPhase; readonly since: Instant }
  readonly recording: { readonly phase: RecordingPhase; readonly since: Instant }
  readonly problems: readonly LiveProblem[]
}

export type ScheduleView = {
  readonly title: string | null
  readonly digest: string
  readonly timezone: string
  readonly cueCount: number
  readonly loop: boolean | number
  /** The planned length of one round; null if it has none. */
  readonly duration: Millis | null
}

export type ArmedFor = { readonly kind: 'time'; readonly at: Instant } | { readonly kind: 'stream' }

export type CueView = {
  readonly index: number
  readonly id: string
  readonly title: string
  readonly scene: string
  readonly note: string | null
  readonly round: number
  /** On the show's clock: a pause moves it. */
  readonly enteredAt: ShowInstant
  /** When the next cue comes, as things stand. */
  readonly endsAt: Instant | null
  /** `show`: a pause moves the end; `clock`: the end is a time of day. Null without an end. */
  readonly endsBy: 'show' | 'clock' | null
  /** The cue's own end. */
  readonly plannedEndsAt: ShowInstant | null
  readonly holding: boolean
  /** How long before its end the countdown turns amber, then red. */
  readonly warning: Millis | null
  readonly danger: Millis | null
}

export type NextView = {
  readonly index: number
  readonly id: string
  readonly title: string
  readonly scene: string
  readonly note: string | null
  /** Its hard start; null if it has none. */
  readonly at: Instant | null
  /** When it comes, as things stand. */
  readonly startsAt: Instant | null
}

export type OverrideView = {
  readonly scene: string
  readonly since: Instant
  readonly until: 'release' | 'cueEnd' | Instant
  readonly pause: boolean
  readonly by: 'operator' | 'recurring' | 'obs'
}

export type ProgramView = {
  readonly wanted: string | null
  readonly confirmed: string | null
  readonly confirmedAt: Instant | null
  readonly cause: TakeCause | null
}

export type LinkView = { readonly phase: LinkPhase; readonly since: Instant; readonly obs?: ObsIdentity }

export type LiveProblem = Omit<Problem, 'path'> & {
  readonly since: Instant
  /** The output that it is about, unless that is the first one. */
  readonly output?: string
}
