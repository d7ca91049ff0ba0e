import { describe, expect, it } from 'vitest'
import { readSchedule } from '../../../src/schedule/read.ts'

const sound = 'version: 1\ncues: [{ scene: A, duration: 5m }]\n'
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('')
const nested = (count: number, line: string) => many(count, (depth) => `${' '.repeat(depth)}${line}\n`)

/** The first problem of the text. It has to be found within two seconds of CPU time, which a busy machine doesn't change. */
function firstProblem(text: string): string | null {
  const before = process.cpuUsage()
  const { problems } = readSchedule(text)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1e6).toBeLessThan(2)
  expect(problems.every(({ line = 0, col = 0 }) => line > 0 && col > 0)).toBe(true)
  const [first] = problems
  return first === undefined ? null : `${first.line}:${first.col} ${first.code}`
}

describe('a hostile file is refused within two seconds, with a position', () => {
  it.each([
    ['complex keys within complex keys', '? '.repeat(2048), '1:200 yamlSyntax'],
    ['100 kB of them', '? '.repeat(50_000), '1:200 yamlSyntax'],
    ['complex keys in a flow', `${sound}x-a: ${'{? '.repeat(2000)}`, '3:303 yamlSyntax'],
    ['complex keys on lines of their own', nested(300, '?'), '100:101 yamlSyntax'],
    ['empty keys', ': '.repeat(50_000), '1:200 yamlSyntax'],
    ['lists within lists', '- '.repeat(50_000), '1:201 yamlSyntax'],
    ['lists and keys in turn', '- ? '.repeat(50_000), '1:200 yamlSyntax'],
    ['brackets', '['.repeat(100_000), '1:100 yamlSyntax'],
    ['brackets that are closed', `${sound}x-a: ${'['.repeat(5000)}${']'.repeat(5000)}`, '3:105 yamlSyntax'],
    ['braces', '{'.repeat(100_000), '1:100 yamlSyntax'],
    ['maps within maps', nested(2000, 'a:'), '100:100 yamlSyntax'],
    ['the same key again and again', `${sound}${'x-a: 1\n'.repeat(50_000)}`, '4:1 duplicateKey'],
    ['an alias with a very long name', `${sound}x-a: *${'a'.repeat(1_000_000)}`, '3:6 unknownAnchor'],
    ['200 000 aliases', `${sound}x-b: &b x\nx-a:\n${' - *b\n'.repeat(200_000)}`, '105:4 tooManyAliases'],
    [
      'a merge of 5000 aliases',
      `${sound}x-b: &b { a: 1 }\nx-a: { <<: [${'*b,'.repeat(5000)}] }`,
      '4:313 tooManyAliases',
    ],
    ['100 000 tags', `${sound}x-a:\n${' - !t x\n'.repeat(100_000)}`, '4:4 yamlSyntax'],
    ['tags one after the other', `${sound}x-a: ${'!t '.repeat(4096)}`, '3:9 yamlSyntax'],
    ['200 000 documents', `${sound}${'---\n'.repeat(200_000)}`, '3:1 yamlSyntax'],
    ['a quote that is never closed', `${sound}x-a: "${'a\n'.repeat(500_000)}`, '4:1 yamlSyntax'],
    ['200 000 errors of syntax', `${sound}${'}\n'.repeat(200_000)}`, '3:1 yamlSyntax'],
    ['100 000 broken cues', `version: 1\ncues:\n${' - x\n'.repeat(100_000)}`, '3:4 wrongType'],
    ['a very long key', `${sound}${'k'.repeat(5_000_000)}: 1`, '3:1 unknownKey'],
    ['a very long time zone', `${sound}timezone: ${'a'.repeat(1_000_000)}`, '3:11 unknownTimezone'],
    [
      'a very long name of a key',
      `${sound}hotkeys: [{ keys: ${'a'.repeat(2_000_000)}, command: next }]`,
      '3:19 invalidKeys',
    ],
    ['control characters', `${sound}${'\0'.repeat(100_000)}`, '3:1 yamlSyntax'],
    [
      'hotkeys for 20 000 cues that don’t exist',
      `version: 1\ncues:\n${' - { scene: A, duration: 5m }\n'.repeat(20_000)}hotkeys:\n${many(20_000, (n) => ` - { keys: F1, command: goTo, cue: x${n} }\n`)}`,
      '20004:36 unknownCue',
    ],
    [
      '20 000 hard starts at the same time',
      `version: 1\ncues:\n${' - { scene: A, at: "20:00", duration: 5m }\n'.repeat(20_000)}`,
      '4:20 sameTime',
    ],
  ])('%s', (_, text, problem) => {
    expect(firstProblem(text)).toBe(problem)
  })

  it('quotes only the beginning of a very long name', () => {
    const [problem] = readSchedule(`${sound}${'k'.repeat(1_000_000)}: 1`).problems
    expect(problem?.message.length).toBeLessThan(1000)
  })
})

describe('an odd but valid file is read within two seconds', () => {
  it.each([
    ['100 000 anchors', `${sound}x-a:\n${many(100_000, (n) => ` - &a${n} x\n`)}`],
    ['a very long line of words', `${sound}x-a: ${'word '.repeat(1_000_000)}`],
    ['a text of 500 000 lines', `${sound}x-a:\n${'  word\n'.repeat(500_000)}`],
    ['16 MiB of blank lines', `${sound}${'\n'.repeat(2 ** 24 - sound.length)}`],
    ['50 000 keys of the user’s own', `${sound}${many(50_000, (n) => `x-${n}: 1\n`)}`],
    [
      'no cue that is ever reached',
      `version: 1\nstart: "19:00"\ncues:\n${' - { scene: A, duration: 1s }\n'.repeat(20_000)}${many(10_000, () => ' - { scene: B, at: "20:00", duration: 1m }\n - { scene: B, at: "21:00", duration: 1m }\n')}`,
    ],
  ])('%s', (_, text) => {
    expect(firstProblem(text)?.split(' ')[1] ?? 'sound').toMatch(/^(sound|neverOnAir)$/)
  })
})
