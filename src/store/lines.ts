import type { Checkpoint } from '../orchestrator/core/checkpoint.ts'
import type { JournalEntry } from '../orchestrator/core/input.ts'
import type { Snapshot } from '../orchestrator/core/snapshot.ts'
import type { DueAct } from '../playout/effect.ts'
import { seal } from '../schedule/check.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Instant, InstantsOf, Millis, WallInstant, WallOffset } from '../time/clock.ts'
import { isMap } from '../values/fields.ts'
import { fromWallTimes, toWallTimes } from './wallTimes.ts'

export const lineVersion = 1

/** A state from which a show can go on: the whole of a checkpoint file, and the first line of a journal. */
export type CheckpointLine = {
  /** Of the form of such lines. */
  readonly version: typeof lineVersion
  /** The schedule file, as an absolute path. */
  readonly file: string
  readonly seq: number
  readonly at: Instant
  /** When the process began to keep files. With `entries` it tells which of two checkpoints is newer. */
  readonly run: WallInstant
  /** How many events and acts this process has recorded; the state has seen them all. */
  readonly entries: number
  readonly checkpoint: Checkpoint
}

/** An event and what it changed: whole top-level fields of the snapshot, none if it was refused. */
export type EventLine = Omit<JournalEntry, 'refused'>

/** An act that is due. It is carried out only after this line is on disk. */
export type ActLine = Omit<EventLine, 'event'> & { readonly event: { readonly type: 'actDue' } & DueAct }

/** A line has an `offset` if it isn't that of the line before: how far the wall clock was ahead of the writer's own. */
export type Line = (CheckpointLine | EventLine | ActLine) & { readonly offset?: WallOffset }

export const isCheckpoint = (line: Line): line is CheckpointLine => 'checkpoint' in line
export const isAct = (line: Line): line is ActLine => !isCheckpoint(line) && line.event.type === 'actDue'
export const isEvent = (line: Line): line is EventLine => !isCheckpoint(line) && line.event.type !== 'actDue'

const since = { since: 'own' } as const

const ofSnapshot: InstantsOf<Snapshot> = {
  at: 'own',
  armedFor: { at: 'own' },
  cue: { enteredAt: 'show', endsAt: 'own', plannedEndsAt: 'show' },
  next: { at: 'own', startsAt: 'own' },
  pausedAt: 'own',
  override: { since: 'own', until: 'own' },
  program: { confirmedAt: 'own' },
  link: since,
  stream: since,
  recording: since,
  problems: since,
}

const ofCheckpoint: InstantsOf<Checkpoint> = {
  show: {
    at: 'own',
    playhead: {
      removed: { until: 'wall' },
      enteredAt: 'show',
      arrivedAt: 'own',
      arrivedWall: 'wall',
      startedAt: 'show',
      media: { endsAt: 'own' },
      plan: { at: 'own', wall: 'wall' },
    },
    pause: since,
    override: { since: 'own', ends: 'own' },
    recurred: { wall: 'wall' },
    offset: 'offset',
  },
  arming: { wall: 'wall' },
  air: { take: { plannedAt: 'own', force: since }, program: { confirmedAt: 'own' }, reclaimed: 'own' },
  outside: {
    others: { link: since, confirmedAt: 'own' },
    link: since,
    stream: since,
    lostSince: 'own',
    recording: since,
  },
  problems: since,
}

const ofLine: InstantsOf<Line> = {
  at: 'own',
  run: 'wall',
  offset: 'offset',
  event: { at: 'own', since: 'own', sentAt: 'own', offset: 'offset' },
  changed: ofSnapshot,
  checkpoint: ofCheckpoint,
}

/** Each schedule as JSON, made once: 100 000 cues take 90 ms, and a checkpoint is written after each change. */
const schedules = new WeakMap<Schedule, string>()

/** The line as JSON. `offset` is how far the wall clock is ahead. */
export function lineToJson(line: Line, offset: WallOffset): string {
  const schedule = isCheckpoint(line) ? line.checkpoint.schedule : null
  if (!isCheckpoint(line) || schedule === null) return JSON.stringify(toWallTimes(line, ofLine, offset))
  const { checkpoint, ...rest } = line
  const { schedule: _, ...state } = checkpoint
  const text = schedules.get(schedule) ?? JSON.stringify(schedule)
  schedules.set(schedule, text)
  // The checkpoint comes last in its line, and its schedule last in the checkpoint.
  return `${JSON.stringify(toWallTimes({ ...rest, checkpoint: state }, ofLine, offset)).slice(0, -2)},"schedule":${text}}}`
}

/** Changed fields of a snapshot as JSON, for a wall clock that agrees with the orchestrator's own. */
export const changedToJson = (changed: Partial<Snapshot>): string => JSON.stringify(toWallTimes(changed, ofSnapshot, 0))

/** A line as it is written, its times not yet read. */
export type Written = { readonly [field: string]: unknown }

/** Null if the text isn't a line: a process that is killed may leave half of one. */
export function lineFromJson(text: string): Written | null {
  try {
    const value: unknown = JSON.parse(text)
    return isMap(value) && typeof value['seq'] === 'number' ? value : null
  } catch {
    return null
  }
}

/**
 * The line with its times read; `offset` and `ahead` as for `fromWallTimes`. Only the outline is checked, since nobody else writes such
 * lines. Null if the line is broken or its outline is wrong.
 */
export function readLine(written: Written | null, offset: WallOffset, ahead: Millis = 0): Line | null {
  const line = fromWallTimes(written, ofLine, offset, ahead)
  if (!isLine(line)) return null
  if (isCheckpoint(line)) return { ...line, checkpoint: withSchedule(line.checkpoint) }
  return line.event.type === 'configure' ? { ...line, event: withSchedule(line.event) } : line
}

function isLine(value: unknown): value is Line {
  if (!isMap(value) || typeof value['seq'] !== 'number' || typeof value['at'] !== 'number') return false
  const { checkpoint, event, changed } = value
  return isMap(checkpoint) || (isMap(event) && isMap(changed))
}

/** JSON has no Infinity, which is how often an endless loop plays; it writes null. */
function withSchedule<T extends { readonly schedule: Schedule | null }>(holder: T): T {
  const { schedule } = holder
  if (!isMap(schedule)) return holder
  return { ...holder, schedule: seal({ ...schedule, rounds: schedule.rounds ?? Number.POSITIVE_INFINITY }) }
}
