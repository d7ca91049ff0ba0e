import { plannedOwnEnd, roundLength } from '../../playout/cueSheet.ts'
import { type Ahead, type HardStart, isHeld, sameTarget, type Target } from '../../playout/endings.ts'
import { areSkipped, roundTimes } from '../../playout/roundTimes.ts'
import type { Show } from '../../playout/show.ts'
import type { Cue, Timeline } from '../../playout/timeline.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { Context } from './context.ts'
import type { ArmedFor, CueView, Mode, NextView, OverrideView, ScheduleView, Snapshot } from './snapshot.ts'

/** The public state. It shares unchanged parts with the one before, and is that one itself if nothing is new. */
export function snapshotOf(context: Context, mode: Mode, at: Instant, before: Snapshot | null, seq: number): Snapshot {
  const { timeline, show, ahead, problems } = context
  const { program } = context.air
  const { link, stream, recording } = context.outside
  const schedule = timeline === null ? null : scheduleView(timeline, before?.schedule ?? null)
  const armedFor = mode === 'idle' ? armedForView(context, before?.armedFor ?? null) : null
  const cue = timeline === null || ahead === null ? null : cueView(show, ahead, before?.cue ?? null)
  const next = timeline === null ? null : nextView(context, timeline, mode, before?.next ?? null)
  const pausedAt = show.pause?.since ?? null
  const late = timeline === null || ahead === null ? 0 : overUnder(timeline, show, ahead)
  const override = overrideView(show, before?.override ?? null)
  if (
    before !== null &&
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
    seq,
    at,
    mode,
    schedule,
    armedFor,
    cue,
    next,
    pausedAt,
    overUnder: late,
    override,
    program: program === before?.program ? program : Object.freeze(program),
    link: link === before?.link ? link : frozenThrough(link),
    stream: stream === before?.stream ? stream : Object.freeze(stream),
    recording: recording === before?.recording ? recording : Object.freeze(recording),
    problems: problems === before?.problems ? problems : frozenThrough(problems),
  })
}

/** Freezes a value and the objects directly in it. */
function frozenThrough<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) Object.freeze(inner)
  return Object.freeze(value)
}

/** The top-level fields that differ, each whole, without `seq` and `at`. */
export function changedFields(before: Snapshot, after: Snapshot): Partial<Snapshot> {
  const isChanged = ([key, value]: readonly [string, unknown]) =>
    key !== 'seq' && key !== 'at' && Reflect.get(before, key) !== value
  return Object.fromEntries(Object.entries(after).filter(isChanged))
}

const views = new WeakMap<Timeline, ScheduleView>()

/** The view stays the same object while the schedule's digest does. */
function scheduleView(timeline: Timeline, before: ScheduleView | null): ScheduleView {
  if (before?.digest === timeline.schedule.digest) return before
  return views.get(timeline) ?? viewOfSchedule(timeline)
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

function cueView(show: Show, ahead: Ahead, before: CueView | null): CueView | null {
  const { playhead } = show
  if (playhead === null) return null
  const { cue, endsAt, own } = ahead
  const { round, enteredAt, removed } = playhead
  const index = removed === null ? playhead.index : playhead.index + 1
  const endsBy = endsAt === null ? null : ahead.endsByClock ? 'clock' : 'show'
  const holding = playhead.over !== null && (isHeld(cue, playhead) || ahead.hard === null)
  const isSame =
    before !== null &&
    before.index === index &&
    names(before, cue) &&
    before.round === round &&
    before.enteredAt === enteredAt &&
    before.endsAt === endsAt &&
    before.endsBy === endsBy &&
    before.plannedEndsAt === own &&
    before.holding === holding &&
    before.warning === cue.warning &&
    before.danger === cue.danger
  if (isSame) return before
  const { id, title, scene, note, warning, danger } = cue
  return Object.freeze({
    index,
    id,
    title,
    scene,
    note,
    round,
    enteredAt,
    endsAt,
    endsBy,
    plannedEndsAt: own,
    holding,
    warning,
    danger,
  })
}

function nextView(
  { arming, show, ahead }: Context,
  timeline: Timeline,
  mode: Mode,
  before: NextView | null,
): NextView | null {
  if (ahead === null) {
    const first = mode === 'idle' ? timeline.cues[0] : undefined
    const startsAt = arming?.kind === 'time' ? arming.wall - show.offset : null
    return first === undefined ? null : viewOfNext(first, null, startsAt, before)
  }
  const { following: to, hard, endsAt } = ahead
  const cue = to === null ? undefined : timeline.cues[to.index]
  if (to === null || cue === undefined) return null
  const at = roundTimes(timeline, to.day).at.get(to.index)
  const comes = comesAt(timeline, show, to, hard, endsAt)
  return viewOfNext(cue, at === undefined ? null : at - show.offset, comes, before)
}

/** When the following cue comes; null if a hard start cuts it out, or if it would be skipped by then. */
function comesAt(
  timeline: Timeline,
  { playhead, offset }: Show,
  to: Target,
  hard: HardStart | null,
  endsAt: Instant | null,
): Instant | null {
  if (endsAt === null) return null
  const isCutOut = hard !== null && Math.max(hard.at, endsAt) === endsAt && !sameTarget(hard.to, to)
  const isSkipped =
    to.round === playhead?.round && areSkipped(roundTimes(timeline, to.day), to.index, to.index + 1, endsAt + offset)
  return isCutOut || isSkipped ? null : endsAt
}

function viewOfNext(cue: Cue, at: Instant | null, startsAt: Instant | null, before: NextView | null): NextView {
  if (
    before !== null &&
    before.index === cue.index &&
    names(before, cue) &&
    before.at === at &&
    before.startsAt === startsAt
  )
    return before
  const { index, id, title, scene, note } = cue
  return Object.freeze({ index, id, title, scene, note, at, startsAt })
}

/** Whether a view still has the names and the note of its cue. */
const names = (view: CueView | NextView, cue: Cue): boolean =>
  view.id === cue.id && view.title === cue.title && view.scene === cue.scene && view.note === cue.note

/** The current cue's own end minus its planned one. An open hold counts as having no length. */
function overUnder(timeline: Timeline, { playhead }: Show, { cue, own, endsAt }: Ahead): Millis {
  if (playhead === null || playhead.removed !== null) return 0
  const planned = plannedOwnEnd(timeline, playhead.plan, cue)
  const end = own ?? (cue.hold ? playhead.enteredAt : (endsAt ?? playhead.enteredAt))
  return Number.isNaN(planned) ? 0 : end - planned
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
