import { plannedOwnEnd, roundLength } from '../../playout/cueSheet.ts'
import { cueOn, endsAt, following, isHeld, nextHard, ownEnd } from '../../playout/endings.ts'
import { arePassedOver, roundTimes } from '../../playout/roundTimes.ts'
import type { Show } from '../../playout/show.ts'
import type { Cue, Timeline } from '../../playout/timeline.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { Context } from './context.ts'
import type { ArmedFor, CueView, Mode, NextView, OverrideView, ScheduleView, Snapshot } from './snapshot.ts'

/** What the first snapshot is compared with: nothing in it is ever published. */
export const blank: Snapshot = {
  seq: -1,
  at: 0,
  mode: 'unconfigured',
  schedule: null,
  armedFor: null,
  cue: null,
  next: null,
  pausedAt: null,
  overUnder: 0,
  override: null,
  program: { wanted: null, confirmed: null, confirmedAt: null, cause: null },
  link: { phase: 'down', since: 0 },
  stream: { phase: 'offline', since: 0 },
  recording: { phase: 'off', since: 0 },
  problems: [],
}

/** The public state, sharing with the one before all that is the same; that one itself if nothing is new. */
export function snapshotOf(context: Context, mode: Mode, at: Instant, before: Snapshot): Snapshot {
  const { timeline, show, program, link, stream, recording, problems } = context
  const schedule = timeline === null ? null : scheduleView(timeline, before.schedule)
  const armedFor = mode === 'idle' ? armedForView(context, before.armedFor) : null
  const cue = timeline === null ? null : cueView(timeline, show, before.cue)
  const next = timeline === null ? null : nextView(context, timeline, mode, cue, before.next)
  const pausedAt = show.pause?.since ?? null
  const late = timeline === null ? 0 : overUnder(timeline, show)
  const override = overrideView(show, before.override)
  if (
    program === before.program &&
    cue === before.cue &&
    next === before.next &&
    override === before.override &&
    late === before.overUnder &&
    pausedAt === before.pausedAt &&
    stream === before.stream &&
    mode === before.mode &&
    schedule === before.schedule &&
    armedFor === before.armedFor &&
    link === before.link &&
    recording === before.recording &&
    problems === before.problems
  )
    return before
  return Object.freeze({
    seq: before.seq + 1,
    at,
    mode,
    schedule,
    armedFor,
    cue,
    next,
    pausedAt,
    overUnder: late,
    override,
    program: program === before.program ? program : Object.freeze(program),
    link: link === before.link ? link : frozenThrough(link),
    stream: stream === before.stream ? stream : Object.freeze(stream),
    recording: recording === before.recording ? recording : Object.freeze(recording),
    problems: problems === before.problems ? problems : frozenThrough(problems),
  })
}

/** Freezes a value with all that it holds. */
function frozenThrough<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) Object.freeze(inner)
  return Object.freeze(value)
}

const keys = Object.keys(blank).filter((key): key is keyof Snapshot => key !== 'seq' && key !== 'at')

/** The top-level fields that differ, whole, `seq` and `at` left out. */
export function changedFields(before: Snapshot, after: Snapshot): Partial<Snapshot> {
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]))
}

const views = new WeakMap<Timeline, ScheduleView>()

/** A schedule that says the same has the same digest; while a cue that is gone plays out there is more to play. */
function scheduleView(timeline: Timeline, before: ScheduleView | null): ScheduleView {
  const view = views.get(timeline) ?? viewOfSchedule(timeline)
  const { digest, cueCount, duration } = view
  return before?.digest === digest && before.cueCount === cueCount && before.duration === duration ? before : view
}

function viewOfSchedule(timeline: Timeline): ScheduleView {
  const { title, digest, timezone, rounds } = timeline.schedule
  const loop = rounds === Number.POSITIVE_INFINITY ? true : rounds === 1 ? false : rounds
  const cueCount = timeline.cues.length
  const view = Object.freeze({ title, digest, timezone, cueCount, loop, duration: roundLength(timeline) })
  views.set(timeline, view)
  return view
}

function armedForView({ arming, show }: Context, before: ArmedFor | null): ArmedFor | null {
  if (arming === null) return null
  if (arming.kind === 'stream') return before?.kind === 'stream' ? before : Object.freeze({ kind: 'stream' })
  const at = arming.wall - show.offset
  return before?.kind === 'time' && before.at === at ? before : Object.freeze({ kind: 'time', at })
}

function cueView(timeline: Timeline, show: Show, before: CueView | null): CueView | null {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (cue === null || playhead === null) return null
  const { round, enteredAt } = playhead
  const ends = endsAt(timeline, show)
  const own = ownEnd(timeline, show)
  const holding = playhead.over !== null && (isHeld(cue, playhead) || nextHard(timeline, show) === null)
  const isSame =
    before !== null &&
    names(before, cue) &&
    before.round === round &&
    before.enteredAt === enteredAt &&
    before.endsAt === ends &&
    before.plannedEndsAt === own &&
    before.holding === holding
  if (isSame) return before
  const { index, id, title, scene, note } = cue
  return Object.freeze({ index, id, title, scene, note, round, enteredAt, endsAt: ends, plannedEndsAt: own, holding })
}

function nextView(
  { arming, show }: Context,
  timeline: Timeline,
  mode: Mode,
  on: CueView | null,
  before: NextView | null,
): NextView | null {
  if (on === null) {
    const first = mode === 'idle' ? timeline.cues[0] : undefined
    const startsAt = arming?.kind === 'time' ? arming.wall - show.offset : null
    return first === undefined ? null : viewOfNext(first, null, startsAt, before)
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
  return viewOfNext(cue, at === undefined ? null : at - show.offset, cutOut || isOver ? null : on.endsAt, before)
}

function viewOfNext(cue: Cue, at: Instant | null, startsAt: Instant | null, before: NextView | null): NextView {
  if (before !== null && names(before, cue) && before.at === at && before.startsAt === startsAt) return before
  const { index, id, title, scene, note } = cue
  return Object.freeze({ index, id, title, scene, note, at, startsAt })
}

/** Whether a view of a cue says of it what it says of itself. */
const names = (view: CueView | NextView, cue: Cue): boolean =>
  view.index === cue.index &&
  view.id === cue.id &&
  view.title === cue.title &&
  view.scene === cue.scene &&
  view.note === cue.note

/** The current cue's own end against the plan made when the show started. A cue that holds openly counts as nothing. */
function overUnder(timeline: Timeline, show: Show): Millis {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null) return 0
  const planned = plannedOwnEnd(timeline, playhead.plan, cue)
  const own = ownEnd(timeline, show) ?? (cue.hold ? playhead.enteredAt : (endsAt(timeline, show) ?? playhead.enteredAt))
  return Number.isNaN(planned) ? 0 : own - planned
}

function overrideView({ override }: Show, before: OverrideView | null): OverrideView | null {
  if (override === null) return null
  const { scene, since, ends: until, pause, by } = override
  const isSame =
    before !== null &&
    before.scene === scene &&
    before.since === since &&
    before.until === until &&
    before.pause === pause &&
    before.by === by
  return isSame ? before : Object.freeze({ scene, since, until, pause, by })
}
