import { type Event, parseEvents, YAMLException } from 'js-yaml'
import type { Problem } from '../model/schedule.ts'
import { error, problemOf } from '../schema/finding.ts'
import type { Mistake } from './events.ts'
import { linesOf, type PositionOf, positionsIn } from './positions.ts'
import { valuesOf } from './values.ts'

export type ParsedText = {
  /** The document as plain values; of a broken text, the entries that could be read. */
  readonly document: unknown
  readonly positionOf: PositionOf
  /** The mistakes in the text itself. */
  readonly problems: readonly Problem[]
  /** Whether the whole text could be read. */
  readonly isWhole: boolean
  /** Whether this line could be read. */
  isSound(line: number): boolean
}

/** Reads one document of YAML 1.2 with merge keys. Takes time in proportion to the text, whatever it holds. */
export function parseText(text: string): ParsedText {
  const positionAt = linesOf(text)
  const { first, second } = firstDocument(text)
  const { events, source, errors, gaps } = parseSoundParts(first)
  const values = valuesOf(source, events)
  const found = [...errors, ...values.mistakes]
  if (second !== null) {
    const message = 'a second document begins here: a file holds one schedule, so delete the line `---`'
    found.push({ code: 'yamlSyntax', message, offset: second })
  }
  const harmful = values.mistakes.find(({ code }) => !HARMLESS.has(code))
  const end = harmful === undefined ? source.length : entryAround(text, harmful.offset).from
  const lineAt = (offset: number) => (offset < first.length ? positionAt(offset).line : Number.POSITIVE_INFINITY)
  return {
    document: values.document,
    positionOf: positionsIn(source, events, positionAt),
    problems: found.map(({ code, message, offset }) => ({
      ...problemOf(error(code, [], message)),
      ...positionAt(offset),
    })),
    isWhole: errors.length === 0 && harmful === undefined,
    isSound: (line) => line < lineAt(end) && gaps.every(({ from, to }) => line < lineAt(from) || line >= lineAt(to)),
  }
}

/** A line that may stand before a document begins, or after its end: blank, a comment, a directive, or one more end. */
const NO_CONTENT = /(?:\uFEFF|%[^\n\r]*|(?:\.\.\.)?[ \t]*(?:#[^\n\r]*)?)(?:[\n\r]|$)/y

/**
 * The text up to the end of its first document, and the offset at which a second one begins. A line that begins with
 * `---` or `...` is a marker wherever it stands (YAML 1.2, rule c-forbidden).
 */
function firstDocument(text: string): { readonly first: string; readonly second: number | null } {
  const begin = contentAfter(text, 0)
  const marker = /(?<![^\n\r])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g
  marker.lastIndex = text.startsWith('---', begin) ? begin + 3 : begin
  const found = marker.exec(text)
  if (found === null) return { first: text, second: null }
  if (found[0] === '---') return { first: text.slice(0, found.index), second: found.index }
  const end = found.index + 3
  const second = contentAfter(text, end)
  return second < text.length ? { first: text.slice(0, end), second } : { first: text, second: null }
}

/** Where the content after the offset begins; the end of the text if there is none. */
function contentAfter(text: string, offset: number): number {
  let line = offset
  for (NO_CONTENT.lastIndex = line; line < text.length && NO_CONTENT.test(text); ) line = NO_CONTENT.lastIndex
  return line + text.slice(line).search(/\S|$/)
}

/** Mistakes after which the rest of the text still means what it says. */
const HARMLESS = new Set(['duplicateKey', 'tooManyAliases'])

type Gap = { readonly from: number; readonly to: number }
type Broken = Mistake & { readonly isLocal: boolean }

/** Text above this size is parsed three times at most, because each time takes a while. */
const LARGE = 1_000_000
const MOST_ERRORS = 20

/**
 * The parser stops at the first error. To report the others too, the entry with the error is blanked, and the text is
 * parsed again. If a break isn't local (a quote that is never closed), only what is above it counts.
 */
function parseSoundParts(text: string) {
  const errors: Mistake[] = []
  const gaps: Gap[] = []
  const most = text.length > LARGE ? 1 : MOST_ERRORS
  let source = text
  for (;;) {
    const parsed = eventsOf(source)
    if (Array.isArray(parsed)) return { events: parsed, source, errors, gaps }
    const isBelow = parsed.offset >= (gaps.at(-1)?.to ?? 0)
    if (isBelow) errors.push(parsed)
    if (isBelow && parsed.isLocal && errors.length <= most) {
      const gap = entryAround(text, parsed.offset)
      source = withoutEntry(source, gap)
      gaps.push(gap)
      continue
    }
    return { ...partAbove(source, parsed, most), errors, gaps }
  }
}

/** The entries above a break: entries are cut off from below until the rest can be read. */
function partAbove(text: string, { offset, isLocal }: Broken, most: number) {
  let end = offset - (isLocal ? 0 : 1)
  for (let left = most; left > 0 && end > 0; left--) {
    const { from } = entryAround(text, end)
    const source = text.slice(0, from) + dashAt(text, from)
    const events = eventsOf(source)
    if (Array.isArray(events)) return { events, source }
    end = from - 1
  }
  return { events: [], source: '' }
}

function eventsOf(source: string): Event[] | Broken {
  try {
    return parseEvents(source, {})
  } catch (failure) {
    if (!(failure instanceof YAMLException)) throw failure
    const offset = Math.min(failure.mark?.position ?? 0, source.length)
    const isLocal = !/^(deficient|unexpected end|nesting)/.test(failure.reason)
    return { code: 'yamlSyntax', ...messageAt(source, offset, failure.reason), isLocal }
  }
}

/** The lines of the list entry or top-level key that the offset lies in. */
function entryAround(text: string, offset: number): Gap {
  let from = lineStart(text, offset)
  while (from > 0 && entryIndent(text, from) === null) from = lineStart(text, from - 1)
  const indent = entryIndent(text, from) ?? 0
  let to = text.indexOf('\n', offset) + 1
  while (to > 0 && (entryIndent(text, to) ?? Number.POSITIVE_INFINITY) > indent) to = text.indexOf('\n', to) + 1
  return { from, to: to > 0 ? to : text.length }
}

const lineStart = (text: string, offset: number): number => (offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1)

/** The indent of a line that begins an entry of a list or a key at the top; null for any other line. */
function entryIndent(text: string, start: number): number | null {
  const line = /( *)-(?=\s)|[^\s#]/y
  line.lastIndex = start
  const match = line.exec(text)
  return match === null ? null : (match[1]?.length ?? 0)
}

/** Spaces in place of the entry, so that all positions stay. The dash of a list entry stays too. */
function withoutEntry(source: string, { from, to }: Gap): string {
  const dash = dashAt(source, from)
  const blank = source.slice(from + dash.length, to).replace(/[^\r\n]/g, ' ')
  return source.slice(0, from) + dash + blank + source.slice(to)
}

function dashAt(text: string, start: number): string {
  const dash = / *-(?=\s)/y
  dash.lastIndex = start
  return dash.exec(text)?.[0] ?? ''
}

/** The parser's reason in words that say what to do, and where. */
function messageAt(source: string, offset: number, reason: string): { message: string; offset: number } {
  if (/multiline key|expected ':'/.test(reason)) {
    const above = source.lastIndexOf('\n', offset - 1)
    const start = source.lastIndexOf('\n', above - 1) + 1
    const place = /multiline/.test(reason) && above >= 0 ? start + source.slice(start).search(/\S/) : offset
    return { message: 'a key is followed by `: `, and this line has none', offset: place }
  }
  if (reason.startsWith('bad indentation of a mapping')) {
    if (source[offset] === ':') {
      return {
        message: 'there is a second `: ` here: put the text that has it in quotes, or begin a new line',
        offset,
      }
    }
    if (/[@`%,\]}]/.test(source[offset] ?? ''))
      return { message: `text can't begin with \`${source[offset]}\`: put it in quotes`, offset }
  }
  const [, message] = REASONS.find(([pattern]) => pattern.test(reason)) ?? []
  return { message: message ?? `this isn't valid YAML: ${reason}`, offset }
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^tab characters/, 'YAML is indented by spaces: replace this tab'],
  [/^nesting exceeded/, 'this is nested too deeply: a schedule has at most 100 levels'],
  [/null byte|non-printable|valid JSON character/, 'there is a control character here: delete it'],
  [/within a (single|double) quoted|within a flow/, 'a quote or bracket that was opened above is never closed'],
  [
    /^deficient indentation/,
    "this isn't valid YAML here: close the quote or bracket that was opened above, or indent this line further",
  ],
  [/^bad indentation/, "this isn't valid YAML here: check the indentation and the quotes of this line"],
  [/tag/, 'tags are not part of a schedule: delete this one'],
  [/^end of the stream/, "this isn't valid YAML here: a schedule is one map of keys and values"],
]
