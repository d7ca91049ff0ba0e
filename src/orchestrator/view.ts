import { plannedOwnEnd, roundLength } from '../playout/cueSheet.ts'
import { cueOn, endsAt, following, isHeld, nextHard, ownEnd } from '../playout/endings.ts'
import { arePassedOver, roundTimes } from '../playout/roundTimes.ts'
import type { Show } from '../playout/show.ts'
import type { Cue, Timeline } from '../playout/timeline.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { Context } from './context.ts'
import type { ArmedFor, CueView, Mode, NextView, OverrideView, ScheduleView, Snapshot } from './snapshot.ts'

/** The public state, sharing with the one before all that is the same; that one itself if nothing is new. */
export function snapshotOf(context: Context, mode: Mode, at: Instant, before: Snapshot | null): Snapshot {
  const { timeline, show, program, link, stream, recording, problems } = context
  const cue = timeline === null ? null : cueView(timeline, show)
  const after: Snapshot = {
    seq: before === null ? 0 : before.seq + 1,
    at,
    mode,
    schedule: shared(before?.schedule, timeline === null ? null : scheduleView(timeline), sameSchedule),
    armedFor: shared(before?.armedFor, mode === 'idle' ? armedFor(context) : null, sameArming),
    cue: shared(before?.cue, cue, sameCue),
    next: shared(before?.next, timeline === null ? null : nextView(context, timeline, mode, cue), sameNext),
    pausedAt: show.pause?.since ?? null,
    overUnder: timeline === null ? 0 : overUnder(timeline, show),
    override: shared(before?.override, overrideView(show), sameOverride),
    program: frozen(before?.program, program),
    link: frozenThrough(before?.link, link),
    stream: frozen(before?.stream, stream),
    recording: frozen(before?.recording, recording),
    problems: frozenThrough(before?.problems, problems),
  }
  return before !== null && keys.every((key) => before[key] === after[key]) ? before : Object.freeze(after)
}

/** Freezes what is new. */
const frozen = <T extends object>(before: T | undefined, value: T): T =>
  value === before ? value : Object.freeze(value)

/** The same, with all that it holds. */
function frozenThrough<T extends object>(before: T | undefined, value: T): T {
  if (value === before) return value
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) Object.freeze(inner)
  return Object.freeze(value)
}

/** Those that change most often first. */
const keys = [
  'program',
  'cue',
  'pausedAt',
  'override',
  'overUnder',
  'next',
  'stream',
  'mode',
  'schedule',
  'armedFor',
  'link',
  'recording',
  'problems',
] as const satisfies readonly (keyof Snapshot)[]

/** The top-level fields that differ, whole, `seq` and `at` left out. */
export function changedFields(before: Snapshot, after: Snapshot): Partial<Snapshot> {
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]))
}

const views = new WeakMap<Timeline, ScheduleView>()

function scheduleView(timeline: Timeline): ScheduleView {
  const known = views.get(timeline)
  if (known !== undefined) return known
  const { title, digest, timezone, rounds } = timeline.schedule
  const loop = rounds === Number.POSITIVE_INFINITY ? true : rounds === 1 ? false : rounds
  const cueCount = timeline.cues.length
  const view = { title, digest, timezone, cueCount, loop, duration: roundLength(timeline) }
  views.set(timeline, view)
  return view
}

function armedFor({ arming, show }: Context): ArmedFor | null {
  if (arming === null) return null
  return arming.kind === 'stream' ? { kind: 'stream' } : { kind: 'time', at: arming.wall - show.offset }
}

function cueView(timeline: Timeline, show: Show): CueView | null {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (cue === null || playhead === null) return null
  return {
    index: cue.index,
    id: cue.id,
    title: cue.title,
    scene: cue.scene,
    note: cue.note,
    round: playhead.round,
    enteredAt: playhead.enteredAt,
    endsAt: endsAt(timeline, show),
    plannedEndsAt: ownEnd(timeline, show),
    holding: playhead.over !== null && (isHeld(cue, playhead) || nextHard(timeline, show) === null),
  }
}

function nextView({ arming, show }: Context, timeline: Timeline, mode: Mode, on: CueView | null): NextView | null {
  if (on === null) {
    const first = mode === 'idle' ? timeline.cues[0] : undefined
    const startsAt = arming?.kind === 'time' ? arming.wall - show.offset : null
    return first === undefined ? null : viewOfNext(first, null, startsAt)
  }
  const to = following(timeline, show)
  const cue = to === null ? undefined : timeline.cues[to.index]
  if (to === null || cue === undefined) return null
  const hard = nextHard(timeline, show)
  const times = roundTimes(timeline, to.day)
  const cutOut = hard !== null && hard.at === on.endsAt && hard.target.index !== to.index
  const isOver =
    on.endsAt !== null && to.round === on.round && arePassedOver(times, to.index, to.index + 1, on.endsAt + show.offset)
  const at = times.at.get(to.index)
  return viewOfNext(cue, at === undefined ? null : at - show.offset, cutOut || isOver ? null : on.endsAt)
}

function viewOfNext(cue: Cue, at: Instant | null, startsAt: Instant | null): NextView {
  const { index, id, title, scene, note } = cue
  return { index, id, title, scene, note, at, startsAt }
}

/** The current cue's own end against the plan made when the show started. A cue that holds openly counts as nothing. */
function overUnder(timeline: Timeline, show: Show): Millis {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null) return 0
  const planned = plannedOwnEnd(timeline, playhead.plan, cue)
  const own = ownEnd(timeline, show) ?? (cue.hold ? playhead.enteredAt : (endsAt(timeline, show) ?? playhead.enteredAt))
  return Number.isNaN(planned) ? 0 : own - planned
}

function overrideView({ override }: Show): OverrideView | null {
  if (override === null) return null
  const { scene, since, ends, pause, by } = override
  return { scene, since, until: ends, pause, by }
}

/** The part of the snapshot before, where it says the same. */
function shared<T extends object>(
  before: T | null | undefined,
  after: T | null,
  same: (a: T, b: T) => boolean,
): T | null {
  if (after === null) return null
  return before != null && same(before, after) ? before : Object.freeze(after)
}

/** A schedule that says the same has the same digest; while a cue that is gone plays out there is more to play. */
const sameSchedule = (a: ScheduleView, b: ScheduleView): boolean =>
  a === b || (a.digest === b.digest && a.cueCount === b.cueCount && a.duration === b.duration)

const sameCue = (a: CueView, b: CueView): boolean =>
  a.index === b.index &&
  a.id === b.id &&
  a.title === b.title &&
  a.scene === b.scene &&
  a.note === b.note &&
  a.round === b.round &&
  a.enteredAt === b.enteredAt &&
  a.endsAt === b.endsAt &&
  a.plannedEndsAt === b.plannedEndsAt &&
  a.holding === b.holding

const sameNext = (a: NextView, b: NextView): boolean =>
  a.index === b.index &&
  a.id === b.id &&
  a.title === b.title &&
  a.scene === b.scene &&
  a.note === b.note &&
  a.at === b.at &&
  a.startsAt === b.startsAt

const sameOverride = (a: OverrideView, b: OverrideView): boolean =>
  a.scene === b.scene && a.since === b.since && a.until === b.until && a.pause === b.pause && a.by === b.by

const sameArming = (a: ArmedFor, b: ArmedFor): boolean =>
  a.kind === 'time' && b.kind === 'time' ? a.at === b.at : a.kind === b.kind
