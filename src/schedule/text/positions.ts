import { type Document, isMap, isNode, isPair, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'
import type { Position } from '../model/problem.ts'
import type { Path } from '../schema/finding.ts'
import { resolved, type Targets } from './anchors.ts'
import { hasWidth, isMergeKey, mergeSources } from './mergeKeys.ts'

/** Finds places of a document in its text. */
export type Positions = {
  /** Where the path, or as much of it as is there, stands. */
  of(path: Path, target: 'key' | 'value'): Position
  at(offset: number): Position
}

export function positionsIn(document: Document, lines: LineCounter, targets: Targets): Positions {
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), col: Math.max(1, col) }
  }
  return {
    at,
    of(path, target) {
      let place: Place = { key: null, node: nodeOf(document.contents) }
      for (const step of path) {
        const inner = placeIn(place.node, step, targets)
        if (inner === null) return at(offsetOf(place, 'value'))
        place = inner
      }
      return at(offsetOf(place, target))
    },
  }
}

type Place = { readonly key: Node | null; readonly node: Node | null }

/** A value that was left out stands somewhere behind its key: the key is the better place then. */
function offsetOf({ key, node }: Place, target: 'key' | 'value'): number {
  const [wanted, otherwise] = target === 'key' ? [key, node] : [node, key]
  return (hasWidth(wanted) ? wanted : (otherwise ?? wanted))?.range?.[0] ?? 0
}

function placeIn(node: Node | null, step: string | number, targets: Targets): Place | null {
  const within = resolved(node, targets)
  if (isSeq(within)) {
    const item = typeof step === 'number' ? within.items[step] : undefined
    return item === undefined ? null : { key: null, node: nodeOf(item) }
  }
  if (!isMap(within)) return null
  const pair = within.items.find((candidate) => keyOf(candidate) === String(step))
  if (pair !== undefined) return { key: nodeOf(pair.key), node: nodeOf(pair.value) }
  return placeInMerged(within.items, step, targets)
}

/** The place in the map that a merge key (`<<`) takes it from. */
function placeInMerged(pairs: readonly Pair[], step: string | number, targets: Targets): Place | null {
  for (const pair of pairs) {
    if (!isMergeKey(pair)) continue
    for (const map of mergeSources(pair, targets)) {
      const place = placeIn(nodeOf(map), step, targets)
      if (place !== null) return place
    }
  }
  return null
}

function keyOf(pair: unknown): string | null {
  return isPair(pair) && isScalar(pair.key) ? String(pair.key.value ?? '') : null
}

function nodeOf(value: unknown): Node | null {
  return isNode(value) ? value : null
}
