import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { argumentNames, OPERATOR_COMMANDS } from '../../src/commands/table.ts'
import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'
import { asRunJson } from '../../src/store/asRunLog.ts'
import { keyTable } from '../../src/surfaces/terminal/keyTable.ts'
import { blocksOf, column, pages, root, tableOf, textOf } from './pages.ts'

const page = 'docs/operating.md'
const sourceOf = (folder: string): string =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${root}${folder}/${name}`, 'utf8'))
    .join('\n')
const source = sourceOf('src')
const commandLine = readFileSync(`${root}src/cli.ts`, 'utf8')

describe('the page on running a show', () => {
  it('lists the keys of the terminal', () => {
    const rows = tableOf(page, ['key', 'does']).map(([key = '', does]) => [key.replaceAll('`', ''), does])
    expect(rows).toEqual(keyTable.map(({ label, does }) => [label, does]))
  })

  it('lists every problem of a running show and no other', () => {
    const inObs = sourceOf('src/obs')
    const obs = [/raise\(\w+, '(\w+)'/g, /\bcode: '(\w+)'/g, /: '(obs[A-Z]\w+)'/g].flatMap((form) => [
      ...inObs.matchAll(form),
    ])
    const others = [
      ...sourceOf('src/orchestrator').matchAll(/\bcode(?::| =) '(\w+)'/g),
      ...source.matchAll(/trouble\('(\w+)'\)/g),
    ]
    const raised = [...obs, ...others].map(([, code = '']) => code)
    const named = column(page, ['code', 'you read, or something like it', 'do'])
    expect([...new Set(named)].sort()).toEqual([...new Set([...raised, 'obsUnreachable'])].sort())
  })

  it('quotes messages exactly', () => {
    const quoted = [
      ...tableOf(page, ['code', 'you read, or something like it', 'do']).map(([, text = '']) => text),
      ...tableOf(page, ['you read', 'do']).map(([text = '']) => text),
      textOf(page).match(/`state folder in use.*`/)?.[0] ?? 'the sentence on a state folder in use is missing',
    ].flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, quote = '']) => quote))
    expect(quoted.length).toBeGreaterThan(20)
    const parts = quoted.flatMap((quote) => quote.split('…').map((part) => part.trim()))
    expect(parts.filter((part) => part.length > 2 && !source.includes(part))).toEqual([])
  })

  it('lists the fields of an as-run line', () => {
    const at = Date.UTC(2026, 11, 4, 18, 5)
    const line: AsRunLine = {
      ...{ cue: 'opening', title: 'Opening', scene: 'Main Camera', cause: 'schedule', plannedAt: at, sentAt: at + 2 },
      ...{ confirmedAt: at + 21, errorMs: 21, how: 'plain', errorFrames: null, outcome: 'onAir' },
    }
    expect(blocksOf(page).find(({ language }) => language === 'json')?.text).toBe(asRunJson(line, 0))
    const table = textOf(page).slice(textOf(page).indexOf('**`as-run.jsonl`**'))
    const rows = table.slice(0, table.indexOf('**`journal')).split('\n').slice(1)
    const names = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
    expect(names).toEqual([...Object.keys(line), 'reason'])
  })
})

/** Made of the command table. */
const optionsOfCtl = OPERATOR_COMMANDS.flatMap(argumentNames).map(
  (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
)
const optionsOfCurl = ['--max-time']

describe('the command line in the docs', () => {
  it.each(pages)('%s names only options and commands that exist', (name) => {
    const text = textOf(name)
    const others = ['--help', '--version', ...optionsOfCtl, ...optionsOfCurl]
    const source = ['demo', 'ctl'].map((file) => readFileSync(`${root}src/cli/${file}.ts`, 'utf8')).join()
    const options = [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([option]) => option)
    expect(
      [...new Set(options)].filter((option) => !others.includes(option) && !(commandLine + source).includes(option)),
    ).toEqual([])
    const commands = [...text.matchAll(/(?:stream-orchestrator|node dist\/cli\.js) ([a-z]+)/g)].map(([, word]) => word)
    expect(commands.filter((command) => !commandLine.includes(`.command('${command}'`))).toEqual([])
  })
})
