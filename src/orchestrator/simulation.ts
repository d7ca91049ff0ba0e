import type { Schedule } from '../schedule/model/schedule.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { AsRunLine } from './core/asRun.ts'
import { initialContext } from './core/context.ts'
import { createCore } from './core/core.ts'
import type { Command } from './core/events.ts'
import type { DueEvent } from './core/input.ts'
import type { Mode, Snapshot } from './core/snapshot.ts'

export type Simulated = {
  readonly mode: Mode
  /** When the show was over or the simulation stopped. */
  readonly at: Instant
}

export type SimulationOptions = {
  /** When it begins, on the wall clock. */
  readonly at: Instant
  /** How long to play at most. Null: to the end of the show, or 24 h if it has none. */
  readonly length: Millis | null
  /** `command`: an operator starts the show. `schedule`: its start time has come, if it has one. */
  readonly startedBy: 'command' | 'schedule'
  readonly onLine: (line: AsRunLine) => void
}

const DAY: Millis = 86_400_000

/**
 * Plays a show on the real core, from one boundary to the next, on an ideal OBS that confirms each take at once. It plays the
 * operator too: a hold ends at its planned length; without one, it ends at once, or at the hard start that follows.
 */
export function simulateShow(schedule: Schedule, { at, length, startedBy, onLine }: SimulationOptions): Simulated {
  const core = createCore(initialContext(at, true), ({ yielded }) => {
    for (const { line } of yielded?.lines ?? []) onLine(line)
  })
  const send = (command: Extract<Command, { type: 'next' | 'unhold' | 'start' }>, now: Instant) => {
    core.judge({ ...command, at: now }, command)
    core.playTo(now)
  }
  const isOpen = new Set(schedule.cues.filter(({ hold, duration }) => hold && duration === null).map(({ id }) => id))

  const planned = withPlannedHolds(schedule)
  core.judge({ type: 'configure', schedule: planned, at }, { type: 'configure', schedule: planned })
  if (startedBy === 'schedule') core.playTo(at)
  if (core.snapshot().mode === 'idle') send({ type: 'start' }, at)

  let endedHere = 0
  for (let now = at; ; ) {
    const state = core.snapshot()
    if (state.mode !== 'running') return { mode: state.mode, at: now }
    const asked = operatorWould(state, now, isOpen)
    if (asked !== null) {
      // More holds end at one instant than there are cues: this is a loop without length.
      if (++endedHere > schedule.cues.length) return { mode: state.mode, at: now }
      send({ type: asked }, now)
      continue
    }
    const due = core.due()
    const end = length !== null ? at + length : isEndless(schedule, state) ? Math.max(now, at + DAY) : null
    if (due === null || isBeyond(due, end)) return { mode: state.mode, at: end ?? now }
    if (due.at > now) endedHere = 0
    now = due.at
    core.playTo(now)
  }
}

/** An open hold can't be unheld, because it has no end of its own. One of no length can. */
function withPlannedHolds(schedule: Schedule): Schedule {
  const cues = schedule.cues.map((cue) => (cue.hold ? { ...cue, duration: cue.duration ?? 0 } : cue))
  return { ...schedule, cues }
}

/** `unhold` before a hard start: what comes next comes at its time. */
function operatorWould({ cue, next }: Snapshot, now: Instant, isOpen: ReadonlySet<string>): 'next' | 'unhold' | null {
  if (cue === null || !cue.holding) return null
  if (next === null) return 'unhold'
  if (next.at === null || next.at <= now) return 'next'
  return isOpen.has(cue.id) ? null : 'unhold'
}

/** Whether the show goes on for ever, or the current cue does. */
const isEndless = ({ rounds }: Schedule, { cue }: Snapshot): boolean =>
  rounds === Number.POSITIVE_INFINITY || cue?.endsAt === null

/** A boundary belongs to the cue that begins, which is beyond the end. The end of the show is not. */
const isBeyond = (due: DueEvent, end: Instant | null): boolean =>
  end !== null && (due.at > end || (due.at === end && !(due.type === 'due.cue' && due.to === null)))
