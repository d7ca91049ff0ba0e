import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandFromQuery } from '../../src/surfaces/http/commands.ts'
import { createGuard, PAGES } from '../../src/surfaces/http/guard.ts'
import { buildCli, type Cli } from '../support/cli.ts'
import { requirePrograms } from '../support/requirements.ts'
import { blocksOf, recipes, tableOf, textOf } from './pages.ts'
import { openShell, runPage } from './recipes/shell.ts'

const withCommands = recipes.filter((page) => blocksOf(page).some(({ language }) => language === 'sh'))
const patience = 60_000

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

const suite = requirePrograms('bash', 'curl', 'jq')
suite('the commands of the recipes', () => {
  it.each(withCommands)(
    'do what the page says, from top to bottom: %s',
    async (page) => {
      await runPage(page, await openShell(cli))
    },
    patience,
  )
})

describe('the recipes', () => {
  it('are all in the index', () => {
    const listed = tableOf('docs/recipes.md', ['page', 'what you get']).map(([link = '']) => /\((.*)\)/.exec(link)?.[1])
    expect(listed.map((path) => `docs/${path}`).sort()).toEqual(recipes)
  })

  it('leave a command untested only where it needs root or another system', () => {
    const lines = recipes
      .flatMap(blocksOf)
      .filter(({ language }) => language === 'console')
      .flatMap(({ text }) => text.split('\n'))
    expect(lines.filter((line) => !/^\$ (sudo|journalctl) /.test(line))).toEqual([])
    const known = ['bat', 'console', 'jinja', 'json', 'sh', 'text', 'yaml']
    const languages = recipes.flatMap(blocksOf).map(({ language }) => language)
    expect(languages.filter((language) => !known.includes(language))).toEqual([])
  })
})

describe('the recipe for a Stream Deck', () => {
  it('is right that a page from elsewhere is refused', () => {
    const guard = createGuard({ kind: 'open' }, () => 4466)
    const rawHeaders = ['Host', '127.0.0.1:4466', 'Origin', 'null']
    expect(guard({ method: 'POST', url: '/api/v1/commands/next', rawHeaders })).toMatchObject({ status: 403 })
  })

  it('has scripts for Windows with commands that exist', () => {
    const scripts = blocksOf('docs/recipes/stream-deck.md').filter(({ language }) => language === 'bat')
    const urls = scripts.map(({ text }) => new URL(/http:[^" ]+/.exec(text)?.[0] ?? ''))
    const read = urls.map(({ pathname, searchParams }) => {
      return commandFromQuery(pathname.replace('/api/v1/commands/', ''), searchParams)
    })
    expect(read).toEqual([
      { command: { type: 'next' } },
      { command: { type: 'forceScene', scene: 'BRB', toggle: true } },
    ])
  })
})

describe('the recipe for OBS', () => {
  it('has the address of each page, and no other', () => {
    const addresses = [...textOf('docs/recipes/obs.md').matchAll(/http:\/\/[\d.]+:4466[^\s`]*/g)]
    expect(new Set(addresses.map(([address]) => new URL(address).pathname))).toEqual(PAGES)
  })
})
