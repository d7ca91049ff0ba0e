import type { DueAct, PassedCue, Picture, TakeCause } from '../../playout/effect.ts'
import { type Scenes, scenesUnknown } from '../../playout/picture.ts'
import { emptyShow, type Show } from '../../playout/show.ts'
import type { Timeline } from '../../playout/timeline.ts'
import type { Instant, WallInstant } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import type { LinkView, LiveProblem, ProgramView, Snapshot } from './snapshot.ts'

/** A scene that was asked for. `pending` until OBS has confirmed or refused it. */
export type Take = {
  readonly id: number
  readonly cue: string | null
  readonly title: string | null
  readonly scene: string
  readonly cause: TakeCause
  readonly plannedAt: Instant
  readonly pending: boolean
}

/** A start that waits: for an instant on the wall clock, or for the stream. */
export type Arming = { readonly kind: 'time'; readonly wall: WallInstant } | { readonly kind: 'stream' }

/** A line of the as-run log, with the number of its take; null for a cue that was passed without one. */
export type EndedTake = { readonly takeId: number | null; readonly line: AsRunLine }

/** What one event has brought besides a new state: lines of the as-run log, cues passed, acts due. */
export type Yield = {
  readonly lines: readonly EndedTake[]
  readonly passed: readonly PassedCue[]
  readonly acts: readonly DueAct[]
}

/** All state of an orchestrator but its mode. Immutable; replaced by the named updates. */
export type Context = {
  readonly timeline: Timeline | null
  /** Without an adapter OBS is ideal: each take counts as confirmed at once. */
  readonly ideal: boolean
  readonly show: Show
  readonly scenes: Scenes
  readonly picture: Picture | null
  readonly take: Take | null
  readonly takeCount: number
  readonly actCount: number
  readonly program: ProgramView
  readonly arming: Arming | null
  readonly link: LinkView
  readonly stream: Snapshot['stream']
  /** Since when the stream has been lost, unless that has been acted on. */
  readonly lostSince: Instant | null
  readonly recording: Snapshot['recording']
  readonly problems: readonly LiveProblem[]
  /** When a manual switch was last taken back, the newest last. */
  readonly reclaimed: readonly Instant[]
  readonly yield: Yield
}

export const nothing: Yield = { lines: [], passed: [], acts: [] }

export const initialContext = (at: Instant, ideal: boolean): Context => ({
  timeline: null,
  ideal,
  show: { ...emptyShow, at },
  scenes: scenesUnknown,
  picture: null,
  take: null,
  takeCount: 0,
  actCount: 0,
  program: { wanted: null, confirmed: null, confirmedAt: null, cause: null },
  arming: null,
  link: { phase: 'down', since: at },
  stream: { phase: 'offline', since: at },
  lostSince: null,
  recording: { phase: 'off', since: at },
  problems: [],
  reclaimed: [],
  yield: nothing,
})

/** The context with some fields changed; see `showWith`. */
export function contextWith(
  context: Context,
  {
    timeline = context.timeline,
    ideal = context.ideal,
    show = context.show,
    scenes = context.scenes,
    picture = context.picture,
    take = context.take,
    takeCount = context.takeCount,
    actCount = context.actCount,
    program = context.program,
    arming = context.arming,
    link = context.link,
    stream = context.stream,
    lostSince = context.lostSince,
    recording = context.recording,
    problems = context.problems,
    reclaimed = context.reclaimed,
    yield: yielded = context.yield,
  }: Partial<Context>,
): Context {
  return {
    timeline,
    ideal,
    show,
    scenes,
    picture,
    take,
    takeCount,
    actCount,
    program,
    arming,
    link,
    stream,
    lostSince,
    recording,
    problems,
    reclaimed,
    yield: yielded,
  }
}

/** The part of the context that follows from a changed show. */
export type Settled = Pick<Context, 'show' | 'picture' | 'take' | 'takeCount' | 'actCount' | 'program' | 'yield'>

/** The context with all that follows from a changed show: nearly every command makes one. */
export function contextSettled(context: Context, settled: Settled): Context {
  const { timeline, ideal, scenes, arming, link, stream, lostSince, recording, problems, reclaimed } = context
  const { show, picture, take, takeCount, actCount, program } = settled
  return {
    timeline,
    ideal,
    show,
    scenes,
    picture,
    take,
    takeCount,
    actCount,
    program,
    arming,
    link,
    stream,
    lostSince,
    recording,
    problems,
    reclaimed,
    yield: settled.yield,
  }
}

/** What OBS is to show, and what it has confirmed, with some of it changed. */
export function programWith(
  program: ProgramView,
  {
    wanted = program.wanted,
    confirmed = program.confirmed,
    confirmedAt = program.confirmedAt,
    cause = program.cause,
  }: Partial<ProgramView>,
): ProgramView {
  return { wanted, confirmed, confirmedAt, cause }
}
