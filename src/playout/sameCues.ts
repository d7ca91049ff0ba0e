import type { Millis, WallInstant } from '../time/clock.ts'
import { addDays, dateAt } from '../time/timeOfDay.ts'
import { firstRoundDay } from './cueSheet.ts'
import { type RoundTimes, roundTimes } from './roundTimes.ts'
import type { Playhead } from './show.ts'
import { type Cue, firstWhere, type Timeline } from './timeline.ts'

/** Where a running show is in a new version of its schedule. */
export type Moved = {
  /** The index of the running cue; null if it is gone. */
  readonly index: number | null
  /** The index of the cue that follows if the running one is gone; the number of cues if none does. */
  readonly next: number
  /** The day of the round's times. */
  readonly day: string | null
  /** By how many places the cues of the plan have moved; null if a time in the plan has changed, so that it no longer holds. */
  readonly planShift: number | null
}

/** Finds the running cue, the cue that follows it and the day of the round's times in another version of the schedule. */
export function movedCues(
  before: Timeline,
  fresh: Timeline,
  playhead: Playhead,
  nameOf: (scene: string) => string,
): Moved {
  const { removed, index } = playhead
  // A removed cue that plays out may be back.
  const version = removed === null ? before : withCue(before, removed.cue, index + 1)
  const place = removed === null ? index : index + 1
  const now = sameCues(version, fresh, nameOf)
  const common = now.slice(place + 1).find((to) => to !== null)
  const atItsPlace = fresh.cues.find((cue) => cue.place >= (version.cues[place]?.place ?? 0))?.index
  return {
    index: now[place] ?? null,
    next: common ?? atItsPlace ?? fresh.cues.length,
    day: dayLike(before, fresh, playhead, removed === null ? now : now.toSpliced(place, 1)),
    planShift: removed === null ? planShift(before, fresh, now, playhead) : null,
  }
}

const withCue = (timeline: Timeline, cue: Cue, place: number): Timeline => ({
  ...timeline,
  cues: timeline.cues.toSpliced(place, 0, cue).map((one, index) => ({ ...one, index })),
})

/** By how many places the cues of the plan have moved if none of their times has changed; null otherwise. */
function planShift(
  before: Timeline,
  fresh: Timeline,
  now: readonly (number | null)[],
  { plan }: Playhead,
): number | null {
  if (before.rounds !== fresh.rounds || before.schedule.timezone !== fresh.schedule.timezone) return null
  // In a loop, the later rounds have all cues.
  const first = before.rounds === 1 ? plan.index : 0
  const shift = (now[first] ?? first) - first
  if (fresh.cues.length - shift !== before.cues.length) return null
  const isSame = before.cues.slice(first).every((was, i) => {
    const to = now[first + i] ?? null
    const is = to === first + i + shift ? fresh.cues[to] : undefined
    if (is === undefined) return false
    const hasSameEnd = was.duration === is.duration && was.until === is.until && was.hold === is.hold
    return hasSameEnd && was.at === is.at && was.due === is.due && was.media === is.media
  })
  return isSame ? shift : null
}

const aDay: Millis = 86_400_000

/**
 * The day of the round's times in the other version that keeps the next time of day to come as near as possible to its instant or,
 * if none is to come, the last one past.
 */
function dayLike(
  before: Timeline,
  fresh: Timeline,
  { index, day, arrivedWall }: Playhead,
  now: readonly (number | null)[],
): string | null {
  if (fresh.timed.length === 0) return null
  const times = roundTimes(before, day)
  const toCome = before.timed.filter((timed) => timed > index)
  const past = before.timed.filter((timed) => timed <= index).reverse()
  for (const was of [...toCome, ...past]) {
    const is = now[was] ?? null
    if (is === null) continue
    for (const kind of ['at', 'until'] as const) {
      const wall = times[kind].get(was)
      if (wall !== undefined && fresh.cues[is]?.[kind] != null) return dayNear(fresh, kind, is, wall)
    }
  }
  return firstRoundDay(fresh, arrivedWall)
}

/** The day of a round in which the time of this cue is nearest to `wall`. */
function dayNear(
  timeline: Timeline,
  kind: keyof Pick<RoundTimes, 'at' | 'until'>,
  index: number,
  wall: WallInstant,
): string {
  const apart = (day: string): Millis => (roundTimes(timeline, day)[kind].get(index) ?? wall) - wall
  const about = dateAt(wall, timeline.schedule.timezone)
  const day = addDays(about, -Math.round(apart(about) / aDay))
  return [day, addDays(day, -1), addDays(day, 1)].reduce((best, other) =>
    Math.abs(apart(other)) < Math.abs(apart(best)) ? other : best,
  )
}

/**
 * The index of each cue in the new version of a schedule; null for a cue that is gone. Cues that both have an explicit id match by
 * it. Other cues match by scene and nearest position, except with cues that were found by their id.
 * `nameOf`: the current name of a scene, in case OBS has renamed it.
 */
export function sameCues(
  before: Timeline,
  fresh: Timeline,
  nameOf: (scene: string) => string = (scene) => scene,
): readonly (number | null)[] {
  const [idsBefore, idsNow] = [explicitIds(before), explicitIds(fresh)]
  const byScene = (cues: readonly Cue[]) => grouped(cues, nameOf)
  const left = byScene(before.cues.filter((cue) => !cue.explicitId || !idsNow.has(cue.id)))
  const others = byScene(fresh.cues.filter((cue) => !cue.explicitId || !idsBefore.has(cue.id)))
  const othersWithoutId = byScene(fresh.cues.filter((cue) => !cue.explicitId))
  return before.cues.map((cue) => {
    if (cue.explicitId && idsNow.has(cue.id)) return fresh.byId.get(cue.id) ?? null
    const scene = nameOf(cue.scene)
    const alike = (cue.explicitId ? othersWithoutId : others).get(scene) ?? []
    return nearest(cue, placeIn(left.get(scene) ?? [], cue.index), alike)
  })
}

/** Includes the ids of skipped cues: no other cue takes the place of a skipped one. */
const explicitIds = ({ schedule }: Timeline): ReadonlySet<string> =>
  new Set(schedule.cues.filter((cue) => cue.explicitId).map((cue) => cue.id))

function grouped(cues: readonly Cue[], nameOf: (scene: string) => string): ReadonlyMap<string, readonly Cue[]> {
  const scenes = new Map<string, Cue[]>()
  for (const cue of cues) {
    const scene = nameOf(cue.scene)
    const alike = scenes.get(scene)
    if (alike === undefined) scenes.set(scene, [cue])
    else alike.push(cue)
  }
  return scenes
}

/**
 * The nearest of some cues in ascending order. Of two equally near, the one that has `count` of its scene before it, like `cue`, or
 * else the first.
 */
function nearest(cue: Cue, count: number, alike: readonly Cue[]): number | null {
  const place = placeIn(alike, cue.index)
  const [below, above] = [alike[place - 1], alike[place]]
  if (below === undefined || above === undefined) return (below ?? above)?.index ?? null
  const further = above.index - cue.index - (cue.index - below.index)
  return further > 0 || (further === 0 && place !== count) ? below.index : above.index
}

/** How many of the cues, in ascending order, come before `index`. */
const placeIn = (cues: readonly Cue[], index: number): number =>
  firstWhere(0, cues.length, (i) => (cues[i]?.index ?? 0) >= index)
