import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DURATION_PATTERN,
  formatClockDuration,
  formatDuration,
  nearDuration,
  parseDuration,
  parseSignedDuration,
  spellingsOfNumber,
} from '../../src/time/duration.ts'

describe('a duration', () => {
  it.each([
    ['250ms', 250],
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1h05m', 3_900_000],
    ['2h1s', 7_201_000],
    ['1m30s500ms', 90_500],
    ['00:05:00', 300_000],
    ['00:00:10.500', 10_500],
    ['00:00:10.5', 10_500],
    ['26:00:00', 93_600_000],
  ])('is read: %s', (text, length) => {
    expect(parseDuration(text)).toBe(length)
    expect(text).toMatch(new RegExp(DURATION_PATTERN))
  })

  it.each([
    ...['', ' 5m', '5 m', '5', '5M', '1.5s', '30m1h', '5m5m', '-5m', '05:00', '00:60:00', '00:00:60', '00:00:01.0005'],
    ...['0s', '0h0m', '00:00:00', '1d', 'abc', '1h30', '99999999999999999999h', '٥m', '5m\n'],
  ])('is refused: %j', (text) => {
    expect(parseDuration(text)).toBeNull()
  })

  it.each(['0s', '0h0m', '00:00:00', '00:00:00.000'])('is refused by the JSON Schema if it is zero: %s', (text) => {
    expect(text).not.toMatch(new RegExp(DURATION_PATTERN))
  })

  it.each([
    ['5 m', '5m'],
    ['5M', '5m'],
    ['1h 30m', '1h30m'],
    ['1.5h', '1h30m'],
    ['0.5s', '500ms'],
    ['2 hours', '2h'],
    ['90 secs', '1m30s'],
    ['5minutes', '5m'],
    ['250 msec', '250ms'],
    ['5 apples', null],
    ['1.5x', null],
    ['0 s', null],
  ])('is guessed when it is misspelled: %s means %s', (text, meant) => {
    expect(nearDuration(text)).toBe(meant)
  })

  it('may have a sign if it moves an end', () => {
    expect(parseSignedDuration('-30s')).toBe(-30_000)
    expect(parseSignedDuration('+30s')).toBe(30_000)
    expect(parseSignedDuration('1m')).toBe(60_000)
    for (const text of ['-0s', '--30s', '-', '- 30s', '-30']) expect(parseSignedDuration(text)).toBeNull()
  })

  it('reads back as the length that was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), (length) => {
        expect(parseDuration(formatDuration(length))).toBe(length)
        expect(parseDuration(formatClockDuration(length))).toBe(length)
      }),
    )
  })

  it.each([
    [5_400_000, '1h30m'],
    [3_900_000, '1h05m'],
    [3_605_000, '1h05s'],
    [90_000, '1m30s'],
    [65_000, '1m05s'],
    [250, '250ms'],
    [10_500, '10s500ms'],
    [0, '0s'],
    [-30_000, '-30s'],
  ])('is written: %d ms as %s', (length, text) => {
    expect(formatDuration(length)).toBe(text)
  })

  it('is asked for in both spellings if a number has no unit', () => {
    expect(spellingsOfNumber(90)).toBe('90s (00:01:30) or 90m (01:30:00)')
    expect(spellingsOfNumber(1.5)).toBe('1s500ms (00:00:01.500) or 1m30s (00:01:30)')
    expect(spellingsOfNumber(5000)).toBe('5000ms (00:00:05) or 5000s (01:23:20)')
  })
})
