import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCli, type Cli } from '../../support/cli.ts'
import { column, root, tableOf, textOf } from '../pages.ts'
import { openShell, serveRunningShow } from './shell.ts'
import { isInState } from './state.ts'

const textOfFile = (name: string): string =>
  readFileSync(`${root}docs/recipes/companion/${name}.companionconfig`, 'utf8')

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

describe("Companion's page of buttons", () => {
  const page = 'docs/recipes/companion.md'
  const file: Export = JSON.parse(textOfFile('show-page'))
  const poll: Export = JSON.parse(textOfFile('state-poll'))
  const buttons = Object.values(file.page?.controls ?? {}).flatMap((row) => Object.values(row))
  const actions = buttons.flatMap(({ steps }) => Object.values(steps).flatMap(({ action_sets }) => action_sets.down))
  const trigger = Object.values(poll.triggers ?? {})[0]

  it('is in the format of Companion 3.2, which all later versions read', () => {
    expect([file, poll].map(({ version, type }) => ({ version, type }))).toEqual([
      { version: 4, type: 'page' },
      { version: 4, type: 'trigger_list' },
    ])
    const used = [...actions, ...(trigger?.action_sets[0] ?? [])]
    expect(new Set(used.map(({ instance }) => instance))).toEqual(new Set(Object.keys(file.instances)))
    expect(poll.instances).toEqual(file.instances)
    const [connection] = Object.values(file.instances)
    expect(connection).toMatchObject({ instance_type: 'generic-http', config: { prefix: 'http://127.0.0.1:4466' } })
    expect(used.map(({ action, options }) => [action, options.url])).toEqual([
      ...actions.map(() => ['post', '/api/v1/commands']),
      ['get', '/api/v1/state'],
    ])
    const ids = [...used, ...buttons.flatMap(({ feedbacks }) => feedbacks)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('sends what the table says', () => {
    const sent = buttons.map(({ steps }) => {
      const command = Object.values(steps).flatMap(({ action_sets }) => action_sets.down)[0]?.options.body
      return command === undefined ? '' : JSON.parse(command).type
    })
    const rows = tableOf(page, ['button', 'sends', 'lights up'])
    expect(rows.map(([, cell = '']) => /^`(\w+)`/.exec(cell)?.[1] ?? '')).toEqual(sent)
    const texts = buttons.map(({ style }) => (style.textExpression ? '(the scene on air)' : style.text.split(' $')[0]))
    expect(rows.map(([cell]) => cell)).toEqual(texts)
    expect(rows.map(([, , lit]) => lit !== '')).toEqual(buttons.map(({ feedbacks }) => feedbacks.length > 0))
  })

  it('is accepted by a show that needs a token, button by button', async () => {
    const shell = await openShell(cli)
    await serveRunningShow(shell, '--http-token-file token')
    const address = await shell.url()
    const press = async (text: string) => {
      const button = buttons.find(({ style }) => style.text.startsWith(text))
      const { url, header, body, contenttype } = button?.steps['0']?.action_sets.down[0]?.options ?? {}
      const values = { orchestrator_token: 'a-token', orchestrator_scene: 'BRB' }
      const filled = (written = '') => written.replace(/\$\(custom:(\w+)\)/g, (_, name) => Reflect.get(values, name))
      const headers = { ...JSON.parse(filled(header)), 'Content-Type': contenttype }
      return (await fetch(`${address}${url}`, { method: 'POST', headers, body: filled(body) })).status
    }
    const show = ['GO', 'Previous', 'Hold', 'Unhold', '+30 s', '-30 s', 'Pause', 'Resume']
    const presses = [...show, 'Force', 'Force', 'Force', 'Release', 'Stop', 'Start']
    for (const text of presses) expect({ text, status: await press(text) }).toEqual({ text, status: 200 })
    expect(new Set(presses).size).toBe(actions.length)
  })

  it('names only fields of the state, and the variables of the page', () => {
    const all = textOfFile('show-page') + textOfFile('state-poll')
    const paths = [...(all + textOf(page)).matchAll(/'\$\.([\w.]+)'/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(8)
    expect(paths.filter((path) => !isInState(path))).toEqual([])
    const used = [...all.matchAll(/custom:(\w+)|"jsonResultDataVariable": "(\w+)"/g)].map(
      ([, read, set]) => read ?? set,
    )
    expect([...new Set(used)].sort()).toEqual(column(page, ['variable', 'value']).sort())
  })
})

type Options = {
  readonly url: string
  readonly body?: string
  readonly header: string
  readonly contenttype?: string
}
type Action = { readonly id: string; readonly action: string; readonly instance: string; readonly options: Options }
type Button = {
  readonly style: { readonly text: string; readonly textExpression: boolean }
  readonly feedbacks: readonly { readonly id: string }[]
  readonly steps: Readonly<Record<string, { readonly action_sets: { readonly down: readonly Action[] } }>>
}
type Export = {
  readonly version: number
  readonly type: string
  readonly page?: { readonly controls: Readonly<Record<string, Readonly<Record<string, Button>>>> }
  readonly triggers?: Readonly<Record<string, { readonly action_sets: Readonly<Record<string, readonly Action[]>> }>>
  readonly instances: Readonly<Record<string, unknown>>
}
