import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCli, type Cli } from '../support/cli.ts'
import { requirePrograms } from '../support/requirements.ts'
import { blocksOf, recipes, tableOf } from './pages.ts'
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
