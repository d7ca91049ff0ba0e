import { nextChange } from '../../playout/changes.ts'
import { lookAhead } from '../../playout/endings.ts'
import { compile } from '../../playout/timeline.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Context, Outside } from './context.ts'
import type { Mode } from './snapshot.ts'

/** Everything needed to go on from a state, as plain values that JSON can hold. */
export type Checkpoint = Omit<Context, 'timeline' | 'ahead' | 'change' | 'outside'> & {
  readonly mode: Mode
  readonly schedule: Schedule | null
  readonly outside: Omit<Outside, 'scenes'> & {
    readonly scenes: {
      readonly names: readonly string[] | null
      readonly renamed: readonly (readonly [string, string])[]
    }
  }
}

export function checkpointOf(context: Context, mode: Mode): Checkpoint {
  const { timeline, ahead: _, change: __, outside, ...plain } = context
  const { names, renamed } = outside.scenes
  return {
    mode,
    schedule: timeline?.schedule ?? null,
    ...plain,
    outside: { ...outside, scenes: { names: names === null ? null : [...names], renamed: [...renamed] } },
  }
}

/** The state of a checkpoint. What follows from the schedule and the show is computed again. */
export function restore(checkpoint: Checkpoint): { readonly context: Context; readonly mode: Mode } {
  const { mode, schedule, outside, ...plain } = checkpoint
  const { names, renamed } = outside.scenes
  const timeline = schedule === null ? null : compile(schedule)
  const ahead = timeline === null ? null : lookAhead(timeline, plain.show)
  return {
    mode,
    context: {
      ...plain,
      timeline,
      ahead,
      change: nextChange(timeline, plain.show, ahead),
      outside: { ...outside, scenes: { names: names === null ? null : new Set(names), renamed: new Map(renamed) } },
    },
  }
}
