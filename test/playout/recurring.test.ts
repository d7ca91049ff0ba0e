import { describe, expect, it } from 'vitest'
import { force, pause } from '../../src/playout/override.ts'
import { giveRecurring, nextRecurring, recurredUpTo } from '../../src/playout/recurring.ts'
import { emptyShow, type Show, showWith } from '../../src/playout/show.ts'
import { noon } from '../support/show.ts'
import { begun, on, seconds, timelineOf, today } from './shows.ts'

const recurring = (entries: string, head = '') =>
  timelineOf(`${head}
cues: [{ scene: A, hold: true }]
recurring: [${entries}]
`)
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 19))
const forced = (show: Show): Show =>
  force(show, show.at, { scene: 'F', ends: 'release', by: 'operator', pause: false, transition: null }, 'A')

describe('a recurring entry with `every`', () => {
  const timeline = recurring('{ every: 1h, scene: Ident, duration: 10s }')

  it('comes first after one interval, not at the start', () => {
    expect(iso(nextRecurring(timeline, begun(timeline)))).toBe('2026-03-02T13:00:00')
  })

  it('comes again an interval after it was given', () => {
    const { show } = giveRecurring(timeline, begun(timeline), today('13:00'))
    expect(iso(nextRecurring(timeline, show))).toBe('2026-03-02T14:00:00')
  })

  it('keeps to the start of the show, however late it was given', () => {
    const { show } = giveRecurring(timeline, begun(timeline), today('13:00:07'))
    expect(iso(nextRecurring(timeline, show))).toBe('2026-03-02T14:00:00')
  })

  it('counts on the show’s own clock, not on the wall', () => {
    expect(nextRecurring(timeline, showWith(begun(timeline), { offset: 600_000 }))).toBe(today('13:00'))
  })

  it('comes only on its days, at the interval that falls on one', () => {
    const tuesdays = recurring('{ every: 5h, days: [tue], scene: Ident, duration: 10s }')
    expect(iso(nextRecurring(tuesdays, begun(tuesdays)))).toBe('2026-03-03T03:00:00')
  })

  it('finds its day even if the interval steps over it for weeks', () => {
    const thursdays = recurring('{ every: 110h, days: [thu], scene: Ident, duration: 10s }')
    expect(iso(nextRecurring(thursdays, begun(thursdays)))).toBe('2026-05-14T20:00:00')
  })

  it('never comes if its interval never meets one of its days', () => {
    const never = recurring('{ every: 168h, days: [tue], scene: Ident, duration: 10s }')
    expect(nextRecurring(never, begun(never))).toBeNull()
  })
})

describe('a recurring entry with `at`', () => {
  const timeline = recurring('{ at: ["19:30", "21:30"], scene: News, duration: 5m }')

  it('comes at the next of its times, whichever is first in the file', () => {
    expect(iso(nextRecurring(timeline, begun(timeline)))).toBe('2026-03-02T19:30:00')
    expect(iso(nextRecurring(timeline, begun(timeline, today('20:00'))))).toBe('2026-03-02T21:30:00')
    expect(iso(nextRecurring(timeline, begun(timeline, today('22:00'))))).toBe('2026-03-03T19:30:00')
  })

  it('comes at once for a show that begins at its very time', () => {
    expect(nextRecurring(timeline, begun(timeline, today('19:30')))).toBe(today('19:30'))
    expect(nextRecurring(timeline, begun(timeline, today('19:30') + 1))).toBe(today('21:30'))
  })

  it('comes once on the day it was given', () => {
    const { show } = giveRecurring(timeline, begun(timeline), today('19:30'))
    expect(iso(nextRecurring(timeline, show))).toBe('2026-03-02T21:30:00')
  })

  it('comes only on its days', () => {
    const wednesdays = recurring('{ at: "11:00", days: [wed], scene: News, duration: 5m }')
    expect(iso(nextRecurring(wednesdays, begun(wednesdays)))).toBe('2026-03-04T11:00:00')
    const mondays = recurring('{ at: "11:00", days: [mon], scene: News, duration: 5m }')
    expect(iso(nextRecurring(mondays, begun(mondays)))).toBe('2026-03-09T11:00:00')
  })

  it('follows the wall clock when that is set', () => {
    expect(nextRecurring(timeline, showWith(begun(timeline), { offset: 3_600_000 }))).toBe(today('18:30'))
  })

  it('is not given twice when the clock is set back', () => {
    const { show } = giveRecurring(timeline, begun(timeline), today('19:30'))
    expect(nextRecurring(timeline, showWith(show, { offset: -600_000 }))).toBe(today('21:40'))
  })

  it('has the time of its zone, also on the day that daylight saving begins', () => {
    const berlin = recurring('{ at: "02:30", scene: News, duration: 5m }', 'timezone: Europe/Berlin')
    expect(iso(nextRecurring(berlin, begun(berlin, on('2026-03-28T12:00:00'))))).toBe('2026-03-29T01:30:00')
    expect(iso(nextRecurring(berlin, begun(berlin, on('2026-10-24T12:00:00'))))).toBe('2026-10-25T00:30:00')
  })
})

describe('recurring entries that are due', () => {
  const timeline = recurring('{ every: 1h, scene: Ident, duration: 10s }, { at: "13:00", scene: News, duration: 5m }')

  it('give a force of their own that ends after its duration', () => {
    expect(giveRecurring(timeline, begun(timeline), today('13:00')).show.override).toMatchObject({
      scene: 'Ident',
      since: today('13:00'),
      ends: today('13:00:10'),
      by: 'recurring',
      pause: false,
    })
  })

  it('are skipped if another comes first in the file at the same instant', () => {
    expect(giveRecurring(timeline, begun(timeline), today('13:00')).passed).toEqual([
      { cue: null, title: null, scene: 'News', cause: 'recurring', plannedAt: today('13:00'), outcome: 'skipped' },
    ])
  })

  it('are skipped, all of them, while a force is on', () => {
    const { show, passed } = giveRecurring(timeline, forced(begun(timeline)), today('13:00'))
    expect(show.override?.scene).toBe('F')
    expect(passed.map(({ scene }) => scene)).toEqual(['Ident', 'News'])
    expect(iso(nextRecurring(timeline, show))).toBe('2026-03-02T14:00:00')
  })

  it('leave out an entry that is not due yet', () => {
    const { show, passed } = giveRecurring(timeline, begun(timeline), today('13:00') - 1)
    expect([show.override, passed]).toEqual([null, []])
  })

  it('are none while no show is on', () => {
    expect(nextRecurring(timeline, { ...emptyShow, at: noon })).toBeNull()
  })
})

describe('entries counted as given', () => {
  it('are those by the show’s clock only, in a pause', () => {
    const timeline = recurring('{ every: 1h, scene: Ident, duration: 10s }')
    const paused = pause(begun(timeline), seconds(60), 'operator')
    expect(recurredUpTo(paused, today('15:00')).recurred).toEqual({ position: 60_000, wall: noon - 1 })
  })

  it('reach back no further when the clock is set back', () => {
    const timeline = recurring('{ every: 1h, scene: Ident, duration: 10s }')
    const show = recurredUpTo(begun(timeline), today('13:00'))
    expect(recurredUpTo(showWith(show, { offset: -3_600_000 }), today('13:10')).recurred.wall).toBe(today('13:00'))
  })
})
