import { describe, expect, it } from 'vitest'
import { readSchedule } from '../../../src/schedule/read.ts'
import { formatProblem } from '../../../src/schedule/schema/finding.ts'

/** The first cue is in line 3, and what is in `head` comes after the cues. */
const read = (head: string, ...cues: string[]) =>
  readSchedule(`version: 1\ncues:\n${cues.map((cue) => `  - { scene: A, ${cue} }\n`).join('')}${head}\n`)
const problems = (head: string, ...cues: string[]) => read(head, ...cues).problems.map(formatProblem)

describe('the countdown of a cue', () => {
  it('turns amber and red as the cue says or, by default, as the top of the file says', () => {
    const colours = (head: string, ...cues: string[]) =>
      read(head, ...cues).schedule?.cues.map(({ warning, danger }) => [warning, danger])
    expect(colours('', 'duration: 5m')).toEqual([[null, null]])
    expect(colours('warning: 2m\ndanger: 00:00:30', 'duration: 5m', 'duration: 5m, warning: 1m')).toEqual([
      [120_000, 30_000],
      [60_000, 30_000],
    ])
    expect(colours('', 'duration: 5m, danger: 10s')).toEqual([[null, 10_000]])
  })

  it('takes only durations for its colours', () => {
    expect(problems('danger: 30', 'duration: 5m, warning: 2')).toEqual([
      '3:40: error: a duration needs a unit: write 2s (00:00:02) or 2m (00:02:00)',
      '4:9: error: a duration needs a unit: write 30s (00:00:30) or 30m (00:30:00)',
    ])
  })

  it('gives a warning if it turns red before amber', () => {
    const order = 'warning: `danger` has to be shorter than `warning`, or the countdown never turns amber: shorten it'
    expect(problems('', 'duration: 5m, warning: 30s, danger: 30s')).toEqual([`3:53: ${order}`])
    expect(problems('warning: 10s\ndanger: 30s', 'duration: 5m')).toEqual([`5:9: ${order}`])
    expect(problems('danger: 30s', 'duration: 5m, warning: 30s')).toEqual([`3:40: ${order}`])
    expect(problems('warning: 30s', 'duration: 5m, danger: 1m')).toEqual([`3:39: ${order}`])
    expect(problems('warning: 30s\ndanger: 29s', 'duration: 5m')).toEqual([])
  })

  it('gives a warning if it is amber or red from the start', () => {
    expect(problems('', 'duration: 1m, warning: 1m, danger: 59s')).toEqual([
      '3:40: warning: this cue lasts 1m, so its countdown is amber from the start: make `warning` shorter',
    ])
    expect(problems('', 'duration: 1m, hold: true, danger: 61s')).toEqual([
      '3:51: warning: this cue lasts 1m, so its countdown is red from the start: make `danger` shorter',
    ])
    expect(problems('warning: 2m', 'duration: 5m', 'duration: 90s', 'duration: 80s')).toEqual([
      '6:10: warning: the cue `a-2` lasts 1m30s, so its countdown is amber from the start: make `warning` shorter, or give the cue its own (the cue: line 4)',
    ])
    expect(problems('warning: 2m', 'duration: 5m', 'duration: 90s, warning: 20s', 'hold: true')).toEqual([])
  })
})

describe('a schedule', () => {
  it('may put a recurring scene on certain weekdays, by an interval or at times of day', () => {
    const { schedule, problems } = read(
      'recurring:\n  - { every: 1h, days: [fri, sat, fri], scene: B, duration: 5s }\n  - { at: "20:00", days: [mon], scene: B, duration: 5s }',
      'duration: 5m',
    )
    expect(problems).toEqual([])
    expect(schedule?.recurring.map(({ days }) => days)).toEqual([['fri', 'sat'], ['mon']])
  })

  it('needs no ending for a cue before a hard start, and may have any', () => {
    expect(problems('', 'note: open', 'at: "20:00", duration: 5m')).toEqual([])
    expect(problems('', 'hold: true', 'at: "20:00", until: "21:00"', 'at: "22:00", media: M, duration: 5m')).toEqual([])
  })
})
