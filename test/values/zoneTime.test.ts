import { describe, expect, it } from 'vitest'
import { countdown, elapsed, timeWithMillis, timeWithSeconds } from '../../src/values/zoneTime.ts'

describe('a time in a zone', () => {
  it('is what a wall clock there shows, also around midnight', () => {
    const at = Date.UTC(2026, 11, 4, 23, 0, 7, 5)
    expect(timeWithSeconds(at, 'Europe/Berlin')).toBe('00:00:07')
    expect(timeWithMillis(at, 'Europe/Berlin')).toBe('00:00:07.005')
    expect(timeWithSeconds(at, 'America/New_York')).toBe('18:00:07')
  })
})

describe('a countdown', () => {
  it.each([
    [3_601_000, '1:00:01'],
    [999, '0:00:01'],
    [1, '0:00:01'],
    [0, '0:00:00'],
    [-999, '0:00:00'],
    [-1000, '-0:00:01'],
    [-3_661_000, '-1:01:01'],
    [90_000_000, '25:00:00'],
  ])('with %i ms left shows %s', (left, shown) => expect(countdown(left)).toBe(shown))

  it('counts up in whole seconds that have passed', () => {
    expect(elapsed(1999)).toBe('0:00:01')
    expect(elapsed(-5)).toBe('0:00:00')
  })
})
