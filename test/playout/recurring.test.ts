import { describe, expect, it } from 'vitest'
import { play, time } from '../support/show.ts'

const ident = `
cues: [{ id: a, scene: A, duration: 30m }, { id: b, scene: B, duration: 5h }]
recurring: [{ every: 1h, scene: Ident, duration: 10s }]`

describe('a recurring entry with every', () => {
  it('comes first after one interval, for its duration, as a force given by the clock', () => {
    const show = play(ident)
    show.until('12:59:59.999')
    expect(show.state().override).toBeNull()
    show.wait('1ms')
    expect(show.state().override).toMatchObject({ scene: 'Ident', by: 'recurring', pause: false })
    expect(time(Number(show.state().override?.until))).toBe('13:00:10')
    expect(show.state().program.cause).toBe('recurring')
    show.wait('10s')
    expect(show.state().override).toBeNull()
    expect(show.wanted()).toBe('B')
    show.until('14:00:00')
    expect(show.wanted()).toBe('Ident')
  })

  it('counts on the clock of the show: a pause moves it', () => {
    const show = play(ident)
    show.wait('20m')
    show.orchestrator.pause()
    show.wait('2h')
    expect(show.state().override).toBeNull()
    show.orchestrator.resume()
    show.wait('40m')
    expect(time(show.state().override?.since)).toBe('15:00:00')
  })

  it('is not moved by goTo', () => {
    const show = play(ident)
    show.wait('20m')
    show.orchestrator.goTo('b')
    show.wait('40m')
    expect(time(show.state().override?.since)).toBe('13:00:00')
  })

  it('begins anew with each show', () => {
    const show = play(ident)
    show.wait('50m')
    show.orchestrator.stop()
    show.orchestrator.start()
    show.wait('59m')
    expect(show.state().override).toBeNull()
    show.wait('1m')
    expect(time(show.state().override?.since)).toBe('13:50:00')
  })
})

describe('a recurring entry at times of day', () => {
  const news = (days = '') => `
cues: [{ scene: A, duration: 100h }]
recurring: [{ at: ["12:30", "21:30"], ${days} scene: News, duration: 5m }]`

  it('comes at each of its times, every day', () => {
    const show = play(news())
    show.until('12:30:00')
    expect(show.wanted()).toBe('News')
    show.until('21:30:00')
    expect(show.wanted()).toBe('News')
    show.wait('15h')
    expect(show.wanted()).toBe('News')
    expect(show.log().filter((line) => line.includes('News'))).toHaveLength(3)
  })

  it('keeps to its weekdays', () => {
    const show = play(news('days: [tue],'))
    show.wait('24h29m')
    expect(show.log().join()).not.toContain('News')
    show.wait('1m')
    expect(show.wanted()).toBe('News')
  })

  it('comes on also when the show starts at that very moment', () => {
    const show = play(news(), { at: '2026-03-02T12:30:00' })
    show.wait('1ms')
    expect(show.wanted()).toBe('News')
  })

  it('that fell into a pause does not come', () => {
    const show = play(news())
    show.orchestrator.pause()
    show.until('12:31:00')
    show.orchestrator.resume()
    show.wait('10m')
    expect(show.log().join()).not.toContain('News')
  })

  it('does not come once the show is over', () => {
    const show = play(news())
    show.orchestrator.stop()
    show.wait('1h')
    expect(show.wanted()).toBeNull()
  })
})

describe('recurring entries that meet something', () => {
  it('give way to any force that is on, and are logged as skipped', () => {
    const show = play(ident)
    show.wait('50m')
    show.orchestrator.forceScene('BRB')
    show.wait('10m')
    expect(show.wanted()).toBe('BRB')
    expect(show.log()).toContain('- Ident recurring skipped')
    show.orchestrator.release()
    expect(show.wanted()).toBe('B')
  })

  it('come in the order of the file: of two at once the first', () => {
    const show = play(`
cues: [{ scene: A, duration: 5h }]
recurring:
  - { every: 30m, scene: Promo, duration: 10s }
  - { every: 1h, scene: Ident, duration: 10s }`)
    show.wait('1h')
    expect(show.wanted()).toBe('Promo')
    expect(show.log().at(-2)).toBe('- Ident recurring skipped')
  })

  it('begin at the instant at which a force ends', () => {
    const show = play(ident)
    show.wait('59m')
    show.orchestrator.forceScene('BRB', { until: '1m' })
    show.wait('1m')
    expect(show.wanted()).toBe('Ident')
    expect(show.log().join()).not.toContain('skipped')
  })

  it('come after a cue that begins at the same instant, which is on air for none of it', () => {
    const show = play(`
cues: [{ scene: A, duration: 1h }, { scene: B, duration: 1h }]
recurring: [{ every: 1h, scene: Ident, duration: 10s }]`)
    show.wait('1h')
    expect(show.cue()).toBe('b')
    expect(show.wanted()).toBe('Ident')
  })
})
