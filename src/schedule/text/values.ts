import { EVENT_ID, type Event } from 'js-yaml'
import { MOST_FINDINGS } from '../schema/finding.ts'
import { type Mistake, scalarOf, startOf } from './events.ts'

export type Values = {
  readonly document: unknown
  readonly mistakes: readonly Mistake[]
  /** The event at which the anchored value of an alias begins, by the event of the alias. */
  readonly targets: ReadonlyMap<number, number>
}

const MOST_ALIASES = 100

/** Aliases may stand for this many values in total, so that a short text can't grow into gigabytes. */
const MOST_BORROWED = 100_000

type Frame = {
  readonly value: unknown[] | Record<string, unknown>
  /** Keys that came by a merge, so that the map's own key may still replace them; null without a merge. */
  merged: Set<string> | null
  key: { readonly name: string; readonly isMerge: boolean; readonly offset: number } | null
  size: number
  readonly anchor: Anchor | null
}

type Anchor = { readonly event: number; value: unknown; size: number; isOpen: boolean }

/** The plain values that the parser's events stand for. A mistake leaves a value out or empty, and the rest goes on. */
export function valuesOf(source: string, events: readonly Event[]): Values {
  const mistakes: Mistake[] = []
  const targets = new Map<number, number>()
  const anchors = new Map<string, Anchor>()
  const frames: Frame[] = []
  let document: unknown = null
  let aliases = 0
  let borrowed = 0
  let current = 0

  /** A value that was left out has no offset: the mistake is then after the value before it. */
  const report = (code: string, at: number, message: string) => {
    let offset = at
    for (let index = current; offset < 0 && index > 0; index--) offset = startOf(source, events[index])
    if (mistakes.length < MOST_FINDINGS) mistakes.push({ code, message, offset: Math.max(0, offset) })
  }

  const anchorOf = (event: Exclude<Event, { type: 1 | 5 | 6 }>, index: number, value: unknown, isOpen: boolean) => {
    if (event.anchorStart < 0) return null
    const anchor: Anchor = { event: index, value, size: 1, isOpen }
    anchors.set(source.slice(event.anchorStart, event.anchorEnd), anchor)
    return anchor
  }

  const add = (value: unknown, size: number, offset: number, isPlain: boolean): void => {
    const frame = frames.at(-1)
    if (frame === undefined) {
      document = value
      return
    }
    frame.size += size
    if (Array.isArray(frame.value)) frame.value.push(value)
    else if (frame.key === null) frame.key = keyOf(value, offset, isPlain)
    else {
      const { key } = frame
      frame.key = null
      if (key.isMerge) {
        frame.merged ??= new Set()
        merge(frame.value, frame.merged, value, offset < 0 ? key.offset : offset)
      } else if (Object.hasOwn(frame.value, key.name) && frame.merged?.delete(key.name) !== true) {
        report('duplicateKey', key.offset, 'this key is in the same map twice: keep one of them')
      } else put(frame.value, key.name, value)
    }
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
        merged.add(key)
      }
    }
  }

  const borrow = (name: string, index: number, offset: number): { value: unknown; size: number } => {
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
    targets.set(index, anchor.event)
    return anchor
  }

  for (const [index, event] of events.entries()) {
    current = index
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const { value, isPlain, isKnown } = scalarOf(source, event)
        if (!isKnown) report('yamlSyntax', event.tagStart, NO_TAGS)
        anchorOf(event, index, value, false)
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
        const anchor = anchorOf(event, index, value, true)
        frames.push({ value, merged: null, key: null, size: 1, anchor })
        break
      }
      case EVENT_ID.ALIAS: {
        const offset = event.anchorStart - 1
        const { value, size } = borrow(source.slice(event.anchorStart, event.anchorEnd), index, offset)
        add(value, size, offset, false)
        break
      }
      case EVENT_ID.POP: {
        const frame = frames.pop()
        if (frame === undefined) break
        if (frame.anchor !== null) Object.assign(frame.anchor, { size: frame.size, isOpen: false })
        add(frame.value, frame.size, -1, false)
      }
    }
  }
  return { document, mistakes, targets }
}

const NO_TAGS = 'tags are not part of a schedule: delete this one'

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets a key, even the one that objects treat specially. */
function put(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') into[key] = value
  else Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true })
}
