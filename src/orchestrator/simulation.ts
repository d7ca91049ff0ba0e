import type { Schedule } from '../schedule/model/schedule.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { AsRunLine } from './core/asRun.ts'
import { initialContext } from './core/context.ts'
import { createCore } from './core/core.ts'
import type { Command } from './core/events.ts'
import type { Mode, Snapshot } from './core/snapshot.ts'

export type Simulated = {
  readonly mode: Mode
  /** When the show was over, or the time was up. */
  readonly at: Instant
}

export type SimulationOptions = {
  /** When it begins, on the wall clock. */
  readonly at: Instant
  /** How long at most. */
  readonly length: Millis
  /** `command`: an operator starts it; `schedule`: its start time has come, where it has one. */
  readonly startedBy: 'command' | 'schedule'
  readonly onLine: (line: AsRunLine) => void
}

/** More holds at one instant than a schedule has cues are a loop without length. */
type Standstill = { at: Instant; nexts: number }

/**
 * Plays a show on the real core, from one boundary to the next, on an OBS where each take is confirmed at once. An operator is
 * played, too: a cue that holds is ended at its planned length or, without one, at once.
 */
export function simulateShow(schedule: Schedule, { at, length, startedBy, onLine }: SimulationOptions): Simulated {
  const end = at + length
  const still: Standstill = { at, nexts: 0 }
  const core = createCore(initialContext(at, true), ({ outcome }) => {
    for (const { line } of outcome?.lines ?? []) onLine(line)
  })
  const send = (command: Extract<Command, { type: 'next' | 'unhold' | 'start' }>, now: Instant) => {
    core.judge({ ...command, at: now }, command)
    core.playTo(now)
  }

  const planned = withoutOpenHolds(schedule)
  core.judge({ type: 'configure', schedule: planned, at }, { type: 'configure', schedule: planned })
  if (startedBy === 'schedule') core.playTo(at)
  if (core.snapshot().mode === 'idle') send({ type: 'start' }, at)

  for (let now = at; ; ) {
    const state = core.snapshot()
    if (state.mode !== 'running') return { mode: state.mode, at: now }
    const asked = operatorWould(state)
    if (asked !== null) {
      if (still.at === now && ++still.nexts > schedule.cues.length) return { mode: state.mode, at: now }
      if (still.at !== now) Object.assign(still, { at: now, nexts: 0 })
      send({ type: asked }, now)
      continue
    }
    const due = core.due()
    // A boundary belongs to the cue that begins, which is beyond the end; the end of a show is not.
    const isBeyond = due === null || due.at > end || (due.at === end && !(due.type === 'due.cue' && due.to === null))
    if (isBeyond) return { mode: state.mode, at: end }
    now = due.at
    core.playTo(now)
  }
}

/** A hold that is planned to take no time can be let go like any other. */
function withoutOpenHolds(schedule: Schedule): Schedule {
  const cues = schedule.cues.map((cue) => (cue.hold ? { ...cue, duration: cue.duration ?? 0 } : cue))
  return { ...schedule, cues }
}

/** A hold before a hard start is over at its planned length, too, but what comes next comes at its time. */
function operatorWould({ cue, next }: Snapshot): 'next' | 'unhold' | null {
  if (cue === null || !cue.holding) return null
  return next !== null && next.at === null ? 'next' : 'unhold'
}
