import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commandFromJson } from '../../../src/surfaces/http/commands.ts'
import { blocksOf, textOf } from '../pages.ts'
import { isInState } from './state.ts'

describe('the recipe for Home Assistant', () => {
  const page = 'docs/recipes/home-assistant.md'
  const blocks = blocksOf(page)
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => parse(text, { customTags: [secret] }))
  const commands: Readonly<Record<string, RestCommand>> = blocks.find((block) => block.rest_command)?.rest_command
  const calls: readonly Call[] = blocks.flatMap((block) => {
    if (Array.isArray(block)) return block
    return (block.automation ?? []).flatMap(({ actions }: { actions: readonly Call[] }) => actions)
  })

  it('reads only fields of the state', () => {
    const text = textOf(page)
    const paths = [...text.matchAll(/value_json\.([\w.]+)/g)].map(([, path = '']) => path)
    const attributes = /json_attributes: \[(.*)\]/.exec(text)?.[1]?.split(', ') ?? []
    expect(paths.length).toBeGreaterThan(6)
    expect([...paths, ...attributes].filter((path) => !isInState(path))).toEqual([])
  })

  it('sends commands that exist', () => {
    const ours = calls.filter(({ action }) => action.startsWith('rest_command.'))
    const sent = ours.map(({ action, data }) => {
      const { payload = '' } = commands[action.replace('rest_command.', '')] ?? {}
      return commandFromJson(jsonOf(payload, data))
    })
    expect(sent).toEqual([
      { command: { type: 'next' } },
      { command: { type: 'forceScene', scene: 'BRB', toggle: true } },
      { command: { type: 'extend', by: '-30s' } },
      { command: { type: 'forceScene', scene: 'BRB', toggle: true } },
    ])
    expect(new Set(ours.map(({ action }) => action.replace('rest_command.', '')))).toEqual(
      new Set(Object.keys(commands)),
    )
  })
})

/** What a template such as `{{ {'type': type} | to_json }}` makes of these variables. */
function jsonOf(template: string, data: Readonly<Record<string, unknown>> = {}): string {
  const [, object = ''] = /^\{\{ (.*) \| to_json \}\}$/.exec(template) ?? []
  return object
    .replaceAll("'", '"')
    .replace(/: (?!true|false)([a-z]+)/g, (_, name: string) => `: ${JSON.stringify(data[name])}`)
}

const secret = { tag: '!secret', resolve: (name: string) => `the secret ${name}` }

type RestCommand = { readonly payload: string }
type Call = { readonly action: string; readonly data?: Readonly<Record<string, unknown>> }
