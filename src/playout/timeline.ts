import type { Action, CueSpec, SceneSpec, Schedule, Transition } from '../schedule/model/schedule.ts'
import type { Millis } from '../time/clock.ts'

/** A cue of the file that isn't skipped. `index` counts these cues from 0. */
export type Cue = Omit<CueSpec, 'skip' | 'transition'> & {
  readonly index: number
  /** Its place among all cues of the file, skipped ones included, from 0. */
  readonly place: number
  readonly transition: Transition | null
  /** Offsets at which the cue's picture may change or an act is due, ascending, each once. */
  readonly marks: readonly Millis[]
}

/** A schedule made ready to be played: immutable, shared by all shows that play it. */
export type Timeline = {
  readonly schedule: Schedule
  readonly cues: readonly Cue[]
  readonly byId: ReadonlyMap<string, number>
  /** What belongs to each scene, however it comes on air. */
  readonly scenes: ReadonlyMap<string, SceneSpec>
  /** By scene: the offsets at which its own states, or those of the fallback in its place, come or go. */
  readonly sceneMarks: ReadonlyMap<string, readonly Millis[]>
  readonly rounds: number
  /** Indices of the cues with a hard start, ascending. */
  readonly hard: readonly number[]
  /** Indices of the cues that name a time of day for their start or their end, ascending. */
  readonly timed: readonly number[]
  /** sums[i]: the planned lengths of the cues before i, in ms. A cue without a duration counts as 0. */
  readonly sums: Float64Array
  /** runs[i]: the first cue at or after i with any ending but a plain duration. The cues from i up to it are a plain run. */
  readonly runs: Int32Array
  /** Whether every cue lasts its duration, or at most its duration if it has media. */
  readonly isFixed: boolean
}

/** The one empty list: most changes pass, skip and do nothing. */
export const none: readonly never[] = []

const compiled = new WeakMap<Schedule, Timeline>()

/** Compiles a schedule. The same schedule object always gives the same timeline. Skipped cues are left out. */
export function compile(schedule: Schedule): Timeline {
  const timeline = compiled.get(schedule) ?? timelineOf(schedule)
  compiled.set(schedule, timeline)
  return timeline
}

function timelineOf(schedule: Schedule): Timeline {
  const scenes = new Map(Object.entries(schedule.scenes))
  // The states that come on air with a scene, or with the fallback if OBS doesn't have the scene.
  const broughtBy = (scene: string): readonly Action[] =>
    [scene, schedule.fallback ?? scene].flatMap((name) => scenes.get(name)?.actions ?? [])
  const cues: Cue[] = []
  schedule.cues.forEach((spec, place) => {
    if (spec.skip) return
    const transition = spec.transition ?? scenes.get(spec.scene)?.transition ?? schedule.transition
    const marks = marksOf([...spec.actions, ...broughtBy(spec.scene)])
    cues.push(toCue(spec, { index: cues.length, place, transition, marks }))
  })
  return {
    schedule,
    cues,
    byId: new Map(cues.map((cue) => [cue.id, cue.index])),
    scenes,
    sceneMarks: new Map([...scenes.keys()].map((scene) => [scene, marksOf(broughtBy(scene))])),
    rounds: schedule.rounds,
    hard: cues.filter((cue) => cue.at !== null).map((cue) => cue.index),
    timed: cues.filter((cue) => cue.at !== null || cue.until !== null).map((cue) => cue.index),
    sums: prefixSums(cues),
    runs: plainRuns(cues),
    isFixed: cues.length > 0 && cues.every(isFixed),
  }
}

/** What belongs to a scene, however it comes on air. */
export const sceneSpec = (timeline: Timeline, scene: string): SceneSpec | null => timeline.scenes.get(scene) ?? null

/** Offsets, from when the scene comes on, at which its picture may change, ascending. */
export const marksOfScene = ({ schedule, sceneMarks }: Timeline, scene: string): readonly Millis[] =>
  sceneMarks.get(scene) ?? sceneMarks.get(schedule.fallback ?? '') ?? none

/**
 * The cue of a plain run that is on `offset` ms after cue `from` began, found by binary search over the prefix sums. Beyond the
 * run, its end.
 */
export function cueAfter(timeline: Timeline, from: number, offset: Millis): number {
  const { sums, runs } = timeline
  const target = (sums[from] ?? 0) + offset
  return firstWhere(from, runs[from] ?? from, (index) => (sums[index + 1] ?? 0) > target)
}

/** The first of the numbers from `low` up to `high` that `holds`, or `high`. If it holds for one, it holds for all after it. */
export function firstWhere(low: number, high: number, holds: (number: number) => boolean): number {
  let first = low
  let end = high
  while (first < end) {
    const middle = (first + end) >>> 1
    if (holds(middle)) end = middle
    else first = middle + 1
  }
  return first
}

/** Written out, so that all cues share one hidden class. */
function toCue(spec: CueSpec, made: Pick<Cue, 'index' | 'place' | 'transition' | 'marks'>): Cue {
  const { index, place, transition, marks } = made
  const { id, explicitId, title, scene, note, duration, until, at, due, hold, media, warning, danger, actions } = spec
  const named = { index, place, id, explicitId, title, scene, note, duration, until, at, due, hold, media }
  return Object.assign(named, { warning, danger, transition, actions, marks })
}

/** The offsets at which actions change anything: each beginning, and each end of a state with `for`. */
function marksOf(actions: readonly Action[]): readonly Millis[] {
  if (actions.length === 0) return none
  const marks = new Set<Millis>()
  for (const action of actions) {
    marks.add(action.after)
    if ('state' in action && action.for !== null) marks.add(action.after + action.for)
  }
  return [...marks].sort((a, b) => a - b)
}

/** Whether the cue lasts its duration, or at most its duration if it has media. */
const isFixed = ({ duration, hold, until, at }: Cue): boolean =>
  duration !== null && !hold && until === null && at === null

function prefixSums(cues: readonly Cue[]): Float64Array {
  const sums = new Float64Array(cues.length + 1)
  let sum = 0
  for (const cue of cues) {
    sum += cue.duration ?? 0
    sums[cue.index + 1] = sum
  }
  return sums
}

function plainRuns(cues: readonly Cue[]): Int32Array {
  const runs = new Int32Array(cues.length + 1).fill(cues.length)
  for (let i = cues.length - 1; i >= 0; i--) {
    const cue = cues[i]
    runs[i] = cue !== undefined && isFixed(cue) && cue.media === null ? (runs[i + 1] ?? cues.length) : i
  }
  return runs
}
