import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
} from 'yaml'
import type { Path } from './finding.ts'
import type { Position } from './problem.ts'

/** Finds places of a document in its text. */
export type Positions = {
  /** Where the path, or as much of it as is there, stands. */
  of(path: Path, target: 'key' | 'value'): Position
  at(offset: number): Position
}

export function positionsIn(document: Document, lines: LineCounter): Positions {
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), col: Math.max(1, col) }
  }
  return {
    at,
    of(path, target) {
      let place: Place = { key: null, node: nodeOf(document.contents) }
      for (const step of path) {
        const inner = placeIn(place.node, step, document)
        if (inner === null) return at(offsetOf(place, 'value'))
        place = inner
      }
      return at(offsetOf(place, target))
    },
  }
}

type Place = { readonly key: Node | null; readonly node: Node | null }

function offsetOf({ key, node }: Place, target: 'key' | 'value'): number {
  const [wanted, otherwise] = target === 'key' ? [key, node] : [node, key]
  return (hasWidth(wanted) ? wanted : (otherwise ?? wanted))?.range?.[0] ?? 0
}

/** A value that was left out has a range of no width, somewhere behind its key: the key is the better place then. */
function hasWidth(node: Node | null): node is Node {
  const range = node?.range
  return range !== null && range !== undefined && range[1] > range[0]
}

function placeIn(node: Node | null, step: string | number, document: Document): Place | null {
  const within = resolved(node, document)
  if (isSeq(within)) {
    const item = typeof step === 'number' ? within.items[step] : undefined
    return item === undefined ? null : { key: null, node: nodeOf(item) }
  }
  if (!isMap(within)) return null
  const pair = within.items.find((candidate) => keyOf(candidate) === String(step))
  if (pair !== undefined) return { key: nodeOf(pair.key), node: nodeOf(pair.value) }
  return placeInMerged(within.items, step, document)
}

/** The place in the map that a merge key (`<<`) takes it from. */
function placeInMerged(pairs: readonly Pair[], step: string | number, document: Document): Place | null {
  for (const pair of pairs) {
    if (!isMergeKey(pair)) continue
    const source = resolved(nodeOf(pair.value), document)
    for (const map of isSeq(source) ? source.items : [source]) {
      const place = placeIn(nodeOf(map), step, document)
      if (place !== null) return place
    }
  }
  return null
}

function resolved(node: Node | null, document: Document): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.source === '<<'
}

function keyOf(pair: unknown): string | null {
  return isPair(pair) && isScalar(pair.key) ? String(pair.key.value ?? '') : null
}

function nodeOf(value: unknown): Node | null {
  return isNode(value) ? value : null
}
