import { describe, expect, it } from 'vitest'
import { choicesOf } from '../../../src/surfaces/web/parts/address.ts'
import { backoff } from '../../../src/surfaces/web/server/backoff.ts'
import { serverTime, unknownClock, withReading } from '../../../src/surfaces/web/server/serverClock.ts'
import { takeOf } from '../../../src/surfaces/web/server/wire.ts'
import { framesLate, lateness, passed, remaining, roughly, signed } from '../../../src/surfaces/web/show/words.ts'

describe('the server’s clock on a page', () => {
  it('is unknown before the first news', () => {
    expect(serverTime(unknownClock, 5000)).toBeNull()
  })

  it('believes the message that was on its way for the shortest time', () => {
    let clock = withReading(unknownClock, 1_000_000, 150)
    clock = withReading(clock, 1_001_000, 1005)
    clock = withReading(clock, 1_002_000, 2400)
    expect(serverTime(clock, 3000)).toBe(1_002_995)
  })

  it('forgets a reading after a while, so that it follows a clock that runs slower', () => {
    let clock = withReading(unknownClock, 1_000_500, 0)
    for (let beat = 1; beat <= 30; beat++) clock = withReading(clock, 1_000_000 + beat * 1000, beat * 1000)
    expect(serverTime(clock, 0)).toBe(1_000_000)
  })

  it('takes a jump forward at once', () => {
    const before = withReading(unknownClock, 1_000_000, 0)
    expect(serverTime(withReading(before, 2_000_000, 1000), 1000)).toBe(2_000_000)
  })
})

describe('the pause before the next attempt', () => {
  it('doubles up to five seconds, and is never the same for all', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backoff(failures, 0.5))).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000,
    ])
    expect(backoff(1, 0)).toBe(188)
    expect(backoff(1, 1)).toBe(313)
  })
})

describe('lengths in words', () => {
  it('are as short as they can be', () => {
    expect([remaining(0), remaining(1), remaining(59_001), remaining(3_600_000)]).toEqual([
      '0:00',
      '0:01',
      '1:00',
      '1:00:00',
    ])
    expect([passed(999), passed(61_999)]).toEqual(['0:00', '1:01'])
    expect([signed(999), signed(-999), signed(12_000), signed(-90_000)]).toEqual(['', '', '+0:12', '−1:30'])
    expect([roughly(4900), roughly(180_000), roughly(7_300_000)]).toEqual(['4 s', '3 min', '2 h'])
    expect([lateness(12), lateness(-3), lateness(742_000)]).toEqual(['+12 ms', '−3 ms', '+12:22'])
    expect([framesLate(0), framesLate(1), framesLate(-2)]).toEqual(['on the frame', '+1 frame', '−2 frames'])
  })
})

describe('the address of a page', () => {
  it('says what to hide, and how large it is', () => {
    const choices = choicesOf('?hide=Note, next&mirror=1&size=500&weight=')
    expect([...choices.hides]).toEqual(['note', 'next'])
    expect(choices.flag('mirror')).toBe(true)
    expect(choices.flag('other')).toBe(false)
    expect(choices.number('size', 100, 20, 300)).toBe(300)
    expect(choices.number('other', 100, 20, 300)).toBe(100)
    expect(choices.text('weight')).toBeNull()
    expect(choicesOf('?mirror').flag('mirror')).toBe(true)
    expect(choicesOf('?mirror=0').flag('mirror')).toBe(false)
  })
})

describe('a take', () => {
  it('has times as the file writes them, or as numbers', () => {
    const line = {
      cue: null,
      title: null,
      scene: 'A',
      cause: 'force',
      errorMs: 1,
      how: 'plain',
      errorFrames: null,
    } as const
    const written = {
      ...line,
      outcome: 'onAir',
      plannedAt: '1970-01-01T00:00:01.000Z',
      sentAt: null,
      confirmedAt: 1001,
    } as const
    expect(takeOf(written)).toMatchObject({ plannedAt: 1000, sentAt: null, confirmedAt: 1001 })
  })
})
