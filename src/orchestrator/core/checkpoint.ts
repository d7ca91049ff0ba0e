import { compile, type Timeline } from '../../playout/timeline.ts'
import type { CueSpec, Schedule } from '../../schedule/model/schedule.ts'
import { type Context, nothing } from './context.ts'
import type { Mode } from './snapshot.ts'

/** All that is needed to go on from a state: plain values, as JSON can hold them. */
export type Checkpoint = Omit<Context, 'timeline' | 'scenes' | 'yield'> & {
  readonly mode: Mode
  readonly schedule: Schedule | null
  /** A cue that the schedule no longer has and that plays out, at its place among the schedule's cues. */
  readonly ghost: { readonly place: number; readonly cue: CueSpec } | null
  readonly scenes: {
    readonly names: readonly string[] | null
    readonly renamed: readonly (readonly [string, string])[]
  }
}

export function checkpointOf(context: Context, mode: Mode): Checkpoint {
  const { timeline, scenes, yield: _, ...plain } = context
  return {
    mode,
    schedule: timeline?.schedule ?? null,
    ghost: timeline === null ? null : ghostOf(timeline),
    ...plain,
    scenes: { names: scenes.names === null ? null : [...scenes.names], renamed: [...scenes.renamed] },
  }
}

/** The way back: what is compiled from the schedule is compiled again. */
export function restore(checkpoint: Checkpoint): { readonly context: Context; readonly mode: Mode } {
  const { mode, schedule, ghost, scenes, ...plain } = checkpoint
  return {
    mode,
    context: {
      ...plain,
      timeline: schedule === null ? null : timelineOf(schedule, ghost),
      scenes: { names: scenes.names === null ? null : new Set(scenes.names), renamed: new Map(scenes.renamed) },
      yield: nothing,
    },
  }
}

function ghostOf({ ghost, cues }: Timeline): Checkpoint['ghost'] {
  const on = ghost === null ? undefined : cues[ghost]
  if (on === undefined) return null
  const { index: _, place, marks: __, ...spec } = on
  return { place, cue: { ...spec, skip: false } }
}

function timelineOf(schedule: Schedule, ghost: Checkpoint['ghost']): Timeline {
  if (ghost === null) return compile(schedule)
  const { place, cue } = ghost
  const timeline = compile({
    ...schedule,
    cues: [...schedule.cues.slice(0, place), cue, ...schedule.cues.slice(place)],
  })
  return { ...timeline, schedule, ghost: timeline.cues.findIndex((other) => other.place === place) }
}
