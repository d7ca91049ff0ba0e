import { describe, expect, it } from 'vitest'
import { OPERATOR_COMMANDS } from '../../src/commands/table.ts'
import { readSchedule } from '../../src/schedule/read.ts'
import { formatProblem } from '../../src/schedule/schema/finding.ts'
import { jsonSchema } from '../../src/schedule/schema/schema.ts'
import { type Block, blocksOf, column, pages, recipes, textOf } from './pages.ts'

const problemsIn = (text: string): string[] =>
  readSchedule(text, { file: 'show.yaml' }).problems.map((problem) => formatProblem(problem))

/** A part of a file, completed. */
function completed(text: string): string {
  if (/^version:/m.test(text)) return text
  const cues = /^cues:/m.test(text) ? '' : '\ncues: [{ scene: Main Camera, duration: 5m }]\n'
  return `version: 1\n${text}${cues}`
}

const shownProblems = ({ followedBy }: Block): string[] | null =>
  followedBy?.language === 'text' && followedBy.text.startsWith('show.yaml:') ? followedBy.text.split('\n') : null

describe('the schedules in the docs', () => {
  const ours = [...pages, ...recipes].filter(
    (page) => !['home-assistant', 'prometheus'].some((name) => page.includes(name)),
  )
  const blocks = ours.flatMap(blocksOf).filter(({ language }) => language === 'yaml')

  it.each(blocks.map((block) => [`${block.page}:${block.line}`, block] as const))(
    'have the problems that they show: %s',
    (_, block) => {
      expect(problemsIn(completed(block.text))).toEqual(shownProblems(block) ?? [])
    },
  )
})

describe('the page on schedules', () => {
  const text = textOf('docs/schedule.md')

  it('names every key of the file', () => {
    const missing = [...new Set(keysIn(jsonSchema()))].filter((key) => !new RegExp(`[\`{ ]${key}[\`:]`).test(text))
    expect(missing).toEqual([])
  })

  it('has every top-level key and every key of a cue in its tables, and no other', () => {
    const header = ['key', 'what it says', 'without it']
    expect(column('docs/schedule.md', header).sort()).toEqual(namesOf(jsonSchema(), 'properties').sort())
    const cues = text.slice(text.indexOf('## Cues'))
    const rows = [...cues.slice(0, cues.indexOf('```')).matchAll(/^\| ((?:`\w+` ?)+)\|/gm)]
    const named = rows.flatMap(([, cell = '']) => cell.replaceAll('`', '').trim().split(' '))
    expect(named.sort()).toEqual(namesOf(jsonSchema(), 'properties', 'cues', 'items', 'properties').sort())
  })

  it('has every command of a hotkey, and no other', () => {
    expect(column('docs/schedule.md', ['command', 'arguments', 'what it does'])).toEqual(OPERATOR_COMMANDS)
  })
})

function namesOf(schema: object, ...path: readonly string[]): string[] {
  let at: unknown = schema
  for (const step of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined
  return typeof at === 'object' && at !== null ? Object.keys(at).filter((key) => !key.startsWith('x-')) : []
}

/** The names of all properties, at any depth. */
function keysIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own: unknown = Reflect.get(schema, 'properties')
  const names = typeof own === 'object' && own !== null ? Object.keys(own) : []
  return [...names, ...Object.values(schema).flatMap(keysIn)]
}
