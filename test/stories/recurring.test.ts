import { describe, expect, it } from 'vitest'
import { play, schedule, time } from '../support/show.ts'

const ident = `
cues: [{ id: a, scene: A, duration: 30m }, { id: b, scene: B, duration: 5h }]
recurring: [{ every: 1h, scene: Ident, duration: 10s }]`

describe('a recurring entry with every', () => {
  it('comes first after one interval and lasts its duration, as a force by the clock', () => {
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

  it('counts on the show’s clock, so a pause moves it', () => {
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

  it('starts over with each show', () => {
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

  it('comes on if the show starts at that exact moment', () => {
    const show = play(news(), { at: '2026-03-02T12:30:00' })
    show.wait('1ms')
    expect(show.wanted()).toBe('News')
  })

  it('does not come after a pause in which its time passed', () => {
    const show = play(news())
    show.orchestrator.pause()
    show.until('12:31:00')
    show.orchestrator.resume()
    show.wait('10m')
    expect(show.log().join()).not.toContain('News')
  })

  it('comes if the show is resumed at that exact moment', () => {
    const show = play(`
cues: [{ scene: A, duration: 5h }]
recurring: [{ at: "12:30", scene: News, duration: 5m }]`)
    show.orchestrator.pause()
    show.until('12:30:00')
    expect(show.wanted()).toBe('A')
    show.orchestrator.resume()
    expect(show.wanted()).toBe('News')
  })

  it('does not come after a gap that counts as a pause', () => {
    const show = play(`
policies: { afterGap: resume }
cues: [{ scene: A, duration: 5h }]
recurring: [{ at: "12:30", scene: News, duration: 5m }]`)
    show.clock.sleep(40 * 60_000)
    show.wait('1m')
    expect(show.wanted()).toBe('A')
  })

  it('does not come once the show is over', () => {
    const show = play(news())
    show.orchestrator.stop()
    show.wait('1h')
    expect(show.wanted()).toBeNull()
  })
})

describe('a recurring entry that is on when the show is over', () => {
  it('leads back to the scene before it when it ends', () => {
    const show = play('recurring: [{ every: 50s, scene: Ident, duration: 20s }]\ncues: [{ scene: A, duration: 60s }]')
    show.wait('60s')
    expect(show.state()).toMatchObject({ mode: 'finished', program: { wanted: 'Ident' } })
    show.wait('10s')
    expect(show.state().program).toMatchObject({ wanted: null, confirmed: 'A', cause: 'release' })
  })
})

describe('recurring entries that coincide with something else', () => {
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

  it('come in the order of the file: of two at once, the first wins', () => {
    const show = play(`
cues: [{ scene: A, duration: 5h }]
recurring:
  - { every: 30m, scene: Promo, duration: 10s }
  - { every: 1h, scene: Ident, duration: 10s }`)
    show.wait('1h')
    expect(show.wanted()).toBe('Promo')
    expect(show.log().at(-2)).toBe('- Ident recurring skipped')
  })

  it('begin at the very instant at which a force ends', () => {
    const show = play(ident)
    show.wait('59m')
    show.orchestrator.forceScene('BRB', { until: '1m' })
    show.wait('1m')
    expect(show.wanted()).toBe('Ident')
    expect(show.log().join()).not.toContain('skipped')
  })

  it('come after a cue that begins at the same instant, so the cue is on air for no time', () => {
    const show = play(`
cues: [{ scene: A, duration: 1h }, { scene: B, duration: 1h }]
recurring: [{ every: 1h, scene: Ident, duration: 10s }]`)
    show.wait('1h')
    expect(show.cue()).toBe('b')
    expect(show.wanted()).toBe('Ident')
  })

  it('share one take with a change of the picture at the same instant', () => {
    const show = play(`
cues: [{ scene: A, duration: 5h, actions: [{ show: Logo, after: 1h }] }]
recurring: [{ every: 1h, scene: Ident, duration: 10s }]`)
    const before = show.effects.length
    show.wait('1h')
    expect(show.effects[before]?.wanted).toMatchObject({ scene: 'Ident', states: [{ item: 'Logo' }] })
    expect(show.wanted()).toBe('Ident')
  })
})

describe('recurring entries of a schedule that is reloaded', () => {
  const holding = 'cues: [{ scene: A, hold: true }]'
  const at = (time: string) => `${holding}\nrecurring: [{ at: "${time}", scene: News, duration: 5m }]`
  const every = (interval: string) => `${holding}\nrecurring: [{ every: ${interval}, scene: Ident, duration: 10s }]`

  it('do not come for times that are past', () => {
    const show = play(holding)
    show.wait('7h55m')
    show.orchestrator.configure(schedule(at('14:00')))
    expect(show.state().override).toBeNull()
    show.until('14:00:00')
    expect(show.wanted()).toBe('News')
  })

  it('do not come again if their time is moved later after they came', () => {
    const show = play(at('12:01'))
    show.wait('7m')
    show.orchestrator.configure(schedule(at('12:02')))
    expect(show.state().override).toBeNull()
    show.wait('1h')
    expect(show.log().filter((line) => line.includes('News'))).toHaveLength(1)
  })

  it('count a changed interval from the start of the show and come at the next one', () => {
    const show = play(every('1h'))
    show.wait('55m')
    show.orchestrator.configure(schedule(every('50m')))
    expect(show.state().override).toBeNull()
    show.until('13:39:59.999')
    expect(show.state().override).toBeNull()
    show.wait('1ms')
    expect(show.wanted()).toBe('Ident')
  })

  it('come at resume for a time that is due just then, but not for one that passed in the pause', () => {
    const past = play(holding)
    past.wait('55m')
    past.orchestrator.pause()
    past.orchestrator.configure(schedule(at('12:30')))
    past.wait('1m')
    past.orchestrator.resume()
    expect(past.state().override).toBeNull()
    const due = play(at('13:00'))
    due.wait('55m')
    due.orchestrator.pause()
    due.wait('5m')
    due.orchestrator.configure(schedule(at('13:00')))
    due.orchestrator.resume()
    expect(due.wanted()).toBe('News')
  })

  it('come once if they are due at the exact moment of the reload', () => {
    const show = play(at('13:00'))
    show.wait('1h')
    show.orchestrator.configure(schedule(at('13:00')))
    expect(show.wanted()).toBe('News')
    show.wait('30m')
    expect(show.log().filter((line) => line.includes('News'))).toHaveLength(1)
  })
})
