import type { Cue, Timeline } from './timeline.ts'

/**
 * Where each cue of a schedule is in the version that takes its place, by their indices; null for one that is gone. Two cues
 * that both have an explicit id are the same by it; else by scene and nearest position, cues that are found by their id left
 * out.
 */
export function sameCues(before: Timeline, fresh: Timeline): readonly (number | null)[] {
  const [idsBefore, idsNow] = [explicitIds(before), explicitIds(fresh)]
  const left = byScene(before.cues.filter((cue) => !cue.explicitId || !idsNow.has(cue.id)))
  const others = byScene(fresh.cues.filter((cue) => !cue.explicitId || !idsBefore.has(cue.id)))
  const othersWithoutId = byScene(fresh.cues.filter((cue) => !cue.explicitId))
  return before.cues.map((cue) => {
    if (cue.explicitId && idsNow.has(cue.id)) return fresh.byId.get(cue.id) ?? null
    const alike = (cue.explicitId ? othersWithoutId : others).get(cue.scene) ?? []
    return nearest(cue, placeIn(left.get(cue.scene) ?? [], cue.index), alike)
  })
}

/** Those of skipped cues too: a cue with such an id is not another one's successor. */
const explicitIds = ({ schedule, cues }: Timeline): ReadonlySet<string> =>
  new Set([...schedule.cues, ...cues].filter((cue) => cue.explicitId).map((cue) => cue.id))

function byScene(cues: readonly Cue[]): ReadonlyMap<string, readonly Cue[]> {
  const scenes = new Map<string, Cue[]>()
  for (const cue of cues) {
    const alike = scenes.get(cue.scene)
    if (alike === undefined) scenes.set(cue.scene, [cue])
    else alike.push(cue)
  }
  return scenes
}

/** The nearest of cues in ascending order; of two as near, the one that like `cue` is the `count`-th of its scene, else the first. */
function nearest(cue: Cue, count: number, alike: readonly Cue[]): number | null {
  const place = placeIn(alike, cue.index)
  const [below, above] = [alike[place - 1], alike[place]]
  if (below === undefined || above === undefined) return (below ?? above)?.index ?? null
  const further = above.index - cue.index - (cue.index - below.index)
  return further > 0 || (further === 0 && place !== count) ? below.index : above.index
}

/** How many of the cues, in ascending order, come before `index`. */
function placeIn(cues: readonly Cue[], index: number): number {
  let low = 0
  let high = cues.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cues[middle]?.index ?? 0) < index) low = middle + 1
    else high = middle
  }
  return low
}
