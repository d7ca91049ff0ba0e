import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml'
import type { Position } from '../model/problem.ts'
import { error, type Finding } from '../schema/finding.ts'
import { takeOutAliasMistakes, targetsIn } from './anchors.ts'
import { takeOutMergeMistakes } from './mergeKeys.ts'
import { type Positions, positionsIn } from './positions.ts'

/** A finding of the text itself, with its position. */
export type TextFinding = Omit<Finding, 'path' | 'target'> & { readonly position: Position }

export type ParsedText = {
  /** The document as plain values; of a broken text what could be read. */
  readonly document: unknown
  readonly positions: Positions
  readonly findings: readonly TextFinding[]
  /** The line from which on the text can't be trusted; Infinity where all of it is sound. */
  readonly brokenFrom: number
}

const OPTIONS = {
  version: '1.2',
  merge: true,
  strict: true,
  uniqueKeys: true,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'error',
} as const

/** YAML 1.2 with merge keys, and nothing else: no tags of one's own, no second document. */
export function parseText(text: string): ParsedText {
  const lines = new LineCounter()
  const document = parseDocument(text, { ...OPTIONS, lineCounter: lines })
  const targets = targetsIn(document)
  const positions = positionsIn(document, lines, targets)
  const ofSyntax: TextFinding[] = [...document.errors, ...document.warnings].map((found) => ({
    ...error(found.code === 'DUPLICATE_KEY' ? 'duplicateKey' : 'yamlSyntax', [], messageOf(found)),
    position: positions.at(found.pos[0]),
  }))
  const ofNodes: TextFinding[] = [
    ...takeOutMergeMistakes(document, targets),
    ...takeOutAliasMistakes(document, targets),
  ].map(({ code, message, node }) => ({ ...error(code, [], message), position: positions.at(node.range?.[0] ?? 0) }))
  const findings = [...versionFindings(document, text, positions), ...ofSyntax, ...ofNodes]
  const values = plainValues(document)
  if (values.failed !== null && findings.length === 0) {
    findings.push({ ...error('yamlSyntax', [], values.failed), position: positions.at(0) })
  }
  return { document: values.document, positions, findings, brokenFrom: brokenFrom(text, findings) }
}

/** Other versions read other values: in 1.1 `yes` is true, and 19:00 a number. */
function versionFindings(document: Document, text: string, positions: Positions): TextFinding[] {
  const { explicit = false, version } = document.directives?.yaml ?? {}
  if (!explicit || version === '1.2') return []
  const message = `schedules are YAML 1.2: take out the line \`%YAML ${version}\``
  return [{ ...error('yamlVersion', [], message), position: positions.at(Math.max(0, text.search(/^%YAML/m))) }]
}

/** Findings after which the rest of the text means what it says. */
const HARMLESS = new Set(['duplicateKey', 'tooManyAliases'])

/** The line in which the entry begins that the first error of syntax belongs to. */
function brokenFrom(text: string, findings: readonly TextFinding[]): number {
  const [first] = findings
    .filter(({ code }) => !HARMLESS.has(code))
    .map(({ position }) => position.line)
    .sort((one, other) => one - other)
  if (first === undefined) return Number.POSITIVE_INFINITY
  const above = text.split('\n').slice(0, first - 1)
  return above.findLastIndex((line) => /^(\s*- |[^\s#])/.test(line)) + 1
}

function plainValues(document: Document): { document: unknown; failed: string | null } {
  try {
    return { document: document.toJS({ maxAliasCount: -1 }), failed: null }
  } catch (failure) {
    return { document: undefined, failed: failure instanceof Error ? failure.message : String(failure) }
  }
}

function messageOf({ code, message }: YAMLError): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key is there twice in the same map: keep one of them'
    case 'TAB_AS_INDENT':
      return 'YAML is indented by spaces: replace this tab'
    case 'MULTIPLE_DOCS':
      return 'a second document begins here: a file holds one schedule, so take out the line `---`'
    case 'TAG_RESOLVE_FAILED':
      return `tags are not part of a schedule: take it out (${message})`
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'there is a second `: ` here: put the text that has it in quotes, or begin a new line'
    case 'BAD_SCALAR_START':
      return `a text that begins like this stands in quotes (${message})`
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a key is followed by `: `, and this line has none'
    case 'RESOURCE_EXHAUSTION':
      return 'this is nested too deeply to be read: no schedule needs that'
    default:
      return `this isn't valid YAML: ${message.replace(/ at line \d+, column \d+:?[\s\S]*$/, '')}`
  }
}
