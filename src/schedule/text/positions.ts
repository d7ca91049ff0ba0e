import { EVENT_ID, type Event } from 'js-yaml'
import type { Position } from '../model/problem.ts'
import type { Path } from '../schema/finding.ts'
import { scalarOf, startOf } from './events.ts'

/** Finds values of a document in its text. */
export type Positions = {
  /** Where the value at this path stands, or the nearest value above it that is in the text. */
  of(path: Path, target: 'key' | 'value'): Position
}

export type Lines = { at(offset: number): Position }

/** Turns offsets into lines and columns, both from 1. */
export function linesOf(text: string): Lines {
  let starts: number[] | null = null
  return {
    at(offset) {
      starts ??= lineStarts(text)
      let line = 0
      for (let above = starts.length; above - line > 1; ) {
        const middle = (line + above) >> 1
        if ((starts[middle] ?? 0) <= offset) line = middle
        else above = middle
      }
      return { line: line + 1, col: offset - (starts[line] ?? 0) + 1 }
    },
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let next = text.indexOf('\n') + 1; next > 0; next = text.indexOf('\n', next) + 1) starts.push(next)
  return starts
}

/** A value by its event, and the key that it belongs to. */
type Place = { readonly key: number | null; readonly value: number }

/**
 * Looks through the parser's events only where a path leads, and remembers what it found there: a few positions cost
 * little even in a large text. `targets` says which event each alias stands for.
 */
export function positionsIn(
  source: string,
  events: readonly Event[],
  targets: ReadonlyMap<number, number>,
  lines: Lines,
): Positions {
  const children = remembered((container: number): readonly number[] => {
    const found: number[] = []
    let depth = 0
    for (let index = container + 1; index < events.length; index++) {
      const type = events[index]?.type
      if (type === EVENT_ID.POP && depth-- === 0) break
      if (type !== EVENT_ID.POP && depth === 0) found.push(index)
      if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) depth += 1
    }
    return found
  })

  /** The entries of a map: its own, and those that a merge key (`<<`) brings. */
  const entries = remembered((map: number): ReadonlyMap<string, Place> => {
    const found = new Map<string, Place>()
    const merges: number[] = []
    const inner = children(map)
    for (let pair = 0; pair + 1 < inner.length; pair += 2) {
      const [key = 0, value = 0] = inner.slice(pair, pair + 2)
      const { name, isMerge } = keyOf(key)
      if (isMerge) merges.push(value)
      else if (!found.has(name)) found.set(name, { key, value })
    }
    for (const value of merges.map(resolved)) {
      for (const merged of events[value]?.type === EVENT_ID.SEQUENCE ? children(value).map(resolved) : [value]) {
        if (events[merged]?.type !== EVENT_ID.MAPPING) continue
        for (const [name, place] of entries(merged)) if (!found.has(name)) found.set(name, place)
      }
    }
    return found
  })

  const resolved = (index: number): number => targets.get(index) ?? index

  const keyOf = (index: number): { name: string; isMerge: boolean } => {
    const event = events[resolved(index)]
    if (event?.type !== EVENT_ID.SCALAR) return { name: '', isMerge: false }
    const { value, isPlain } = scalarOf(source, event)
    return { name: String(value ?? ''), isMerge: isPlain && value === '<<' }
  }

  const startAt = (index: number): number => startOf(source, events[index])

  const childAt = (within: number, step: string | number): Place | undefined => {
    const type = events[within]?.type
    if (type === EVENT_ID.MAPPING) return entries(within).get(String(step))
    const item = type === EVENT_ID.SEQUENCE && typeof step === 'number' ? children(within)[step] : undefined
    return item === undefined ? undefined : { key: null, value: item }
  }

  /** Where a list entry without a value stands: at its dash, which follows what comes before. */
  const dashOf = (list: number, item: number): number => {
    const items = children(list)
    let filled = item - 1
    while (filled >= 0 && startAt(items[filled] ?? 0) < 0 && !dashes.has(items[filled] ?? 0)) filled -= 1
    let dash = dashes.get(items[filled] ?? 0) ?? startAt(list)
    for (let next = filled + 1; next <= item; next++) {
      const before = items[next - 1]
      const end = before === undefined ? null : startAt(before) < 0 ? dash + 1 : endBefore(items[next] ?? 0)
      if (end !== null) dash = endOfGap(source, end)
      dashes.set(items[next] ?? 0, dash)
    }
    return dash
  }
  const dashes = new Map<number, number>()

  const endBefore = (index: number): number => {
    for (let before = index - 1; before > 0; before--) {
      const event = events[before]
      if (event?.type === EVENT_ID.SCALAR && event.valueEnd >= 0) return event.valueEnd
      if (event?.type === EVENT_ID.ALIAS) return event.anchorEnd
    }
    return 0
  }

  return {
    of(path, target) {
      let place: Place = { key: null, value: 1 }
      let offset = Math.max(0, startAt(1))
      for (const [depth, step] of path.entries()) {
        const list = resolved(place.value)
        const inner = childAt(list, step)
        if (inner === undefined) break
        place = inner
        const isKey = target === 'key' && depth === path.length - 1
        const [first, second] = isKey ? [place.key, place.value] : [place.value, place.key]
        const start = [first, second].map((index) => (index === null ? -1 : startAt(index))).find((one) => one >= 0)
        offset = start ?? (place.key === null && typeof step === 'number' ? dashOf(list, step) : offset)
      }
      return lines.at(offset)
    },
  }
}

/** The offset behind spaces, comments, and the ends of quotes and brackets. */
function endOfGap(source: string, from: number): number {
  const gap = /(?:[\s\]},"']|#[^\n]*)*/y
  gap.lastIndex = from
  return from + (gap.exec(source)?.[0].length ?? 0)
}

function remembered<Found>(find: (index: number) => Found): (index: number) => Found {
  const known = new Map<number, Found>()
  return (index) => {
    const before = known.get(index)
    if (before !== undefined) return before
    const found = find(index)
    known.set(index, found)
    return found
  }
}
