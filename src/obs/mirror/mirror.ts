import type { LinkPhase, RecordingPhase, StreamPhase } from '../../orchestrator/core/events.ts'
import type { Effect, Picture, TakeCause } from '../../playout/effect.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { LinkState } from '../link/link.ts'
import type { ObsReport, Reading } from './events.ts'
import type { Problems } from './problems.ts'
import type { SentState } from './states.ts'

/** What OBS is known to show, what it has been asked for, and what has become of that. One value; `observe` makes the next. */
export type Mirror = {
  /** When the last event happened. */
  readonly at: Instant

  readonly link: LinkState
  /** What the core was last told of the link. */
  readonly toldLink: LinkPhase | null
  /** What was read of OBS and takes effect once the link is up. */
  readonly reading: Reading | null
  /** The requests that this OBS knows. */
  readonly available: ReadonlySet<string>
  /** OBS's frame counter, when it was last read: it tells the same OBS from one that was started again. */
  readonly frames: FrameCount | null
  /** Since when another scene collection loads; nothing that OBS says counts meanwhile. */
  readonly loadingSince: Instant | null
  /** Everything has to be read again. */
  readonly isStale: boolean
  readonly isNewCollection: boolean
  /** OBS did not answer: nothing is asked before this. */
  readonly restsUntil: Instant
  /** Since when the adapter is closing: only the operator's transition is still put back. */
  readonly leavingSince: Instant | null

  /** Top to bottom. */
  readonly scenes: readonly string[]
  readonly areScenesStale: boolean
  /** The program scene as OBS last named it; null: not known. */
  readonly program: string | null
  /** The scene that was set and that OBS has not named as program yet. */
  readonly asked: Asked | null
  readonly studioMode: boolean
  readonly studioModeChangedAt: Instant
  /** Since when a transition runs; null: none does. */
  readonly runsSince: Instant | null
  /** When OBS was last asked whether the transition still runs. */
  readonly cursorReadAt: Instant
  /** The transition to the scene that was last set has begun. */
  readonly hasBegun: boolean
  /** For each scene that was set and whose transition has not begun: until when it may still begin. */
  readonly owed: readonly Instant[]
  /** Signs of a program change that no take explains. */
  readonly suspicions: readonly Suspicion[]
  /** Scenes that were removed since everything was read. */
  readonly removed: readonly string[]

  readonly transitions: readonly KnownTransition[]
  /** What is selected in OBS. `duration` null: not known, as OBS tells it only of transitions that have one. */
  readonly transition: SelectedTransition
  /** The transition was selected while another one ran: OBS 32 accepts that and keeps the old one. */
  readonly isTransitionDoubtful: boolean
  /** What the operator had selected before we replaced it. Null: not replaced. */
  readonly replaced: SelectedTransition
  /** The transition that we selected last. */
  readonly selected: string | null
  /** The operator's duration can be read now, until `until`. */
  readonly durationLook: { readonly at: Instant; readonly until: Instant } | null

  /** The states of the picture, as far as they were sent. */
  readonly states: readonly SentState[]
  /** The run of a media input that this OBS was last told to begin. */
  readonly media: { readonly input: string; readonly run: number } | null
  /** The media inputs that were restarted with a take and have not ended. */
  readonly playing: readonly Playback[]

  readonly stream: StreamPhase | null
  readonly recording: RecordingPhase | null
  /** An event has told the phase since the last reading began, and counts more than the reading. */
  readonly isStreamHeard: boolean
  readonly isRecordingHeard: boolean
  readonly streamLookAt: Instant | null

  readonly problems: Problems
  readonly take: Take
}

export type FrameCount = { readonly frames: number; readonly at: Instant; readonly fps: number }

export type Asked = {
  readonly scene: string
  readonly takeId: number | null
  readonly sentAt: Instant
  /** When to read back whether OBS shows it; null: OBS has not answered the request yet. */
  readonly lookAt: Instant | null
}

/** `isLooked`: OBS is being asked what it shows. */
export type Suspicion = {
  readonly at: Instant
  readonly lookAt: Instant
  readonly isAnnouncement: boolean
  readonly isLooked: boolean
}

/** `fixed`: it has no duration, or one of its own. */
export type KnownTransition = { readonly name: string; readonly fixed: boolean }
export type SelectedTransition = { readonly name: string | null; readonly duration: Millis | null }

export type Playback = {
  readonly input: string
  /** The scene that it plays in. */
  readonly scene: string
  readonly restartedAt: Instant
  /** When OBS said that it has begun since the restart. */
  readonly begunAt: Instant | null
  /**
   * OBS 29 doesn't restart an input that is out of sight, unless its scene coming on air does so: it says that the input plays, but
   * the input stands still, or goes on from where it was. False: OBS has said that it has begun, or it was restarted once more.
   */
  readonly mayBeIdle: boolean
  /** It has to be restarted once more. */
  readonly isRestartDue: boolean
  /** The end that OBS has reported; null: not known. */
  readonly endsAt: Instant | null
  /** When to ask OBS how it plays; null: no need. */
  readonly lookAt: Instant | null
  /** Where it was at the last look. */
  readonly cursor: Millis | null
  /** OBS has said that its playback ended, which a look has to confirm. */
  readonly endHeard: 'no' | 'yes' | 'looking'
}

/** The present take: the latest wish, and what has become of it. */
export type Take = {
  /** Null: nothing is wanted. */
  readonly id: number | null
  readonly cause: TakeCause | null
  readonly wanted: Picture | null
  readonly next: Effect['next']
  /** When its scene was first sent. */
  readonly sentAt: Instant | null
  /** How often its scene was sent. */
  readonly tries: number
  /** It is over: its scene is the operator's to change. */
  readonly isSettled: boolean
  /** What the core was told: a take has one answer. `late`: it has failed, and can be carried out after all. */
  readonly answer: 'none' | 'given' | 'late'
  /** The scene for want of which it failed. */
  readonly missing: string | null
  /** Its transition was missing, and the transitions of OBS have been read again since. */
  readonly isTransitionChecked: boolean
  /** OBS has said that its scene is on, but it can't be. */
  readonly isDropped: boolean
}

export const noTake: Take = {
  ...{ id: null, cause: null, wanted: null, next: null, sentAt: null, tries: 0 },
  ...{ isSettled: true, answer: 'none', missing: null, isTransitionChecked: false, isDropped: false },
}

const NEVER: Instant = Number.NEGATIVE_INFINITY

export const nothingKnown: Mirror = {
  ...{ at: NEVER, link: 'down', toldLink: null, reading: null, available: new Set(), frames: null },
  ...{ loadingSince: null, isStale: false, isNewCollection: false, restsUntil: NEVER, leavingSince: null },
  ...{ scenes: [], areScenesStale: false, program: null, asked: null },
  ...{ studioMode: false, studioModeChangedAt: NEVER, runsSince: null, cursorReadAt: NEVER, hasBegun: true },
  ...{ owed: [], suspicions: [], removed: [] },
  ...{ transitions: [], transition: { name: null, duration: null }, isTransitionDoubtful: false },
  ...{ replaced: { name: null, duration: null }, selected: null, durationLook: null },
  ...{ states: [], media: null, playing: [] },
  ...{ stream: null, recording: null, isStreamHeard: false, isRecordingHeard: false, streamLookAt: null },
  ...{ problems: {}, take: noTake },
}

/** The next mirror, and the reports for the core, in order. */
export type Observed = { readonly mirror: Mirror; readonly reports: readonly ObsReport[] }

export const silently = (mirror: Mirror): Observed => ({ mirror, reports: [] })

export function andThen({ mirror, reports }: Observed, next: (mirror: Mirror) => Observed): Observed {
  const after = next(mirror)
  return { mirror: after.mirror, reports: [...reports, ...after.reports] }
}

/** Whether OBS can be asked, and what it says counts. */
export function isHere({ link, loadingSince }: Mirror): boolean {
  return link === 'up' && loadingSince === null
}

/** The scene that is on air, or on its way there. */
export function onTheWay({ asked, program }: Mirror): string | null {
  return asked?.scene ?? program
}
