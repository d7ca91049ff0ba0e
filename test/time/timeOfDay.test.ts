import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateAt,
  formatTimeOfDay,
  instantOf,
  instantOfDateTime,
  isDateTime,
  isTimezone,
  machineTimezone,
  parseTimeOfDay,
  weekdayOf,
} from '../../src/time/timeOfDay.ts'

const utc = (date: string, time: string, timezone: string) =>
  new Date(instantOf(date, parseTimeOfDay(time) ?? Number.NaN, timezone)).toISOString()

describe('a time of day', () => {
  it('is hours and minutes, and seconds if given', () => {
    expect(parseTimeOfDay('00:00')).toBe(0)
    expect(parseTimeOfDay('19:05')).toBe(68_700_000)
    expect(parseTimeOfDay('23:59:59')).toBe(86_399_000)
    for (const text of ['24:00', '9:00', '19:60', '19', '19:00:60', '19.00', ' 19:00', '7pm', '']) {
      expect(parseTimeOfDay(text), text).toBeNull()
    }
  })

  it('is written as it is read', () => {
    for (const text of ['00:00', '19:05', '23:59:59']) expect(formatTimeOfDay(parseTimeOfDay(text) ?? 0)).toBe(text)
  })

  it('means the instant at which clocks in the zone show it', () => {
    expect(utc('2026-12-04', '19:00', 'UTC')).toBe('2026-12-04T19:00:00.000Z')
    expect(utc('2026-12-04', '19:00', 'Europe/Berlin')).toBe('2026-12-04T18:00:00.000Z')
    expect(utc('2026-07-04', '19:00', 'Europe/Berlin')).toBe('2026-07-04T17:00:00.000Z')
    expect(utc('2026-07-04', '19:00', 'America/New_York')).toBe('2026-07-04T23:00:00.000Z')
    expect(utc('2026-07-04', '00:30', 'Asia/Kolkata')).toBe('2026-07-03T19:00:00.000Z')
  })

  it.each([
    ['Europe/Berlin', '2026-03-29', '02:30', '01:30', '03:30'],
    ['Europe/Berlin', '2026-03-29', '02:00', '01:00', '03:00'],
    ['America/New_York', '2026-03-08', '02:30', '07:30', '03:30'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '15:45', '02:45'],
  ])('is later by the hours that daylight saving leaves out: %s, %s at %s', (zone, date, time, utcTime, wall) => {
    expect(utc(date, time, zone)).toContain(`T${utcTime}:00`)
    expect(utc(date, wall, zone)).toBe(utc(date, time, zone))
  })

  it.each([
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['America/New_York', '2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '02:00', '2026-04-04T15:30:00.000Z'],
  ])('means the first time if it comes twice: %s, %s at %s', (zone, date, time, instant) => {
    expect(utc(date, time, zone)).toBe(instant)
  })

  it('agrees with Temporal, whatever was asked before', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu']
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 86_399 }),
        fc.constantFrom(...zones),
        (day, second, zone) => {
          const date = Temporal.PlainDate.from('2000-01-01').add({ days: day })
          const wall = date.toPlainDateTime().add({ seconds: second })
          expect(instantOf(date.toString(), second * 1000, zone)).toBe(wall.toZonedDateTime(zone).epochMilliseconds)
        },
      ),
    )
  })
})

describe('a date', () => {
  it('is the date in the zone', () => {
    const lateInLondon = Date.parse('2026-12-04T23:30:00Z')
    expect(dateAt(lateInLondon, 'UTC')).toBe('2026-12-04')
    expect(dateAt(lateInLondon, 'Europe/Berlin')).toBe('2026-12-05')
    expect(dateAt(lateInLondon, 'America/New_York')).toBe('2026-12-04')
  })

  it("begins at the zone's midnight and lasts until the next, even on days of 23 or 25 hours", () => {
    for (const date of ['2026-03-29', '2026-10-25', '2026-06-01']) {
      const midnight = instantOf(date, 0, 'Europe/Berlin')
      const next = instantOf(addDays(date, 1), 0, 'Europe/Berlin')
      expect(dateAt(midnight, 'Europe/Berlin')).toBe(date)
      expect(dateAt(midnight - 1, 'Europe/Berlin')).toBe(addDays(date, -1))
      expect(dateAt(next - 1, 'Europe/Berlin')).toBe(date)
      expect(dateAt(next, 'Europe/Berlin')).toBe(addDays(date, 1))
    }
    expect(instantOf('2026-03-30', 0, 'Europe/Berlin') - instantOf('2026-03-29', 0, 'Europe/Berlin')).toBe(82_800_000)
  })

  it('has a weekday and neighbours', () => {
    expect(weekdayOf('2026-12-04')).toBe('fri')
    expect(weekdayOf('2026-12-07')).toBe('mon')
    expect(weekdayOf('1969-12-28')).toBe('sun')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  })
})

describe('a date-time', () => {
  it('names one instant in its zone', () => {
    expect(instantOfDateTime('2026-12-04T19:00', 'Europe/Berlin')).toBe(Date.parse('2026-12-04T18:00:00Z'))
    expect(instantOfDateTime('2026-03-29T02:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'))
  })

  it('needs a day that exists, and has no zone of its own', () => {
    expect(isDateTime('2026-12-04T19:00')).toBe(true)
    expect(isDateTime('2026-12-04T19:00:30')).toBe(true)
    for (const text of [
      '2026-02-30T19:00',
      '2026-12-04 19:00',
      '2026-12-04T19:00Z',
      '2026-12-04',
      '2026-12-04T24:00',
    ]) {
      expect(isDateTime(text), text).toBe(false)
    }
  })
})

describe('a time zone', () => {
  it('is known by its IANA name', () => {
    for (const name of ['Europe/Berlin', 'UTC', machineTimezone()]) expect(isTimezone(name), name).toBe(true)
    for (const name of ['Europe/Berln', '', '+01:00', 'Mars/Olympus']) expect(isTimezone(name), name).toBe(false)
  })
})
