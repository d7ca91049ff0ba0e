import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, contributing, pages, recipes, root, textOf } from './pages.ts'

describe('the links of the docs', () => {
  it.each([...pages, ...recipes, contributing])('lead to existing files and headings: %s', (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page, link))
    expect(broken).toEqual([])
  })
})

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : posix.join(posix.dirname(page), path)
  if (!existsSync(root + target)) return false
  return anchor === undefined || anchorsOf(target).includes(anchor)
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  const code = new Set(blocksOf(page).flatMap(({ text }) => text.split('\n')))
  return textOf(page)
    .split('\n')
    .filter((line) => /^#+ /.test(line) && !code.has(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    )
}
