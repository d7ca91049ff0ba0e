import { type Document, LineCounter, parseDocument, visit, type YAMLError } from 'yaml'
import { error, type Finding } from './finding.ts'
import { type Positions, positionsIn } from './positions.ts'
import type { Position } from './problem.ts'

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

export const MOST_ALIASES = 100

/** YAML 1.2 with merge keys, and nothing else: no tags, no second document. */
export function parseText(text: string): ParsedText {
  const lines = new LineCounter()
  const options = { version: '1.2', merge: true, strict: true, uniqueKeys: true, prettyErrors: false } as const
  const document = parseDocument(text, { ...options, lineCounter: lines, logLevel: 'error' })
  const positions = positionsIn(document, lines)
  const ofSyntax: TextFinding[] = [...document.errors, ...document.warnings].map((found) => ({
    ...error(found.code === 'DUPLICATE_KEY' ? 'duplicateKey' : 'yamlSyntax', [], messageOf(found)),
    position: positions.at(found.pos[0]),
  }))
  const findings = [...ofSyntax, ...aliasFindings(document, positions)]
  const values = plainValues(document)
  if (values.failed !== null && findings.length === 0) {
    findings.push({ ...error('yamlSyntax', [], values.failed), position: positions.at(0) })
  }
  return { document: values.document, positions, findings, brokenFrom: brokenFrom(text, findings) }
}

/** The line in which the entry begins that the first error of syntax belongs to. */
function brokenFrom(text: string, findings: readonly TextFinding[]): number {
  const [first] = findings
    .filter(({ code }) => code !== 'duplicateKey')
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

function aliasFindings(document: Document, positions: Positions): TextFinding[] {
  const findings: TextFinding[] = []
  let count = 0
  visit(document, {
    Alias(_key, alias, path) {
      count += 1
      const position = positions.at(alias.range?.[0] ?? 0)
      const target = alias.resolve(document)
      if (target === undefined) {
        const message = `there is no anchor &${alias.source} above: \`*${alias.source}\` stands for nothing`
        findings.push({ ...error('unknownAnchor', [], message), position })
      } else if (path.some((above) => above === target)) {
        const message = `\`*${alias.source}\` stands for something that contains it: write out what is meant`
        findings.push({ ...error('endlessAlias', [], message), position })
      }
      if (count !== MOST_ALIASES + 1) return
      const message = `this is alias number ${count}: a schedule has at most ${MOST_ALIASES}; write some of them out`
      findings.push({ ...error('tooManyAliases', [], message), position })
    },
  })
  return findings
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
    default:
      return `this isn't valid YAML: ${message.replace(/ at line \d+, column \d+:?[\s\S]*$/, '')}`
  }
}
