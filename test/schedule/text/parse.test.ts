import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { positionOf, readSchedule } from '../../../src/schedule/read.ts'
import { parseText } from '../../../src/schedule/text/parse.ts'

const PLAIN = [
  'a b',
  'a#c',
  'a #c',
  'Q&A',
  'a*b',
  'a:b',
  'x:',
  ':x',
  '?x',
  "it's",
  '日本',
  'yes',
  'on',
  '-',
  '=',
  'x\t',
  'a\\b',
]
const NUMBERS = ['1', '+1', '-0', '01', '1.5', '.5', '1.', '1e3', '1e', '0x1f', '0o17', '0b1', '1_000', '.inf', '.nan']
const OTHERS = ['~', 'null', 'Null', 'true', 'TRUE', 'False', '19:00', '00:05:00', '2026-12-04', '2026-12-04T19:00', '']
const QUOTED = [
  '"q"',
  "'it''s'",
  '"a\\nb"',
  '"\\u00e9\\x41"',
  '"a\\/b"',
  '"<<"',
  '"multi\n      line"',
  'plain\n      folded',
]
const BLOCKS = [
  '|\n      x\n      y\n',
  '>\n      x\n      y\n\n      z\n',
  '|-\n      x\n',
  '|2\n       x\n',
  '>+\n      x\n\n',
]
const FLOWS = [
  '[a, b]',
  '[a, [b], ]',
  '{a: 1, b}',
  '{a: }',
  '[a: b]',
  '{"a":1}',
  '{"a":b}',
  'a]',
  '{ 1: a, "1": b }',
  '- x',
]
const MERGES = [
  '{ <<: *m, k: 2 }',
  '{ a: 2, <<: *m }',
  '{ <<: [*m, *n] }',
  '{ "<<": *m }',
  '{ <<: 5 }',
  '{ <<: *m, <<: *n }',
]
const REST = [
  '*m',
  '*nope',
  '&q z',
  '!!str 5',
  '!x y',
  '@x',
  '`x`',
  '%x',
  '? x',
  '---',
  '...',
  '__proto__',
  '{ __proto__: 1 }',
]

const value = fc.constantFrom(...PLAIN, ...NUMBERS, ...OTHERS, ...QUOTED, ...BLOCKS, ...FLOWS, ...MERGES, ...REST)
const place = fc.constantFrom<(key: number, text: string) => string>(
  (key, text) => `k${key}: ${text}`,
  (key, text) => `k${key}:\n  - ${text}`,
  (key, text) => `k${key}:\n  - a: ${text}\n    b: 1`,
  (key, text) => `k${key}: [ ${text} ]`,
  (key, text) => `k${key}: { p: ${text} }`,
)

describe('a YAML file', () => {
  it('has the values that another YAML 1.2 parser reads, and is refused if that parser refuses it', () => {
    let sound = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 4 }), (entries) => {
        const lines = entries.map(([write, written], key) => write(key, written))
        const text = ['x-m: &m { a: 1, s: m }', 'x-n: &n { a: 2, t: n }', ...lines, ''].join('\n')
        const { document, problems } = parseText(text)
        if (problems.length > 0) return
        sound += 1
        const other = parseDocument(text, { version: '1.2', merge: true, strict: true, prettyErrors: false })
        expect(other.errors).toEqual([])
        expect(document).toEqual(other.toJS())
      }),
      { numRuns: 2000 },
    )
    expect(sound).toBeGreaterThan(500)
  })

  it('has only text as keys', () => {
    for (const key of ['[a]', '{ toString: 1 }', '{ a: [b] }'])
      expect(readSchedule(`version: 1\ncues: [{ scene: A, duration: 5m }]\n? ${key}\n: 1\n`).problems).toMatchObject([
        { code: 'yamlSyntax', line: 3 },
      ])
  })

  it('may have the tags of the core schema, but no others', () => {
    const read = (written: string) => {
      const { document, problems } = parseText(`a: ${written}`)
      return problems.map(({ code }) => code)[0] ?? document
    }
    expect(read('!!str 5')).toEqual({ a: '5' })
    expect(read('! 5')).toEqual({ a: '5' })
    expect(read('!!int "5"')).toEqual({ a: 5 })
    expect(read('!!seq [1]')).toEqual({ a: [1] })
    for (const written of ['!!int x', '!!seq { b: 1 }', '!mine x', '!!timestamp 2026-12-04', '!!set { b }'])
      expect(read(written)).toBe('yamlSyntax')
  })

  it('holds one document, which ends at a marker', () => {
    const places = (text: string) => parseText(text).problems.map(({ line, col, code }) => `${line}:${col} ${code}`)
    expect(places('# before\n\n---\na: 1\n...\n# after\n')).toEqual([])
    expect(places('---\na: 1\n---\nb: 2\n---\n')).toEqual(['3:1 yamlSyntax'])
    expect(places('a: 1\n...\n\n  b: 2\n')).toEqual(['4:3 yamlSyntax'])
    expect(places('a: "x\n--- y"\n')[0]).toBe('2:1 yamlSyntax')
    expect(places('a: |\n  ---\nb: x---\n')).toEqual([])
  })

  it('has each of its independent syntax errors reported in one go', () => {
    const text = `version: 1
title: Q: A
cues:
  - { scene: A, duration: 5m }
  - scene: @home
    duration: 5m
  - { scene: B, durtion: 5m }
  - scene: C
    note: "quoted" twice
  - scene: D
   duration: 5m
days: [fry]`
    expect(readSchedule(text).problems.map(({ line, col, code }) => `${line}:${col} ${code}`)).toEqual([
      '2:9 yamlSyntax',
      '5:12 yamlSyntax',
      '7:17 unknownKey',
      '9:20 yamlSyntax',
      '11:4 yamlSyntax',
      '12:8 unknownValue',
    ])
  })

  it('has no problems reported that only follow from a syntax error', () => {
    const found = (text: string) => readSchedule(text).problems.map(({ line, code }) => `${line} ${code}`)
    expect(found('version: 1\ncues:\n  - scene: A: B')).toEqual(['3 yamlSyntax'])
    expect(found('version: 1\ncues:\n  - scene: "A\n')).toEqual(['4 yamlSyntax'])
    expect(found('version: 1\ncues: *nope\nscenes: []')).toEqual(['2 unknownAnchor'])
    expect(found('version: 1: 2\ncues: [{ scene: A }]')).toEqual(['1 yamlSyntax'])
  })

  it('has problems with positions even in entries that are empty', () => {
    const text = `version: 1
cues:
  -
  - # nothing
  - { scene: "A]", duration: 5 }
  -

  # and nothing
  -
  - &a
    scene: |
      B
    duration: 5m
    bad: >-
      text
  - *a
scenes: { ? : { x: 1 }, Q: { <<: [{ y: 2 }] } }
`
    expect(readSchedule(text).problems.map(({ line, col, code }) => `${line}:${col} ${code}`)).toEqual([
      '3:3 wrongType',
      '4:3 wrongType',
      '5:30 wrongType',
      '6:3 wrongType',
      '9:3 wrongType',
      '14:5 unknownKey',
      '14:5 unknownKey',
      '17:15 missingKey',
      '17:17 unknownKey',
      '17:37 unknownKey',
    ])
  })
})

describe('a large file', () => {
  const padding = `#${'x'.repeat(200_000)}`

  it('gives the same schedule as a small file, with positions', () => {
    const text = (comment: string) =>
      `version: 1\nloop: true\nx-b: &b { transition: Fade 1s }\n${comment}\ncues:\n  - { <<: *b, scene: A, duration: 5m }\n`
    const small = readSchedule(text('#')).schedule
    const large = readSchedule(text(padding), { file: 'show.yaml' }).schedule
    expect(large).toEqual(small)
    expect(large && positionOf(large, ['cues', 0, 'scene'])).toEqual({ file: 'show.yaml', line: 6, col: 22 })
  })

  it('has problems with positions', () => {
    const problems = (text: string) =>
      readSchedule(text).problems.map(({ line, col, code }) => `${line}:${col} ${code}`)
    expect(problems(`version: 1\n${padding}\ncues: [{ scene: A, duration: 5 }]`)).toEqual(['3:30 wrongType'])
    expect(problems(`version: 1\n${padding}\ndays: [fri]\ncues: [{ scene: A, duration: 5m }]`)).toEqual([
      '3:1 daysWithoutTime',
    ])
    expect(problems(`version: 1\n${padding}\ncues: [{ scene: A, duration: 5m }]\nscenes: { ~: {} }`)).toEqual([
      '4:11 missingKey',
    ])
  })
})
