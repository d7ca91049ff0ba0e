import type { Transition } from '../schedule/model/schedule.ts'
import type { Instant, Millis, WallOffset } from '../time/clock.ts'

/** Where the show is. Null in a `Show` that isn't on. */
export type Playhead = {
  /** Counts from 0. */
  readonly round: number
  /** Date (YYYY-MM-DD) of the round's first time of day; null where the schedule has none. */
  readonly day: string | null
  readonly index: number
  /** Tells one entry of a cue from the next. */
  readonly entry: number
  /** When the cue began, on the show's clock: the exact boundary, and a pause moves it. */
  readonly enteredAt: Instant
  /** When it really came. A hard start that isn't after this is spent. */
  readonly arrivedAt: Instant
  /** When the show began, on the show's clock. */
  readonly startedAt: Instant
  /** When the round really began. */
  readonly roundBeganAt: Instant
  /** What `extend` has added to the cue's own end. */
  readonly adjusted: Millis
  /** By the commands hold (true: the cue doesn't end) and unhold (false: it does); null: as the schedule says. */
  readonly held: boolean | null
  /** Put on by goTo, previous or start: an `until` that isn't after the entry then holds. */
  readonly putOn: boolean
  /** How far into the cue its marks have been played; -1 before the first. */
  readonly reached: Millis
  /** When the cue's media is over, as far as OBS has said; `ended` once it is. */
  readonly media: { readonly endsAt: Instant; readonly ended: boolean } | null
  /** How far into the cue it has gone past its own end: it holds, or the filler is on until the hard start. Null before. */
  readonly over: Millis | null
  /** Where the plan made at the show's start has this round begin, and with which cue. */
  readonly plan: Plan
}

/** The plan made when the show started, carried from round to round. */
export type Plan = {
  readonly index: number
  readonly at: Instant
  readonly day: string | null
  readonly offset: WallOffset
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
  /** What was on air before the force, before the first where forces replaced each other. */
  readonly back: string | null
}

/** All that moves in time. Everything else of a show is the timeline. */
export type Show = {
  /** The last change; never a tick. Nothing can be due before it. */
  readonly at: Instant
  readonly playhead: Playhead | null
  /** Cues entered so far, in all shows. */
  readonly entries: number
  readonly pause: Pause | null
  readonly override: Override | null
  /** The scene that a release outside of a show leads back to, until it is confirmed. */
  readonly back: string | null
  /** How far recurring entries have been given: by the show's clock (`every`), and by the real one (`at`). */
  readonly recurred: { readonly position: Millis; readonly at: Instant }
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
  recurred: { position: 0, at: 0 },
  offset: 0,
}

/**
 * The show with some fields changed. Written out, as is every record that changes with each command: in Node 20 a spread of
 * what came from a spread takes about ten times as long.
 */
export function showWith(
  show: Show,
  {
    at = show.at,
    playhead = show.playhead,
    entries = show.entries,
    pause = show.pause,
    override = show.override,
    back = show.back,
    recurred = show.recurred,
    offset = show.offset,
  }: Partial<Show>,
): Show {
  return { at, playhead, entries, pause, override, back, recurred, offset }
}

/** The playhead with some fields changed. */
export function playheadWith(
  playhead: Playhead,
  {
    round = playhead.round,
    day = playhead.day,
    index = playhead.index,
    entry = playhead.entry,
    enteredAt = playhead.enteredAt,
    arrivedAt = playhead.arrivedAt,
    startedAt = playhead.startedAt,
    roundBeganAt = playhead.roundBeganAt,
    adjusted = playhead.adjusted,
    held = playhead.held,
    putOn = playhead.putOn,
    reached = playhead.reached,
    media = playhead.media,
    over = playhead.over,
    plan = playhead.plan,
  }: Partial<Playhead>,
): Playhead {
  return {
    round,
    day,
    index,
    entry,
    enteredAt,
    arrivedAt,
    startedAt,
    roundBeganAt,
    adjusted,
    held,
    putOn,
    reached,
    media,
    over,
    plan,
  }
}

/** The show's own present: it stands still in a pause. */
export const showClock = (show: Show, at: Instant): Instant => show.pause?.since ?? at
