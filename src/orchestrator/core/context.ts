import type { Change } from '../../playout/changes.ts'
import type { DueAct, PassedCue, Picture, TakeCause } from '../../playout/effect.ts'
import type { Ahead } from '../../playout/endings.ts'
import { type Scenes, scenesUnknown } from '../../playout/picture.ts'
import { emptyShow, type Show } from '../../playout/show.ts'
import type { Timeline } from '../../playout/timeline.ts'
import type { Instant, WallInstant } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import type { LinkView, LiveProblem, ProgramView, Snapshot } from './snapshot.ts'

/** All state of an orchestrator but its mode. Immutable; replaced by the named updates. */
export type Context = {
  readonly timeline: Timeline | null
  readonly show: Show
  /** What lies ahead of the cue that is on, and what changes next by itself: they follow from `timeline` and `show`. */
  readonly ahead: Ahead | null
  readonly change: Change | null
  readonly arming: Arming | null
  readonly air: Air
  readonly outside: Outside
  readonly problems: readonly LiveProblem[]
}

/** A start that waits: for an instant on the wall clock, or for the stream. */
export type Arming = { readonly kind: 'time'; readonly wall: WallInstant } | { readonly kind: 'stream' }

/** What is wanted on air, and what became of it. */
export type Air = {
  readonly picture: Picture | null
  readonly take: Take | null
  readonly takeCount: number
  readonly actCount: number
  readonly program: ProgramView
  /** The entry of the last cue that has had a take or a line of the as-run log. */
  readonly logged: number
  /** Why the take is owed that is made once all changes of this instant are. */
  readonly owed: TakeCause | null
  /** When a manual switch was last taken back, the newest last. */
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
  /** Until OBS has confirmed or refused it. */
  readonly pending: boolean
  /** What it was made for: an entry of a cue, or a force with its scene and its beginning. */
  readonly entry: number | null
  readonly force: { readonly scene: string; readonly since: Instant } | null
  /** Scenes of takes that it superseded before OBS confirmed them: OBS may show one of these by our doing. */
  readonly superseded: readonly string[]
}

/** What others have told: the outputs, OBS and the stream. */
export type Outside = {
  /** Without an adapter OBS is ideal: each take counts as confirmed at once. */
  readonly ideal: boolean
  /** The name of the first output: its confirmation is the show's. */
  readonly primary: string
  readonly others: readonly OtherOutput[]
  readonly scenes: Scenes
  readonly link: LinkView
  readonly stream: Snapshot['stream']
  /** Since when the stream has been lost, unless that has been acted on. */
  readonly lostSince: Instant | null
  readonly recording: Snapshot['recording']
}

/** An output besides the first one. */
export type OtherOutput = {
  readonly name: string
  readonly link: LinkView
  readonly confirmed: string | null
  readonly confirmedAt: Instant | null
}

/** Whether an event is about an output besides the first one: then it says nothing about the show. */
export const isOthers = (
  { outside: { primary } }: Context,
  { output = primary }: { readonly output?: string | undefined },
): boolean => output !== primary

/** A line of the as-run log, with the number of its take; null for a cue that was passed without one. */
export type EndedTake = { readonly takeId: number | null; readonly line: AsRunLine }

/** What an update makes of the context, and what it yields besides: lines of the as-run log, cues passed, acts due. */
export type Outcome = {
  readonly context: Context
  readonly lines: readonly EndedTake[]
  readonly passed: readonly PassedCue[]
  readonly acts: readonly DueAct[]
}

export const noLines: readonly EndedTake[] = []
export const noPassed: readonly PassedCue[] = []
export const noActs: readonly DueAct[] = []

/** A changed context and nothing besides. */
export const only = (context: Context, lines: readonly EndedTake[] = noLines): Outcome => ({
  context,
  lines,
  passed: noPassed,
  acts: noActs,
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
    others: [],
    scenes: scenesUnknown,
    link: { phase: 'down', since: at },
    stream: { phase: 'offline', since: at },
    lostSince: null,
    recording: { phase: 'off', since: at },
  },
  problems: [],
})

type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** Copies to fill in before anybody else sees them. Written out for the reason that `showDraft` gives. */
export function contextDraft(from: Context): Draft<Context> {
  const { timeline, show, ahead, change, arming, air, outside, problems } = from
  return { timeline, show, ahead, change, arming, air, outside, problems }
}

export function airDraft(from: Air): Draft<Air> {
  const { picture, take, takeCount, actCount, program, logged, owed, reclaimed } = from
  return { picture, take, takeCount, actCount, program, logged, owed, reclaimed }
}

function outsideDraft(from: Outside): Draft<Outside> {
  const { ideal, primary, others, scenes, link, stream, lostSince, recording } = from
  return { ideal, primary, others, scenes, link, stream, lostSince, recording }
}

export const contextWith = (context: Context, changes: Partial<Context>): Context =>
  Object.assign(contextDraft(context), changes)

/** The context with something else on air, or wanted there. */
export const withAir = (context: Context, changes: Partial<Air>): Context =>
  contextWith(context, { air: Object.assign(airDraft(context.air), changes) })

/** The context with something else told from outside. */
export const told = (context: Context, changes: Partial<Outside>): Context =>
  contextWith(context, { outside: Object.assign(outsideDraft(context.outside), changes) })
