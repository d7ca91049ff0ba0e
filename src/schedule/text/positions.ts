import type { Event } from 'js-yaml'
import type { Position } from '../model/schedule.ts'
import type { Path } from '../schema/finding.ts'
import { type Place, type Places, valuesOf } from './values.ts'

/** Where the value or key at this path stands, or the nearest value above it that is in the text. */
export type PositionOf = (path: Path, target: 'key' | 'value') => Position

/** Turns offsets into lines and columns, both from 1. */
export function linesOf(text: string): (offset: number) => Position {
  let starts: number[] | null = null
  return (offset) => {
    starts ??= lineStarts(text)
    let line = 0
    for (let above = starts.length; above - line > 1; ) {
      const middle = (line + above) >> 1
      if ((starts[middle] ?? 0) <= offset) line = middle
      else above = middle
    }
    return { line: line + 1, col: offset - (starts[line] ?? 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let next = text.indexOf('\n') + 1; next > 0; next = text.indexOf('\n', next) + 1) starts.push(next)
  return starts
}

/** Looks for the values again when the first position is asked for, so that reading a sound text doesn't pay for it. */
export function positionsIn(
  source: string,
  events: readonly Event[],
  lineAt: (offset: number) => Position,
): PositionOf {
  const places: Places = new Map()
  let document: Place | null = null
  return (path, target) => {
    document ??= documentIn(source, events, places)
    let place = document
    let offset = document.start
    for (const [depth, step] of path.entries()) {
      const inner = places.get(place.value)?.get(String(step))
      if (inner === undefined) break
      place = inner
      const isKey = target === 'key' && depth === path.length - 1
      const [first, second] = isKey ? [place.key, place.start] : [place.start, place.key]
      offset = [first, second].find((one) => one >= 0) ?? offset
    }
    return lineAt(offset)
  }
}

function documentIn(source: string, events: readonly Event[], places: Places): Place {
  const { document, start } = valuesOf(source, events, places)
  return { key: -1, start: Math.max(0, start), value: document }
}
