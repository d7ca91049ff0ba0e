import { type Document, isMap, isNode, isScalar, isSeq, type Node, type Pair, Scalar, visit, type YAMLMap } from 'yaml'
import { resolved, type Targets } from './anchors.ts'

/** So many keys may come by one merge, those that its maps merge in themselves included. */
const MOST_MERGED = 10_000

export type MergeMistake = { readonly code: string; readonly message: string; readonly node: Node }

/** Merge keys (`<<`) that can't be followed, or not in any reasonable time. They are taken out of the document. */
export function takeOutMergeMistakes(document: Document, targets: Targets): MergeMistake[] {
  const mistakes: MergeMistake[] = []
  const counts = new Map<YAMLMap, number>()
  visit(document, {
    Pair(_key, pair) {
      if (!isMergeKey(pair)) return undefined
      const message = mistakeOf(pair, targets, counts)
      if (message === null) return undefined
      const node = isNode(pair.value) && hasWidth(pair.value) ? pair.value : pair.key
      mistakes.push({ code: 'invalidMerge', message, node })
      return visit.REMOVE
    },
  })
  return mistakes
}

/** The nodes that a merge key takes in; null for nothing, undefined for an alias of nothing. */
export function mergeSources(pair: Pair, targets: Targets): (Node | null | undefined)[] {
  const value = resolved(pair.value, targets)
  return isSeq(value) ? value.items.map((item) => resolved(item, targets)) : [value]
}

export function isMergeKey(pair: Pair<unknown, unknown>): pair is Pair<Scalar, unknown> {
  return isScalar(pair.key) && pair.key.type === Scalar.PLAIN && pair.key.source === '<<'
}

/** A value that was left out has a range of no width. */
export function hasWidth(node: Node | null): node is Node {
  const range = node?.range
  return range !== null && range !== undefined && range[1] > range[0]
}

function mistakeOf(pair: Pair, targets: Targets, counts: Map<YAMLMap, number>): string | null {
  const sources = mergeSources(pair, targets)
  if (sources.some((source) => source !== undefined && !isMap(source))) {
    return '`<<` takes in maps, by an alias: `<<: *base`, or `<<: [*base, *other]`'
  }
  const count = keysOf(sources, targets, counts)
  return count > MOST_MERGED ? `more than ${MOST_MERGED} keys come by this merge: write out what is meant` : null
}

/** How many keys the maps have, those that they merge in themselves included; each map counts as one more. */
function keysOf(sources: readonly unknown[], targets: Targets, counts: Map<YAMLMap, number>): number {
  return sources.reduce<number>((sum, source) => sum + (isMap(source) ? 1 + keysIn(source, targets, counts) : 0), 0)
}

function keysIn(map: YAMLMap, targets: Targets, counts: Map<YAMLMap, number>): number {
  const known = counts.get(map)
  if (known !== undefined) return known
  // A map that takes in itself is said elsewhere: here it ends.
  counts.set(map, 0)
  const count = map.items.reduce(
    (sum, pair) => sum + (isMergeKey(pair) ? keysOf(mergeSources(pair, targets), targets, counts) : 1),
    0,
  )
  counts.set(map, count)
  return count
}
