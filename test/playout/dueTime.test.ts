import { describe, expect, it } from 'vitest'
import { dueTime } from '../../src/playout/roundTimes.ts'
import { instant } from '../support/show.ts'
import { threeCues, timelineOf } from './shows.ts'

const hour = 3_600_000
const due = (time: number, plan: string, offset = 0, head = '') =>
  new Date(dueTime(timelineOf(`${head}\n${threeCues}`), time, instant(plan), offset)).toISOString().slice(0, 19)

describe('a due time', () => {
  it('is on the day of the plan if that is nearest', () => {
    expect(due(20 * hour, '2026-03-02T19:00:00')).toBe('2026-03-02T20:00:00')
    expect(due(20 * hour, '2026-03-02T23:00:00')).toBe('2026-03-02T20:00:00')
  })

  it('is after midnight for a cue planned before it', () => {
    expect(due(hour / 2, '2026-03-02T23:50:00')).toBe('2026-03-03T00:30:00')
  })

  it('is before midnight for a cue planned after it', () => {
    expect(due(23.75 * hour, '2026-03-03T00:10:00')).toBe('2026-03-02T23:45:00')
  })

  it('is told by the orchestrator’s clock if the wall clock is ahead', () => {
    expect(due(20 * hour, '2026-03-02T19:00:00', 60_000)).toBe('2026-03-02T19:59:00')
  })

  it('is meant in the zone of the schedule, with daylight saving', () => {
    const berlin = 'timezone: Europe/Berlin'
    expect(due(20 * hour, '2026-03-28T18:00:00', 0, berlin)).toBe('2026-03-28T19:00:00')
    expect(due(20 * hour, '2026-03-29T18:00:00', 0, berlin)).toBe('2026-03-29T18:00:00')
    expect(due(2.5 * hour, '2026-03-29T01:00:00', 0, berlin)).toBe('2026-03-29T01:30:00')
  })
})
