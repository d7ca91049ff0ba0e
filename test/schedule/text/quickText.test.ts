import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionOf, readSchedule } from '../../../src/schedule/read.ts'
import { quickValues } from '../../../src/schedule/text/quickText.ts'
import { parseText } from '../../../src/schedule/text/yamlText.ts'

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

describe('the quick way of reading', () => {
  it('accepts nothing that the thorough one refuses, and reads the same values', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 4 }), (entries) => {
        const lines = entries.map(([write, written], key) => write(key, written))
        const text = ['x-m: &m { a: 1, s: m }', 'x-n: &n { a: 2, t: n }', ...lines, ''].join('\n')
        const quick = quickValues(text)
        if (quick === undefined) return
        accepted += 1
        const { document, findings } = parseText(text)
        expect(findings).toEqual([])
        expect(quick).toEqual(document)
      }),
      { numRuns: 2000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })

  it('gives a large file the schedule that it would have had, with positions when asked for', () => {
    const text = (comment: string) =>
      `version: 1\nloop: true\nx-b: &b { transition: Fade 1s }\n${comment}\ncues:\n  - { <<: *b, scene: A, duration: 5m }\n`
    const small = readSchedule(text('#')).schedule
    const large = readSchedule(text(`#${'x'.repeat(200_000)}`), { file: 'show.yaml' }).schedule
    expect(large).toEqual(small)
    expect(large && positionOf(large, ['cues', 0, 'scene'])).toEqual({ file: 'show.yaml', line: 6, col: 22 })
  })

  it('leaves the problems of a large file to the thorough one', () => {
    const padding = `#${'x'.repeat(200_000)}`
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
