import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
  type ScalarTagDefinition,
} from 'js-yaml'

/** Something wrong with the text at an offset. */
export type Mistake = { readonly code: string; readonly message: string; readonly offset: number }

/** The offset at which a scalar begins, without its anchor and tag; -1 for a value that was left out. */
export function startOf(source: string, event: ScalarEvent): number {
  if (event.valueStart < 0) return Math.max(event.anchorStart - 1, event.tagStart, -1)
  if (event.style === SCALAR_STYLE.PLAIN) return event.valueStart
  if (event.style === SCALAR_STYLE.LITERAL_BLOCK) return source.lastIndexOf('|', event.valueStart - 1)
  if (event.style === SCALAR_STYLE.FOLDED_BLOCK) return source.lastIndexOf('>', event.valueStart - 1)
  return event.valueStart - 1
}

/** The tags of the YAML 1.2 core schema that have values other than text. */
const CORE_TAGS: ReadonlyMap<string, ScalarTagDefinition> = new Map<string, ScalarTagDefinition>([
  ['!!null', nullCoreTag],
  ['!!bool', boolCoreTag],
  ['!!int', intCoreTag],
  ['!!float', floatCoreTag],
])

/** How a plain scalar begins that may not be text. */
const NOT_TEXT = /^(?:[-+.~\dnNtTfF]|$)/

/** What a scalar stands for. `isKnown` is false for a tag that isn't in the core schema. */
export function scalarOf(source: string, event: ScalarEvent): { value: unknown; isPlain: boolean; isKnown: boolean } {
  const text = getScalarValue(source, event)
  if (event.tagStart >= 0) {
    const name = source.slice(event.tagStart, event.tagEnd)
    const tag = CORE_TAGS.get(name)
    const value = tag?.resolve(text, true, name)
    const isKnown = tag !== undefined && value !== NOT_RESOLVED
    return { value: isKnown ? value : text, isPlain: false, isKnown: isKnown || name === '!' || name === '!!str' }
  }
  const isPlain = event.style === SCALAR_STYLE.PLAIN
  if (isPlain && NOT_TEXT.test(text)) {
    for (const tag of CORE_TAGS.values()) {
      const value: unknown = tag.resolve(text, false, tag.tagName)
      if (value !== NOT_RESOLVED) return { value, isPlain, isKnown: true }
    }
  }
  return { value: text, isPlain, isKnown: true }
}
