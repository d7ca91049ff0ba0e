import { EVENT_ID, type Event } from 'js-yaml'
import { isMap } from '../../values/fields.ts'
import { MOST_FINDINGS } from '../schema/finding.ts'
import { type Mistake, scalarOf, startOf } from './events.ts'

export type Values = {
  readonly document: unknown
  readonly mistakes: readonly Mistake[]
  /** Where the document begins; -1 if it is empty. */
  readonly start: number
}

/** The offsets at which a value and its key begin; -1 for one that isn't in the text. A list entry has no key. */
export type Place = { readonly key: number; readonly start: number; readonly value: unknown }

/** The places inside each list and map, by key or index. */
export type Places = Map<unknown, Map<string, Place>>

const MOST_ALIASES = 100

/** Aliases may stand for this many values in total, so that a short text can't grow into gigabytes. */
const MOST_BORROWED = 100_000

type Frame = {
  readonly value: unknown[] | Record<string, unknown>
  readonly start: number
  /** Keys that came by a merge, so that the map's own key may still replace them; null without a merge. */
  merged: Set<string> | null
  key: { readonly name: string; readonly isMerge: boolean; readonly offset: number } | null
  size: number
  readonly anchor: Anchor | null
}

type Anchor = { readonly value: unknown; size: number; isOpen: boolean }

/**
 * The plain values that the parser's events stand for. A mistake leaves a value out or empty, and the rest goes on. `places` is
 * filled if it is given, which takes longer.
 */
export function valuesOf(source: string, events: readonly Event[], places?: Places): Values {
  const mistakes: Mistake[] = []
  const anchors = new Map<string, Anchor>()
  const frames: Frame[] = []
  let document: unknown = null
  let documentStart = -1
  let aliases = 0
  let borrowed = 0
  /** The end of the last value, or the beginning of a list or map that has none yet. */
  let end = 0

  /** A value that was left out has no offset: the mistake is then after the value before it. */
  const report = (code: string, offset: number, message: string) => {
    if (mistakes.length < MOST_FINDINGS) mistakes.push({ code, message, offset: offset < 0 ? end : offset })
  }

  const anchorOf = (event: Exclude<Event, { type: 1 | 5 | 6 }>, value: unknown, isOpen: boolean) => {
    if (event.anchorStart < 0) return null
    const anchor: Anchor = { value, size: 1, isOpen }
    anchors.set(source.slice(event.anchorStart, event.anchorEnd), anchor)
    return anchor
  }

  const add = (value: unknown, size: number, start: number, isPlain: boolean): void => {
    const frame = frames.at(-1)
    if (frame === undefined) {
      document = value
      documentStart = start
      return
    }
    frame.size += size
    if (Array.isArray(frame.value)) {
      frame.value.push(value)
      if (start < 0) end = endOfGap(source, end) + 1
      locate(frame.value, String(frame.value.length - 1), { key: -1, start: start < 0 ? end - 1 : start, value })
    } else if (frame.key === null) frame.key = keyOf(value, start, isPlain)
    else {
      const { key } = frame
      frame.key = null
      if (key.isMerge) {
        frame.merged ??= new Set()
        merge(frame.value, frame.merged, value, start < 0 ? key.offset : start)
      } else if (Object.hasOwn(frame.value, key.name) && frame.merged?.delete(key.name) !== true) {
        report('duplicateKey', key.offset, 'this key is in the same map twice: keep one of them')
      } else {
        put(frame.value, key.name, value)
        locate(frame.value, key.name, { key: key.offset, start, value })
      }
    }
  }

  const locate = (within: object, key: string, place: Place | undefined) => {
    if (place !== undefined) places?.get(within)?.set(key, place)
  }

  const keyOf = (value: unknown, offset: number, isPlain: boolean) => {
    const isText = typeof value !== 'object' || value === null
    if (!isText) report('yamlSyntax', offset, 'a key is text, not a list or a map')
    return { name: isText ? String(value ?? '') : '', isMerge: isPlain && value === '<<', offset }
  }

  const merge = (into: Record<string, unknown>, merged: Set<string>, value: unknown, offset: number): void => {
    const sources = Array.isArray(value) ? value : [value]
    if (!sources.every(isMap)) {
      report('invalidMerge', offset, '`<<` merges maps, by an alias: `<<: *base`, or `<<: [*base, *other]`')
      return
    }
    for (const source of sources) {
      for (const key of Object.keys(source)) {
        if (Object.hasOwn(into, key)) continue
        put(into, key, source[key])
        locate(into, key, places?.get(source)?.get(key))
        merged.add(key)
      }
    }
  }

  const borrow = (name: string, offset: number): { value: unknown; size: number } => {
    const anchor = anchors.get(name)
    const nothing = { value: {}, size: 1 }
    aliases += 1
    if (aliases === MOST_ALIASES + 1) {
      const message = `this is alias number ${aliases}: a schedule has at most ${MOST_ALIASES}; write some of them out`
      report('tooManyAliases', offset, message)
    }
    if (anchor === undefined) {
      report('unknownAnchor', offset, `there is no anchor &${name} above, so \`*${name}\` stands for nothing`)
      return nothing
    }
    if (anchor.isOpen) {
      report('endlessAlias', offset, `\`*${name}\` stands for something that contains it: write it out`)
      return nothing
    }
    const isFirst = borrowed <= MOST_BORROWED
    borrowed += anchor.size
    if (borrowed > MOST_BORROWED) {
      const message = `the aliases up to here stand for more than ${MOST_BORROWED} values: write some of them out`
      if (isFirst) report('aliasesTooLarge', offset, message)
      return nothing
    }
    return anchor
  }

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT: {
        // Other versions of YAML read other values: in 1.1, `yes` is true and 19:00 is a number.
        const other = event.directives.find((one) => one.kind === 'yaml' && one.version !== '1.2')
        if (other?.kind !== 'yaml') break
        const offset = Math.max(0, source.search(/^%YAML/m))
        report('yamlVersion', offset, `schedules are YAML 1.2: delete the line \`%YAML ${other.version}\``)
        break
      }
      case EVENT_ID.SCALAR: {
        const { value, isPlain, isKnown } = scalarOf(source, event)
        if (!isKnown) report('yamlSyntax', event.tagStart, NO_TAGS)
        anchorOf(event, value, false)
        end = Math.max(end, event.valueEnd, event.anchorEnd, event.tagEnd)
        add(value, 1, startOf(source, event), isPlain)
        break
      }
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const isList = event.type === EVENT_ID.SEQUENCE
        if (event.tagStart >= 0) {
          const tag = source.slice(event.tagStart, event.tagEnd)
          if (tag !== '!' && tag !== (isList ? '!!seq' : '!!map')) report('yamlSyntax', event.tagStart, NO_TAGS)
        }
        const value = isList ? [] : {}
        places?.set(value, new Map())
        end = event.start
        const anchor = anchorOf(event, value, true)
        frames.push({ value, start: event.start, merged: null, key: null, size: 1, anchor })
        break
      }
      case EVENT_ID.ALIAS: {
        const offset = event.anchorStart - 1
        const { value, size } = borrow(source.slice(event.anchorStart, event.anchorEnd), offset)
        end = event.anchorEnd
        add(value, size, offset, false)
        break
      }
      case EVENT_ID.POP: {
        const frame = frames.pop()
        if (frame === undefined) break
        if (frame.anchor !== null) Object.assign(frame.anchor, { size: frame.size, isOpen: false })
        add(frame.value, frame.size, frame.start, false)
      }
    }
  }
  return { document, mistakes, start: documentStart }
}

/** The offset behind spaces, comments, and the ends of quotes and brackets. A list entry without a value has its dash there. */
function endOfGap(source: string, from: number): number {
  const gap = /(?:[\s\]},"':]|#[^\n]*)*/y
  gap.lastIndex = from
  return from + (gap.exec(source)?.[0].length ?? 0)
}

const NO_TAGS = 'tags are not part of a schedule: delete this one'

/** Sets a key, even the one that objects treat specially. */
function put(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') into[key] = value
  else Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true })
}
