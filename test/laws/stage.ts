import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'
import { type Context, initialContext, type Yield } from '../../src/orchestrator/core/context.ts'
import { createCore, type Heard } from '../../src/orchestrator/core/core.ts'
import type { AdapterEvent, ClockEvent, Command } from '../../src/orchestrator/core/events.ts'
import type { Cause, Input } from '../../src/orchestrator/core/input.ts'
import { parseCommand } from '../../src/orchestrator/core/parse.ts'
import type { Reason } from '../../src/orchestrator/core/refusals.ts'
import type { Snapshot } from '../../src/orchestrator/core/snapshot.ts'
import type { DueAct } from '../../src/playout/effect.ts'
import type { Instant, Millis } from '../../src/time/clock.ts'
import { type Setting, type Step, type Story, scheduleOf } from '../support/arbitraries.ts'

/** A cue that came on, by flow or by a command. */
export type Entry = { readonly at: Instant; readonly id: string; readonly round: number }

/** An event with the contexts around it. A refused one yields nothing. */
export type Told = Omit<Heard, 'yielded'> & {
  readonly contextBefore: Context
  readonly context: Context
  readonly yielded: Omit<Yield, 'context'>
}

const nothing = { lines: [], passed: [], acts: [] }

/** A show with more changes than this at one instant doesn't move on. */
const mostAtOnce = 300

/** A core that is played by hand, with everything that came of it. */
export function createStage({ at: startAt, written }: Setting, { ideal = true }: { readonly ideal?: boolean } = {}) {
  const snapshots: Snapshot[] = []
  const lines: AsRunLine[] = []
  const acts: (DueAct & { readonly at: Instant })[] = []
  const entries: Entry[] = []
  const heard: Told[] = []
  let now = startAt
  let atOnce = { at: startAt, count: 0 }
  let context = initialContext(startAt, ideal)

  const core = createCore(context, (event) => {
    atOnce = event.at === atOnce.at ? { at: event.at, count: atOnce.count + 1 } : { at: event.at, count: 1 }
    if (atOnce.count > mostAtOnce) throw new Error(`${mostAtOnce} changes at one instant`)
    const contextBefore = context
    context = event.yielded?.context ?? context
    heard.push({ ...event, contextBefore, context, yielded: event.yielded ?? nothing })
    if (event.after !== event.before) snapshots.push(event.after)
    // A change due on a running clock would wait for ever in a mode whose clock stands still.
    const stands = context.show.pause !== null
    if ((event.after.mode === 'paused') !== stands)
      throw new Error(`the show is ${event.after.mode}, but its clock ${stands ? 'stands' : 'runs'}`)
    // A launch into a show of long ago passes more cues than a function call takes arguments.
    for (const { line } of event.yielded?.lines ?? []) lines.push(line)
    for (const act of event.yielded?.acts ?? []) acts.push({ ...act, at: event.at })
    const { playhead } = context.show
    const cue = context.ahead?.cue
    if (playhead !== null && cue !== undefined && playhead.entry !== contextBefore.show.playhead?.entry)
      entries.push({ at: event.at, id: cue.id, round: playhead.round })
  })

  const judge = (input: Input | AdapterEvent, cause: Cause): Reason | null => {
    core.playTo(now)
    const reason = core.judge({ ...input, at: now }, cause)
    core.playTo(now)
    return reason
  }

  const stage = {
    core,
    snapshots,
    lines,
    acts,
    entries,
    heard,
    now: () => now,
    /** Time passes in this many ticks. */
    wait(by: Millis, ticks = 1) {
      const from = now
      for (let i = 1; i <= ticks; i++) core.playTo(from + Math.floor((by * i) / ticks))
      now = from + by
    },
    command(command: Command): Reason | null {
      const parsed = parseCommand(command, now)
      if ('input' in parsed) return judge(parsed.input, command)
      core.playTo(now)
      return 'invalid'
    },
    report: (report: AdapterEvent) => judge(report, report),
    clock: (event: ClockEvent) => judge(event, event),
    /** One step of a story. `ticks`: the number of ticks in which the time before it passes. */
    play({ wait, happening }: Step, ticks = 1): Reason | null {
      if (happening.kind === 'gap') {
        const since = now
        core.playTo(since)
        now += wait
        const event = { type: 'gap', since } as const
        const reason = core.judge({ ...event, at: now }, event)
        core.playTo(now)
        return reason
      }
      stage.wait(wait, ticks)
      switch (happening.kind) {
        case 'tick':
          return null
        case 'command':
          return stage.command(happening.command)
        case 'configure':
          return stage.command({ type: 'configure', schedule: scheduleOf(happening.written) })
        case 'report':
          return stage.report(happening.report)
        case 'clock':
          return stage.clock(happening.event)
        case 'answer': {
          const takeId = core.context().air.take?.id ?? 0
          return stage.report(
            happening.good
              ? { type: 'confirmed', takeId, sentAt: now, already: false }
              : { type: 'failed', takeId, sentAt: now, reason: 'OBS said no.' },
          )
        }
      }
    },
  }
  stage.command({ type: 'configure', schedule: scheduleOf(written) })
  return stage
}

export type Stage = ReturnType<typeof createStage>

/** A whole story on a stage of its own. */
export function played(
  setting: Story,
  { ideal = true, ticks = () => 1 }: { readonly ideal?: boolean; readonly ticks?: (step: number) => number } = {},
): Stage {
  const stage = createStage(setting, { ideal })
  setting.steps.forEach((step, i) => {
    stage.play(step, ticks(i))
  })
  return stage
}
