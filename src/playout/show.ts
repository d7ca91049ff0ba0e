import type { Transition } from '../schedule/model/schedule.ts'
import type { Instant, Millis, ShowInstant, WallInstant, WallOffset } from '../time/clock.ts'
import type { Cue } from './timeline.ts'

/** Where a show is that is on. */
export type Playhead = {
  /** Counts from 0. */
  readonly round: number
  /** The date (YYYY-MM-DD) of the round's first time of day; null if the schedule has none. */
  readonly day: string | null
  /** The cue that is on. While a removed cue plays out, the cue before the one that follows it; -1 if the first follows. */
  readonly index: number
  /** A cue that a reload removed and that is still playing out, with the instant of its `until`. */
  readonly removed: { readonly cue: Cue; readonly until: WallInstant | null } | null
  /** Tells one entry of a cue from the next. */
  readonly entry: number
  /** The exact boundary at which the cue began, on the show's clock. A pause moves it. */
  readonly enteredAt: ShowInstant
  /** When it was really entered. */
  readonly arrivedAt: Instant
  /** The same by the wall clock of that moment. A time of day that isn't after it is spent, even if the clock is set back. */
  readonly arrivedWall: WallInstant
  /** When the show began, on the show's clock. */
  readonly startedAt: ShowInstant
  /** What `extend` has added to the cue's own end. */
  readonly adjusted: Millis
  /** True after the command hold, false after unhold; null: as the schedule says. */
  readonly held: boolean | null
  /** Whether goTo, previous or start put it on. If its `until` isn't after the entry, it then holds. */
  readonly putOn: boolean
  /** How far into the cue its marks have been played; -1 before the first. */
  readonly reached: Millis
  /** When OBS expects the cue's media to end, and whether it has ended. Null until OBS says. */
  readonly media: { readonly endsAt: Instant; readonly ended: boolean } | null
  /** The offset at which the cue passed its own end: it holds, or waits for a hard start. Null before. */
  readonly over: Millis | null
  readonly plan: Plan
}

/** When the round is planned to begin, and with which cue. Made at the show's start and carried from round to round. */
export type Plan = {
  readonly index: number
  readonly at: Instant
  /** `at` by the wall clock of the moment at which the plan was made. */
  readonly wall: WallInstant
  readonly day: string | null
}

export type Pause = { readonly since: Instant; readonly by: 'operator' | 'force' | 'stream' }

export type Override = {
  readonly scene: string
  readonly since: Instant
  readonly ends: 'release' | 'cueEnd' | Instant
  readonly by: 'operator' | 'recurring' | 'obs'
  readonly pause: boolean
  readonly transition: Transition | null
  /** How far into the force the marks of its scene have been played. */
  readonly reached: Millis
  /** What a release outside a show leads back to: the scene before the first force, or the last cue's if the show ended. */
  readonly back: string | null
}

/** Everything of a show that moves in time; the rest is the timeline. */
export type Show = {
  /** When the show last changed; ticks don't count. Nothing can be due before it. */
  readonly at: Instant
  readonly playhead: Playhead | null
  /** Cues entered so far, in all shows. */
  readonly entries: number
  readonly pause: Pause | null
  readonly override: Override | null
  /** The scene that a release outside a show has led back to, until OBS confirms it. */
  readonly back: string | null
  /** How far recurring entries have been given: `every` by the show's position, `at` by the wall clock. */
  readonly recurred: { readonly position: Millis; readonly wall: WallInstant }
  /** How far the wall clock is ahead of `at`. */
  readonly offset: WallOffset
}

export const emptyShow: Show = {
  at: 0,
  playhead: null,
  entries: 0,
  pause: null,
  override: null,
  back: null,
  recurred: { position: 0, wall: 0 },
  offset: 0,
}

type Draft<T> = { -readonly [K in keyof T]: T[K] }

/**
 * A copy to change before anyone else sees it. The fields are written out so that all shows share one hidden class: in Node 20, a
 * spread of a spread takes ten times as long.
 */
export function showDraft({ at, playhead, entries, pause, override, back, recurred, offset }: Show): Draft<Show> {
  return { at, playhead, entries, pause, override, back, recurred, offset }
}

export const showWith = (show: Show, changes: Partial<Show>): Show => Object.assign(showDraft(show), changes)

/** As `showDraft`. */
function playheadDraft(from: Playhead): Draft<Playhead> {
  return {
    round: from.round,
    day: from.day,
    index: from.index,
    removed: from.removed,
    entry: from.entry,
    enteredAt: from.enteredAt,
    arrivedAt: from.arrivedAt,
    arrivedWall: from.arrivedWall,
    startedAt: from.startedAt,
    adjusted: from.adjusted,
    held: from.held,
    putOn: from.putOn,
    reached: from.reached,
    media: from.media,
    over: from.over,
    plan: from.plan,
  }
}

export const playheadWith = (playhead: Playhead, changes: Partial<Playhead>): Playhead =>
  Object.assign(playheadDraft(playhead), changes)

/** While the show's clock runs, it equals the orchestrator's own. */
export const onShowClock = (at: Instant): ShowInstant => +at
export const onOwnClock = (at: ShowInstant): Instant => +at

/** The current time on the show's clock, which stands still in a pause. */
export const showClock = (show: Show, at: Instant): ShowInstant => onShowClock(show.pause?.since ?? at)
