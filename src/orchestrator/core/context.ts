import type { Change } from '../../playout/changes.ts'
import type { DueAct, PassedCue, Picture, TakeCause } from '../../playout/effect.ts'
import type { Ahead } from '../../playout/endings.ts'
import { type Scenes, scenesUnknown } from '../../playout/picture.ts'
import { emptyShow, type Show } from '../../playout/show.ts'
import { none, type Timeline } from '../../playout/timeline.ts'
import type { Instant, WallInstant } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import type { LinkView, LiveProblem, ProgramView, Snapshot } from './snapshot.ts'

/** All state of an orchestrator except its mode. Immutable: an update replaces it. */
export type Context = {
  readonly timeline: Timeline | null
  readonly show: Show
  /** What lies ahead of the current cue, and the next change that comes by itself. Both follow from `timeline` and `show`. */
  readonly ahead: Ahead | null
  readonly change: Change | null
  readonly arming: Arming | null
  readonly air: Air
  readonly outside: Outside
  readonly problems: readonly LiveProblem[]
}

/** A start that waits: for an instant on the wall clock, or for the stream. */
export type Arming = { readonly kind: 'time'; readonly wall: WallInstant } | { readonly kind: 'stream' }

/** What is wanted on air, and how far that has come. */
export type Air = {
  readonly picture: Picture | null
  readonly take: Take | null
  readonly takeCount: number
  readonly actCount: number
  readonly program: ProgramView
  /** The entry of the last cue that has a take or a line of the as-run log. */
  readonly logged: number
  /** The cause of the take to make once all changes of this instant are done; null if none is owed. */
  readonly owed: TakeCause | null
  /** When manual switches were reclaimed recently, newest last. */
  readonly reclaimed: readonly Instant[]
}

/** A scene that was asked for. */
export type Take = {
  readonly id: number
  readonly cue: string | null
  readonly title: string | null
  readonly scene: string
  readonly cause: TakeCause
  readonly plannedAt: Instant
  /** True until OBS has confirmed or refused it. */
  readonly pending: boolean
  /** What it was made for: one entry of a cue, or a force. */
  readonly entry: number | null
  readonly force: { readonly scene: string; readonly since: Instant } | null
  /** Scenes of unconfirmed takes that this one superseded. If OBS shows one of them, that was us, not the operator. */
  readonly superseded: readonly string[]
}

/** What the outputs have reported. */
export type Outside = {
  /** True without an adapter: each take then counts as confirmed at once. */
  readonly ideal: boolean
  /** The name of the first output. Its confirmation is the show's. */
  readonly primary: string
  /** An earlier process has begun the show, and the first link of this one isn't up yet. */
  readonly isRecovered: boolean
  readonly others: readonly OtherOutput[]
  readonly scenes: Scenes
  readonly link: LinkView
  readonly stream: Snapshot['stream']
  /** Since when the stream has been lost; null if it isn't lost, or if a policy has already acted on that. */
  readonly lostSince: Instant | null
  readonly recording: Snapshot['recording']
  /** What each output has to undo some day, by its name. */
  readonly kept: Readonly<Record<string, unknown>>
}

/** An output besides the first one. */
export type OtherOutput = {
  readonly name: string
  readonly link: LinkView
  readonly confirmed: string | null
  readonly confirmedAt: Instant | null
}

/** Whether an event is about an output besides the first one. Such an event says nothing about the show. */
export const isOthers = (
  { outside: { primary } }: Context,
  { output = primary }: { readonly output?: string | undefined },
): boolean => output !== primary

/** A line of the as-run log with the number of its take, which is null for a cue that went by without one. */
export type EndedTake = { readonly takeId: number | null; readonly line: AsRunLine }

/** What an update yields: the new context, and the lines, passed cues and due acts of this step. */
export type Yield = {
  readonly context: Context
  readonly lines: readonly EndedTake[]
  readonly passed: readonly PassedCue[]
  readonly acts: readonly DueAct[]
}

/** A changed context and, unless lines are given, nothing else. */
export const only = (context: Context, lines: readonly EndedTake[] = none): Yield => ({
  context,
  lines,
  passed: none,
  acts: none,
})

export const initialContext = (at: Instant, ideal: boolean): Context => ({
  timeline: null,
  show: { ...emptyShow, at },
  ahead: null,
  change: null,
  arming: null,
  air: {
    picture: null,
    take: null,
    takeCount: 0,
    actCount: 0,
    program: { wanted: null, confirmed: null, confirmedAt: null, cause: null },
    logged: 0,
    owed: null,
    reclaimed: [],
  },
  outside: {
    ideal,
    primary: 'main',
    isRecovered: false,
    others: [],
    scenes: scenesUnknown,
    link: { phase: 'down', since: at },
    stream: { phase: 'offline', since: at },
    lostSince: null,
    recording: { phase: 'off', since: at },
    kept: {},
  },
  problems: [],
})

type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** Copies to fill in before anybody else sees them. They are written out for the reason that `showDraft` gives. */
export function contextDraft(from: Context): Draft<Context> {
  const { timeline, show, ahead, change, arming, air, outside, problems } = from
  return { timeline, show, ahead, change, arming, air, outside, problems }
}

export function airDraft(from: Air): Draft<Air> {
  const { picture, take, takeCount, actCount, program, logged, owed, reclaimed } = from
  return { picture, take, takeCount, actCount, program, logged, owed, reclaimed }
}

function outsideDraft(from: Outside): Draft<Outside> {
  const { ideal, primary, isRecovered, others, scenes, link, stream, lostSince, recording, kept } = from
  return { ideal, primary, isRecovered, others, scenes, link, stream, lostSince, recording, kept }
}

export const contextWith = (context: Context, changes: Partial<Context>): Context =>
  Object.assign(contextDraft(context), changes)

/** The context with changes in `air`. */
export const withAir = (context: Context, changes: Partial<Air>): Context =>
  contextWith(context, { air: Object.assign(airDraft(context.air), changes) })

/** The context with changes in `outside`. */
export const withOutside = (context: Context, changes: Partial<Outside>): Context =>
  contextWith(context, { outside: Object.assign(outsideDraft(context.outside), changes) })
