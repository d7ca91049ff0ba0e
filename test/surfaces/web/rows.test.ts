import { describe, expect, it } from 'vitest'
import type { SheetCue } from '../../../src/surfaces/web/server/wire.ts'
import { latenessOf, plotOf } from '../../../src/surfaces/web/show/plot.ts'
import { lateBy, placeOf, slackBefore } from '../../../src/surfaces/web/show/rows.ts'
import { scrollTopFor, scrollTopToShow, visibleRows } from '../../../src/surfaces/web/show/visibleRows.ts'

const minute = 60_000
const cueAt = (index: number, changes: Partial<SheetCue> = {}): SheetCue => ({
  ...{ index, id: `c${index}`, title: `Cue ${index}`, scene: 'Main', note: null, dueAt: null, overUnder: 0 },
  ...{ plannedAt: index * minute, plannedEndsAt: (index + 1) * minute },
  ...{ expectedAt: index * minute, expectedEndsAt: (index + 1) * minute },
  ...{ duration: minute, hold: false, hard: false, actualAt: null, actualEndsAt: null },
  ...changes,
})

describe('the rows of a long list', () => {
  it('are drawn only around what is in view', () => {
    expect(visibleRows(10_000, 48, 0, 480)).toEqual({ first: 0, last: 18 })
    expect(visibleRows(10_000, 48, 48_000, 480)).toEqual({ first: 992, last: 1018 })
    expect(visibleRows(10_000, 48, 9990 * 48, 480)).toEqual({ first: 9982, last: 10_000 })
    expect(visibleRows(3, 48, 0, 480)).toEqual({ first: 0, last: 3 })
    expect(visibleRows(0, 48, 0, 480)).toEqual({ first: 0, last: 0 })
    expect(visibleRows(5, 48, 100_000, 480)).toEqual({ first: 5, last: 5 })
  })

  it('scroll so that the current cue has some past cues above it', () => {
    expect(scrollTopFor(0, 100, 48, 480)).toBe(0)
    expect(scrollTopFor(50, 100, 48, 480)).toBe(48 * 48)
    expect(scrollTopFor(99, 100, 48, 480)).toBe(100 * 48 - 480)
    expect(scrollTopFor(1, 2, 48, 480)).toBe(0)
  })

  it('scroll no further than it takes to show a chosen cue', () => {
    expect(scrollTopToShow(5, 48, 0, 480)).toBe(0)
    expect(scrollTopToShow(10, 48, 0, 480)).toBe(48)
    expect(scrollTopToShow(3, 48, 480, 480)).toBe(144)
  })

  it('know where each cue is in the show', () => {
    expect([0, 1, 2, 3].map((index) => placeOf(index, 1, 2))).toEqual(['past', 'current', 'next', 'ahead'])
    expect([0, 3].map((index) => placeOf(index, 3, 0))).toEqual(['next', 'current'])
    expect(placeOf(0, null, 0)).toBe('next')
  })
})

describe('a hard start', () => {
  it('has a gap or an overlap before it', () => {
    const hard = (at: number) => cueAt(1, { hard: true, expectedAt: at })
    expect(slackBefore(cueAt(0), hard(3 * minute))).toBe(2 * minute)
    expect(slackBefore(cueAt(0), hard(30_000))).toBe(-30_000)
    expect(slackBefore(cueAt(0), hard(minute))).toBeNull()
    expect(slackBefore(cueAt(0), cueAt(1, { expectedAt: 3 * minute }))).toBeNull()
    expect(slackBefore(cueAt(0, { actualEndsAt: minute }), hard(3 * minute))).toBeNull()
    expect(slackBefore(undefined, hard(minute))).toBeNull()
  })
})

describe('how late a cue is', () => {
  it('comes from the forecast or, for a cue that is over, from when it was on', () => {
    expect(lateBy(cueAt(2, { overUnder: 5000 }))).toBe(5000)
    expect(lateBy(cueAt(2, { overUnder: null, actualAt: 2 * minute + 7000 }))).toBe(7000)
    expect(lateBy(cueAt(2, { overUnder: null, dueAt: 2 * minute + 1000, actualAt: 2 * minute }))).toBe(-1000)
    expect(lateBy(cueAt(2, { overUnder: null }))).toBeNull()
  })
})

describe('the timeline', () => {
  it('shows each cue as planned and as it is', () => {
    const cues = [
      cueAt(0, { actualAt: 0, actualEndsAt: 2 * minute }),
      cueAt(1, { expectedAt: 2 * minute, expectedEndsAt: 4 * minute }),
    ]
    const plot = plotOf(cues, 1)
    expect(plot?.from).toBe(0)
    expect(plot?.to).toBe(4 * minute)
    expect(plot?.planned.map(({ from, width }) => [from, width])).toEqual([
      [0, 0.25],
      [0.25, 0.25],
    ])
    expect(plot?.actual.map(({ from, width }) => [from, width])).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ])
  })

  it('shows only the surroundings of the current cue of a long show', () => {
    const cues = Array.from({ length: 1000 }, (_, index) => cueAt(index))
    expect(plotOf(cues, 500)?.planned.map(({ index }) => index)).toEqual(
      Array.from({ length: 40 }, (_, place) => 490 + place),
    )
  })

  it('is not there without times', () => {
    expect(plotOf([], 0)).toBeNull()
  })

  it('counts only takes that OBS confirmed', () => {
    const line = {
      cue: null,
      title: null,
      scene: 'A',
      cause: 'schedule',
      plannedAt: 0,
      sentAt: 0,
      confirmedAt: 0,
    } as const
    const rest = { how: 'plain', errorFrames: null } as const
    const takes = [
      { ...line, ...rest, errorMs: 12, outcome: 'onAir' },
      { ...line, ...rest, errorMs: null, outcome: 'skipped' },
      { ...line, ...rest, errorMs: -90, outcome: 'onAir' },
    ] as const
    expect(latenessOf(takes, 10)).toEqual({ takes: [12, -90], scale: 90 })
    expect(latenessOf([{ ...line, ...rest, errorMs: 742_000, outcome: 'onAir' }], 1).scale).toBe(200)
    expect(latenessOf(takes, 1)).toEqual({ takes: [-90], scale: 90 })
  })
})
