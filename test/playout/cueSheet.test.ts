import { describe, expect, it } from 'vitest'
import { firstRoundDay, plannedOwnEnd, plannedRoundEnd, roundLength, walk } from '../../src/playout/cueSheet.ts'
import type { Plan } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import { noon } from '../support/show.ts'
import { cueAt, on, seconds, threeCues, timelineOf, today } from './shows.ts'

const planFrom = (at: number, index = 0, day: string | null = '2026-03-02'): Plan => ({ index, at, wall: at, day })

const clock = (at: number): string => (Number.isNaN(at) ? '-' : new Date(at).toISOString().slice(11, 19))
const sheet = (timeline: Timeline, from: Plan) => {
  const { starts, ends, end } = walk(timeline, from)
  return { starts: [...starts].map(clock), ends: [...ends].map(clock), end: clock(end) }
}

describe('a walk through a round', () => {
  it('adds up the planned lengths', () => {
    expect(sheet(timelineOf(threeCues), planFrom(noon))).toEqual({
      starts: ['12:00:00', '12:00:10', '12:00:30'],
      ends: ['12:00:10', '12:00:30', '12:01:00'],
      end: '12:01:00',
    })
  })

  it('knows nothing of the cues before the one that it begins with', () => {
    expect(sheet(timelineOf(threeCues), planFrom(noon, 1)).starts).toEqual(['-', '12:00:00', '12:00:20'])
  })

  it('counts an open hold as nothing, and media and a hold by their lengths', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, hold: true }, { scene: B, hold: true, duration: 1m }, { scene: C, media: Reel, duration: 90s }]',
    )
    expect(sheet(timeline, planFrom(noon)).ends).toEqual(['12:00:00', '12:01:00', '12:02:30'])
  })

  it('has hard starts cut and stretch the cue before, and leave out the cues in between', () => {
    const timeline = timelineOf(`
cues:
  - { scene: A, duration: 10m }
  - { scene: B, duration: 1m }
  - { scene: C, at: "12:05", duration: 1m }
  - { scene: D, at: "12:10", duration: 1m }
`)
    expect(sheet(timeline, planFrom(noon))).toEqual({
      starts: ['12:00:00', '-', '12:05:00', '12:10:00'],
      ends: ['12:05:00', '-', '12:10:00', '12:11:00'],
      end: '12:11:00',
    })
    expect([...walk(timeline, planFrom(noon)).ownEnds].map(clock)).toEqual(['12:10:00', '-', '12:06:00', '12:11:00'])
  })

  it('ends a cue without an ending at the hard start after it', () => {
    const timeline = timelineOf('cues: [{ scene: A }, { scene: B, at: "12:05", duration: 1m }]')
    expect([...walk(timeline, planFrom(noon)).ownEnds].map(clock)).toEqual(['12:05:00', '12:06:00'])
  })

  it('leaves out a cue whose `until` is not after its entry', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 10m }, { scene: B, until: "12:10" }, { scene: C, duration: 1m }]',
    )
    expect(sheet(timeline, planFrom(noon)).starts).toEqual(['12:00:00', '-', '12:10:00'])
    expect(sheet(timeline, planFrom(noon - 1)).starts).toEqual(['11:59:59', '12:09:59', '12:10:00'])
  })

  it('passes a hard start that is spent when its round gets there', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 10m }, { scene: B, at: "12:05", duration: 1m }]')
    expect(sheet(timeline, planFrom(today('12:05'))).starts).toEqual(['12:05:00', '12:15:00'])
  })

  it('lasts in a loop until the first cue’s hard start on the next day', () => {
    const text = 'cues: [{ scene: A, at: "08:00", duration: 1h }, { scene: B, duration: 1h }]'
    const from = planFrom(today('08:00'))
    expect(walk(timelineOf(`loop: true\n${text}`), from).end).toBe(on('2026-03-03T08:00:00'))
    expect(walk(timelineOf(text), from).end).toBe(today('10:00'))
    expect(walk(timelineOf(`loop: 2\n${text}`), { ...from, isLast: true }).end).toBe(today('10:00'))
  })

  it('is cut in a loop by a hard start of the next round', () => {
    const timeline = timelineOf(
      'loop: true\ncues: [{ scene: A, duration: 1h }, { scene: B, at: "13:00", duration: 30h }]',
    )
    expect(walk(timeline, planFrom(noon)).end).toBe(on('2026-03-03T13:00:00'))
  })

  it('begins with a known end of the first cue, and with the cue that comes then', () => {
    const { starts, ends } = walk(timelineOf(threeCues), { ...planFrom(noon), first: { end: seconds(5), next: 2 } })
    expect([...starts].map(clock)).toEqual(['12:00:00', '-', '12:00:05'])
    expect([...ends].map(clock)).toEqual(['12:00:05', '-', '12:00:35'])
  })

  it('finds times of day by the wall clock, and tells them by its own', () => {
    const timeline = timelineOf('cues: [{ scene: A, until: "12:30" }]')
    expect(walk(timeline, { ...planFrom(noon), wall: noon + 60_000 }).end).toBe(today('12:29'))
  })
})

describe('the planned end of a cue', () => {
  it('is found without a sheet where all is plain, and is the same with one', () => {
    const plain = timelineOf(threeCues)
    const timed = timelineOf(`${threeCues}  - { scene: D, at: "20:00", duration: 1m }\n`)
    for (const index of [0, 1])
      expect(plannedOwnEnd(plain, planFrom(noon), cueAt(plain, index))).toBe(
        plannedOwnEnd(timed, planFrom(noon), cueAt(timed, index)),
      )
    expect(plannedOwnEnd(plain, planFrom(noon), cueAt(plain, 1))).toBe(seconds(30))
    expect(plannedOwnEnd(plain, planFrom(noon, 1), cueAt(plain, 2))).toBe(seconds(50))
  })

  it('is not known for a cue before the one that the plan begins with', () => {
    const timeline = timelineOf(threeCues)
    expect(plannedOwnEnd(timeline, planFrom(noon, 1), cueAt(timeline, 0))).toBeNaN()
  })

  it('is counted from the due time of a cue that has one', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 10m }, { scene: B, due: "12:05", duration: 1m }]')
    expect(plannedOwnEnd(timeline, planFrom(noon), cueAt(timeline, 1))).toBe(today('12:06'))
  })

  it('is the `until` of a cue, whatever its due time', () => {
    const timeline = timelineOf('cues: [{ scene: A, due: "12:05", until: "12:10" }]')
    expect(plannedOwnEnd(timeline, planFrom(noon), cueAt(timeline, 0))).toBe(today('12:10'))
  })
})

describe('the planned end of a round', () => {
  it('is the sum of what is left of it', () => {
    expect(plannedRoundEnd(timelineOf(threeCues), planFrom(noon))).toBe(seconds(60))
    expect(plannedRoundEnd(timelineOf(threeCues), planFrom(noon, 2))).toBe(seconds(30))
  })

  it('is that of its sheet where a cue has a time of day', () => {
    expect(plannedRoundEnd(timelineOf('cues: [{ scene: A, until: "13:00" }]'), planFrom(noon))).toBe(today('13:00'))
  })
})

describe('the length of a round', () => {
  it('is known unless a cue holds without a length or names a time of day', () => {
    expect(roundLength(timelineOf(threeCues))).toBe(60_000)
    expect(roundLength(timelineOf('cues: [{ scene: A, hold: true, duration: 5s }]'))).toBe(5000)
    expect(roundLength(timelineOf('cues: [{ scene: A, hold: true }]'))).toBeNull()
    expect(roundLength(timelineOf('cues: [{ scene: A, duration: 5s, at: "12:00" }]'))).toBeNull()
  })
})

describe('the day of the first round', () => {
  const day = (text: string, at: string) => firstRoundDay(timelineOf(text), on(at))

  it('is the latest from which the round would still be on, otherwise the next', () => {
    const show = 'cues: [{ scene: A, at: "22:00", duration: 1h }, { scene: B, at: "00:30", duration: 90m }]'
    expect(day(show, '2026-03-03T01:59:59.999')).toBe('2026-03-02')
    expect(day(show, '2026-03-03T02:00:00')).toBe('2026-03-03')
    expect(day(show, '2026-03-02T22:00:00')).toBe('2026-03-02')
  })

  it('counts an open hold as nothing', () => {
    const show = 'cues: [{ scene: A, at: "20:00", hold: true }]'
    expect(day(show, '2026-03-02T20:00:00')).toBe('2026-03-03')
  })

  it('is that of an `until` where that comes first, from which the rest of the round goes on', () => {
    const show = 'cues: [{ scene: A, until: "20:00" }, { scene: B, duration: 1h }]'
    expect(day(show, '2026-03-02T20:59:59')).toBe('2026-03-02')
    expect(day(show, '2026-03-02T21:00:00')).toBe('2026-03-03')
  })

  it('is always on in a channel that loops', () => {
    const show = 'loop: true\ncues: [{ scene: A, at: "20:00", duration: 1h }]'
    expect(day(show, '2026-03-03T19:59:59')).toBe('2026-03-02')
  })

  it('is none without times of day', () => {
    expect(day(threeCues, '2026-03-02T20:00:00')).toBeNull()
  })
})
