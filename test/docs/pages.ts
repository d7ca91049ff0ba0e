import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A fenced block of a page. `followedBy`: the block right after it, with only blank lines between. */
export type Block = {
  readonly page: string
  readonly line: number
  readonly language: string
  readonly text: string
  readonly followedBy: Block | null
}

/** The pages for users. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
]

/** The pages of recipes. */
export const recipes: readonly string[] = readdirSync(`${root}docs/recipes`)
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => `docs/recipes/${name}`)

/** The page for those who change the code. Its commands are those of npm, so the tests of the command line leave it out. */
export const contributing = 'CONTRIBUTING.md'

export const textOf = (page: string): string => readFileSync(root + page, 'utf8')

/** The fenced blocks of a page in order, without the indentation of a list. */
export function blocksOf(page: string): Block[] {
  const lines = textOf(page).split('\n')
  const blocks: Block[] = []
  let next: Block | null = null
  let nextFrom = Number.POSITIVE_INFINITY
  for (const [from, to] of fences(lines).reverse()) {
    const [, indent = '', language = ''] = fence.exec(lines[from] ?? '') ?? []
    const body = lines.slice(from + 1, to)
    const between = lines.slice(to + 1, nextFrom)
    const followedBy: Block | null = between.every((line) => line.trim() === '') ? next : null
    const text = body.map((line) => line.slice(indent.length)).join('\n')
    next = { page, line: from + 1, language, text, followedBy }
    nextFrom = from
    blocks.unshift(next)
  }
  return blocks
}

/** The cells of one column of the table with this header, without backquotes; default: the first column. */
export function column(page: string, header: readonly string[], index = 0): string[] {
  const rows = tableOf(page, header)
  return rows.map((cells) => (cells[index] ?? '').replaceAll('`', ''))
}

/** The rows of the table with this header. */
export function tableOf(page: string, header: readonly string[]): string[][] {
  const lines = textOf(page).split('\n')
  const from = lines.indexOf(`| ${header.join(' | ')} |`)
  if (from < 0) throw new Error(`${page} has no table with the header ${header.join(', ')}`)
  const rows = lines.slice(from + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end < 0 ? rows.length : end).map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  )
}

const fence = /^(\s*)```(\w*)\s*$/

function fences(lines: readonly string[]): [number, number][] {
  const marks = lines.flatMap((line, index) => (fence.test(line) ? [index] : []))
  return marks.flatMap((from, index) => (index % 2 === 0 ? [[from, marks[index + 1] ?? lines.length]] : []))
}
