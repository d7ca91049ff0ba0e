import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSchedule } from '../../src/schedule/read.ts'
import { decodeText } from '../../src/schedule/text/decode.ts'
import { blocksOf } from '../docs/pages.ts'

const SEED = 20_261_204
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3000)

/** The same random numbers below 1 each time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const CUES = 'cues:\n  - { scene: A, duration: 20m }\n  - { scene: B, hold: true }\n'

const sources = [
  ...readdirSync('scenes')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(`scenes/${name}`, 'utf8')),
  ...blocksOf('docs/schedule.md')
    .filter(({ language }) => language === 'yaml')
    .map(
      ({ text }) => `${text}\n${text.includes('version:') ? '' : 'version: 1\n'}${text.includes('cues:') ? '' : CUES}`,
    ),
]

const PIECES = [
  ...[
    '\n',
    ' ',
    '\t',
    ': ',
    '- ',
    '? ',
    '#',
    ' #',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '|',
    '>',
    '&a ',
    '*a',
    '<<: ',
    '!',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\r\n',
    '\r',
    '\uFEFF',
    '\0',
    '\x1b',
    '\ud800',
    '\u2028',
    '🎬',
    '__proto__',
    '~',
  ],
  ...['null', 'true', '0', '-1', '1e999', '.nan', '25:00', '00:00', '5m', '0s', 'x-', 'scene', 'cues', 'hold: true'],
  ...[
    '[[[[',
    '? ? ',
    '&b &b ',
    '*nope',
    '{ <<: *sponsor }',
    'at: "20:00"',
    'until: "20:00"',
    'constructor',
    'a'.repeat(300),
  ],
]

function mutate(text: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit)
  const one = <T>(list: readonly T[], otherwise: T) => list[below(list.length)] ?? otherwise
  const [from, length] = [below(text.length + 1), 1 + below(1 + below(60))]
  const lines = text.split('\n')
  const line = below(lines.length)
  switch (below(8)) {
    case 0:
      return text.slice(0, from) + text.slice(from + length)
    case 1:
      return text.slice(0, from)
    case 2:
      return text.slice(0, from) + text.slice(from, from + length).repeat(2) + text.slice(from + length)
    case 3:
      return lines.toSpliced(line, 1 + below(3)).join('\n')
    case 4:
      return lines.toSpliced(below(lines.length), 0, lines[line] ?? '').join('\n')
    case 5:
      return lines.with(line, `${' '.repeat(below(6))}${lines[line]?.trim()}`).join('\n')
    case 6: {
      const other = one(sources, '')
      const start = below(other.length)
      return text.slice(0, from) + other.slice(start, start + length * 4) + text.slice(from)
    }
    default:
      return text.slice(0, from) + one(PIECES, '') + text.slice(from + (random() < 0.5 ? 0 : length))
  }
}

describe('a schedule file with random changes', () => {
  it('is read as a schedule, or has problems with positions', () => {
    const random = randomFrom(SEED)
    const outcomes = { sound: 0, refused: 0 }
    for (let run = 0; run < RUNS; run++) {
      let text = sources[Math.floor(random() * sources.length)] ?? ''
      for (let times = 1 + Math.floor(random() * 3); times > 0; times--) text = mutate(text, random)
      const before = process.cpuUsage()
      const { schedule, problems } = readSchedule(text)
      const { user, system } = process.cpuUsage(before)
      outcomes[schedule === undefined ? 'refused' : 'sound'] += 1

      const lines = text.replace(/^\uFEFF/, '').split('\n')
      const wrong = problems.filter(({ line = 0, col = 0 }) => {
        return line < 1 || col < 1 || line > lines.length || col > (lines[line - 1]?.length ?? 0) + 1
      })
      expect(wrong, text).toEqual([])
      expect(
        problems.some(({ severity }) => severity === 'error'),
        text,
      ).toBe(schedule === undefined)
      expect((user + system) / 1e6, text).toBeLessThan(2)
    }
    expect(outcomes.sound).toBeGreaterThan(RUNS / 20)
    expect(outcomes.refused).toBeGreaterThan(RUNS / 4)
  })

  it('is decoded, or refused at its first bad byte', () => {
    const random = randomFrom(SEED)
    for (let run = 0; run < RUNS; run++) {
      const bytes = Buffer.from(sources[Math.floor(random() * sources.length)] ?? '')
      const place = Math.floor(random() * bytes.length)
      for (let index = place; index < place + 3; index++) bytes[index] = Math.floor(random() * 256)
      const decoded = decodeText(bytes)
      if ('text' in decoded) continue
      const { line = 0, col = 0 } = decoded.problem
      const above = new TextDecoder().decode(bytes.subarray(0, place + 3)).split('\n')
      expect(line).toBeGreaterThan(0)
      expect(line).toBeLessThanOrEqual(above.length)
      expect(col).toBeGreaterThan(0)
    }
  })
})
