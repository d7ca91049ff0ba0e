import { describe, expect, it } from 'vitest'
import { areSkipped, dayAfter, dayAfterTimes, dayUpTo, roundTimes } from '../../src/playout/roundTimes.ts'
import { instant } from '../support/show.ts'
import { threeCues, timelineOf } from './shows.ts'

const evening = `
cues:
  - { scene: A, at: "22:00", duration: 1h }
  - { scene: B, until: "23:30" }
  - { scene: C, at: "00:30", until: "01:00" }
  - { scene: D, at: "21:00", duration: 1h }
`

const wall = (text: string): number => instant(text)
const hardStarts = (text: string, day: string) =>
  [...roundTimes(timelineOf(text), day).at.values()].map((at) => new Date(at).toISOString().slice(0, 19))

describe('the times of a round', () => {
  it('are each the first at or after the one before, across midnight as often as needed', () => {
    expect(hardStarts(evening, '2026-03-02')).toEqual([
      '2026-03-02T22:00:00',
      '2026-03-03T00:30:00',
      '2026-03-03T21:00:00',
    ])
  })

  it('are fixed together in file order, the start of a cue before its end', () => {
    const times = roundTimes(timelineOf(evening), '2026-03-02')
    expect([...times.until]).toEqual([
      [1, wall('2026-03-02T23:30:00')],
      [2, wall('2026-03-03T01:00:00')],
    ])
    expect(times.last).toBe(wall('2026-03-03T21:00:00'))
  })

  it('may be the same for an end and the start after it, on one day', () => {
    const times = roundTimes(
      timelineOf('cues: [{ scene: A, until: "20:00" }, { scene: B, at: "20:00", duration: 1m }]'),
      '2026-03-02',
    )
    expect(times.until.get(0)).toBe(times.at.get(1))
  })

  it('are none without times of day, and without a day', () => {
    expect(roundTimes(timelineOf(threeCues), '2026-03-02').at.size).toBe(0)
    expect(roundTimes(timelineOf(evening), null).at.size).toBe(0)
    expect(roundTimes(timelineOf(evening), null).last).toBe(Number.NEGATIVE_INFINITY)
  })

  it('do not count a due time, which forces nothing', () => {
    const text = 'cues: [{ scene: A, due: "08:00", duration: 1m }, { scene: B, at: "07:00", duration: 1m }]'
    expect(hardStarts(text, '2026-03-02')).toEqual(['2026-03-02T07:00:00'])
  })

  it('stay right for more days than are remembered', () => {
    const timeline = timelineOf(evening)
    const first = (day: number) => roundTimes(timeline, `2026-03-${String(day).padStart(2, '0')}`).at.get(0)
    const days = Array.from({ length: 31 }, (_, day) => day + 1)
    const again = [...days, ...days].map(first)
    expect(again.slice(0, 31)).toEqual(again.slice(31))
    roundTimes(timeline, '2026-04-01')
    expect(roundTimes(timeline, '2026-04-02').at.get(0)).toBe(wall('2026-04-02T22:00:00'))
    expect(first(1)).toBe(wall('2026-03-01T22:00:00'))
  })
})

describe('the times of a round in Berlin', () => {
  const berlin = (...times: readonly string[]) => `
timezone: Europe/Berlin
cues: [${times.map((time) => `{ scene: A, at: "${time}", duration: 1m }`).join(', ')}]
`
  it('move a time that daylight saving leaves out later by the missing hour', () => {
    expect(hardStarts(berlin('01:30', '02:30', '03:45'), '2026-03-29')).toEqual([
      '2026-03-29T00:30:00',
      '2026-03-29T01:30:00',
      '2026-03-29T01:45:00',
    ])
  })

  it('take a time that follows a moved one and is earlier than it on the next day', () => {
    expect(hardStarts(berlin('02:30', '03:15'), '2026-03-29')).toEqual(['2026-03-29T01:30:00', '2026-03-30T01:15:00'])
  })

  it('take the first of a time that comes twice', () => {
    expect(hardStarts(berlin('01:59', '02:30', '03:00'), '2026-10-25')).toEqual([
      '2026-10-24T23:59:00',
      '2026-10-25T00:30:00',
      '2026-10-25T02:00:00',
    ])
  })

  it('keep their place on the wall after the change', () => {
    expect(hardStarts(berlin('23:00', '08:00'), '2026-03-28')).toEqual(['2026-03-28T22:00:00', '2026-03-29T06:00:00'])
    expect(hardStarts(berlin('23:00', '08:00'), '2026-10-24')).toEqual(['2026-10-24T21:00:00', '2026-10-25T07:00:00'])
  })
})

describe('the day of a round', () => {
  it('that follows an instant has its first time strictly after it', () => {
    const timeline = timelineOf(evening)
    expect(dayAfter(timeline, wall('2026-03-02T21:59:59.999'))).toBe('2026-03-02')
    expect(dayAfter(timeline, wall('2026-03-02T22:00:00'))).toBe('2026-03-03')
  })

  it('that is on at an instant has its first time at or before it', () => {
    const timeline = timelineOf(evening)
    expect(dayUpTo(timeline, wall('2026-03-02T21:59:59.999'))).toBe('2026-03-01')
    expect(dayUpTo(timeline, wall('2026-03-02T22:00:00'))).toBe('2026-03-02')
  })

  it('follows a round that never reached its last cue strictly after its last time of day', () => {
    const timeline = timelineOf(evening)
    expect(dayAfterTimes(timeline, roundTimes(timeline, '2026-03-02'))).toBe('2026-03-03')
    const full = timelineOf('cues: [{ scene: A, at: "20:00", duration: 1m }, { scene: B, until: "20:00" }]')
    expect(dayAfterTimes(full, roundTimes(full, '2026-03-02'))).toBe('2026-03-03')
  })

  it('is that of the zone of the schedule, whatever day UTC has', () => {
    const timeline = timelineOf('timezone: Asia/Tokyo\ncues: [{ scene: A, at: "00:30", duration: 1m }]')
    expect(dayUpTo(timeline, wall('2026-03-02T16:00:00'))).toBe('2026-03-03')
    expect(dayAfter(timeline, wall('2026-03-02T15:00:00'))).toBe('2026-03-03')
  })

  it('is the day of an `until` where the first time of day is one', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 1m }, { scene: B, until: "20:00" }]')
    expect(dayAfter(timeline, wall('2026-03-02T20:00:00'))).toBe('2026-03-03')
  })

  it('is none for a schedule without times of day', () => {
    expect(dayAfter(timelineOf(threeCues), wall('2026-03-02T20:00:00'))).toBeNull()
    expect(dayUpTo(timelineOf(threeCues), wall('2026-03-02T20:00:00'))).toBeNull()
  })
})

describe('cues that would be skipped', () => {
  const timeline = timelineOf(
    'cues: [{ scene: A, until: "20:00" }, { scene: B, until: "21:00" }, { scene: C, duration: 1m }]',
  )
  const times = roundTimes(timeline, '2026-03-02')

  it('are those whose `until` is not after their entry, the very instant included', () => {
    expect(areSkipped(times, 0, 2, wall('2026-03-02T21:00:00'))).toBe(true)
    expect(areSkipped(times, 0, 2, wall('2026-03-02T20:59:59.999'))).toBe(false)
  })

  it('include no cue with another ending', () => {
    expect(areSkipped(times, 1, 3, wall('2026-03-09T00:00:00'))).toBe(false)
  })

  it('are all of none', () => {
    expect(areSkipped(times, 2, 2, wall('2026-03-02T00:00:00'))).toBe(true)
  })
})
