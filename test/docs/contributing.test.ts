import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { play } from '../support/show.ts'
import { blocksOf, column, contributing as page, root, textOf } from './pages.ts'

const prose = textOf(page).replace(/^```[\s\S]*?^```$/gm, '')
const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text)
const commands = blocksOf(page)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n').map((line) => line.replace(/\s+#.*/, '')))
const foldersIn = (folder: string): string[] =>
  readdirSync(root + folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${name}/`)
    .sort()

describe('the page on contributing', () => {
  it('names only files and folders that exist', () => {
    const paths = code.filter((text) => /^[.\w-]+(\/[.\w-]*)+$/.test(text) || /^\w+\.(ts|md|json)$/.test(text))
    const places = ['', 'src/', 'src/orchestrator/', 'test/', 'test/support/']
    const folders = new Set(
      [...foldersIn('src'), ...foldersIn('test')].flatMap((name) => [`src/${name}`, `test/${name}`]),
    )
    const exists = (path: string) => [...places, ...folders].some((place) => existsSync(root + place + path))
    const inCommands = [...commands, ...code].flatMap((text) => text.match(/(?<=\s)(test|scenes)\/[\w./-]+/g) ?? [])
    expect(paths.length).toBeGreaterThan(40)
    expect([...paths, ...inCommands].filter((path) => !exists(path))).toEqual([])
  })

  it('has a row for each folder of src/, and no other', () => {
    expect(column(page, ['folder of `src/`', 'what is in it']).sort()).toEqual(foldersIn('src'))
  })

  it('names only scripts of package.json and tools that are installed', () => {
    const { scripts = {} }: { scripts?: Record<string, string> } = JSON.parse(
      readFileSync(`${root}package.json`, 'utf8'),
    )
    const all = [...commands, ...code]
    const asked = all.flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name))
    const tools = all.flatMap((text) => [...text.matchAll(/npx ([\w-]+)/g)].map(([, name = '']) => name))
    expect(asked.filter((name) => scripts[name] === undefined)).toEqual([])
    expect(tools.filter((name) => !existsSync(`${root}node_modules/.bin/${name}`))).toEqual([])
    expect([asked.length, tools.length].every((count) => count >= 3)).toBe(true)
  })

  describe('in the story that it shows,', () => {
    const [story] = blocksOf(page).filter(({ language }) => language === 'ts')
    new Function('describe', 'it', 'expect', 'play', story?.text ?? 'missing()')(describe, it, expect, play)
  })
})
