import type { DueAct } from '../../playout/effect.ts'
import { cueOn } from '../../playout/endings.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Instant, WallOffset } from '../../time/clock.ts'
import type { AsRunLine } from './asRun.ts'
import { type Checkpoint, checkpointOf, restore } from './checkpoint.ts'
import { type Context, withOutside } from './context.ts'
import { createCore } from './core.ts'
import type { Cause } from './input.ts'
import { latestAct, standsStill } from './policies.ts'
import { actsMissed, sceneProblems, withoutReported } from './problems.ts'
import { tell } from './replay.ts'
import type { Mode } from './snapshot.ts'

/** What an earlier process left, in the time of the present one. */
export type Left = {
  /** The newest state. */
  readonly seq: number
  readonly checkpoint: Checkpoint
  /** What happened after that state, in order. */
  readonly events: readonly { readonly at: Instant; readonly event: Cause }[]
  /** The ids of the acts after that state that may have been carried out. */
  readonly acts: readonly number[]
  /** When the process is last known to have been alive. */
  readonly aliveAt: Instant
}

export type Recovered = {
  /** Each line of the as-run log that came after that state, with the offset of the wall clock then. */
  readonly lines: readonly { readonly line: AsRunLine; readonly offset: WallOffset }[]
  /** What each output has to undo some day, by its name. */
  readonly kept: Context['outside']['kept']
  /** The show that was on; null if none was. */
  readonly show: RecoveredShow | null
}

/** A state to go on from. A `gap` since `since` brings it to the present. */
export type RecoveredShow = {
  readonly seq: number
  readonly mode: Mode
  readonly context: Context
  readonly since: Instant
  /** Acts that were due right before the end and that nobody has carried out. */
  readonly acts: readonly DueAct[]
}

/**
 * Finds the state in which an earlier process ended. `schedule` is the file's, which takes the place of an equal one. Throws if the
 * state makes no sense.
 */
export function recover(left: Left, schedule: Schedule, at: Instant): Recovered {
  const lines: { line: AsRunLine; offset: WallOffset }[] = []
  const unsent: (DueAct & { readonly at: Instant })[] = []
  const sent = new Set(left.acts)
  const first = restore(left.checkpoint)
  const core = createCore(
    first.context,
    ({ at, yielded }) => {
      if (yielded === null) return
      for (const { line } of yielded.lines) lines.push({ line, offset: yielded.context.show.offset })
      for (const act of yielded.acts) if (!sent.has(act.id)) unsent.push({ ...act, at })
    },
    { mode: first.mode, seq: left.seq },
  )
  for (const { event, at } of left.events) tell(core, event, at)
  const { mode, seq } = core.snapshot()
  const last = checkpointOf(core.context(), mode)
  core.close()
  const { kept } = last.outside
  if (mode !== 'running' && mode !== 'paused') return { lines, kept, show: null }

  const isSame = last.schedule?.digest === schedule.digest
  const { context } = restore(isSame ? { ...last, schedule } : last)
  const { timeline, show } = context
  if (timeline === null || cueOn(timeline, show) === null) throw new Error('the show is on without a cue')
  const isRecent = (act: { readonly at: Instant }) => act.at >= at - latestAct
  const missed = unsent.filter((act) => !isRecent(act))
  const alone = actsMissed(withoutOutputs(context, at), missed, at)
  return {
    lines,
    kept,
    show: {
      // The link is down, which is one more change.
      seq: seq + 1,
      mode,
      context: alone,
      since: Math.min(at, standsStill(context) ? Math.max(left.aliveAt, show.at) : show.at),
      acts: unsent.filter(isRecent).map(({ id, cue, act }) => ({ id, cue, act })),
    },
  }
}

/** The outputs of the earlier process are gone, and so is what they reported as wrong. */
function withoutOutputs(context: Context, at: Instant): Context {
  const away = withOutside(context, { isRecovered: true, link: { phase: 'down', since: at }, others: [] })
  return sceneProblems(withoutReported(away), at)
}
