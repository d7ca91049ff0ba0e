import { describe, expect, it } from 'vitest'
import { load, millis, play, type Show, time } from '../support/show.ts'

const text = `
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 20m, due: "12:15" }
  - { id: three, scene: C, duration: 30m }`
const undue = text.replace(', due: "12:15"', '')
const hard = `
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 40m }
  - { id: three, scene: C, at: "12:30", duration: 30m }
  - { id: four, scene: D, duration: 5m }`

const sheet = (show: Show, key: 'plannedAt' | 'plannedEndsAt' | 'expectedAt' | 'expectedEndsAt' | 'dueAt') =>
  show.orchestrator.forecast().cues.map((cue) => time(cue[key]))

describe('the forecast', () => {
  it('before a show assumes a start now', () => {
    const show = load(text)
    expect(sheet(show, 'plannedAt')).toEqual(['12:00:00', '12:10:00', '12:30:00'])
    expect(sheet(show, 'expectedEndsAt')).toEqual(['12:10:00', '12:30:00', '13:00:00'])
  })

  it('keeps the planned times and moves the expected ones', () => {
    const show = play(text)
    show.wait('5m')
    show.orchestrator.extend('3m')
    expect(sheet(show, 'plannedAt')).toEqual(['12:00:00', '12:10:00', '12:30:00'])
    expect(sheet(show, 'expectedAt')).toEqual(['12:00:00', '12:13:00', '12:33:00'])
    expect(show.orchestrator.forecast().cues.map((cue) => cue.overUnder)).toEqual([0, -millis('2m'), millis('3m')])
    expect(sheet(show, 'dueAt')).toEqual([null, '12:15:00', null])
  })

  it('has no expected time for a cue that is over', () => {
    const show = play(text)
    show.wait('15m')
    expect(sheet(show, 'expectedAt')).toEqual([null, '12:10:00', '12:30:00'])
  })

  it('moves later with a pause and with an open hold', () => {
    const paused = play(text)
    paused.wait('5m')
    paused.orchestrator.pause()
    paused.wait('7m')
    expect(sheet(paused, 'expectedAt')).toEqual(['12:00:00', '12:17:00', '12:37:00'])
    const open = play('cues: [{ scene: A, hold: true }, { scene: B, duration: 1m }]')
    open.wait('7m')
    expect(sheet(open, 'expectedAt')).toEqual(['12:00:00', '12:07:00'])
  })

  it('counts a hold at its planned length; once past that, as ending now', () => {
    const held = play(text.replace('duration: 10m', 'duration: 10m, hold: true'))
    held.wait('4m')
    expect(sheet(held, 'expectedAt')).toEqual(['12:00:00', '12:10:00', '12:30:00'])
    held.wait('9m')
    expect(sheet(held, 'expectedAt')).toEqual(['12:00:00', '12:13:00', '12:33:00'])
    const byCommand = play(text)
    byCommand.orchestrator.hold()
    expect(sheet(byCommand, 'expectedAt')).toEqual(['12:00:00', '12:10:00', '12:30:00'])
  })

  it('counts a hold like that before a hard start too: only the cue right before it waits', () => {
    const held = play(hard.replace('duration: 10m', 'hold: true'))
    held.wait('4m')
    expect(sheet(held, 'expectedAt')).toEqual(['12:00:00', '12:04:00', '12:30:00', '13:00:00'])
    held.orchestrator.next()
    held.orchestrator.hold()
    expect(sheet(held, 'expectedEndsAt')).toEqual([null, '12:30:00', '13:00:00', '13:05:00'])
    const open = play('cues: [{ scene: A, hold: true }, { scene: B, at: "12:30", duration: 1m }]')
    expect(sheet(open, 'expectedAt')).toEqual(['12:00:00', '12:30:00'])
  })

  it('in a pause expects the last hard start that has passed', () => {
    const show = play(hard.replace('duration: 40m', 'at: "12:20"'))
    show.orchestrator.pause()
    show.until('12:25:00')
    expect(sheet(show, 'expectedAt')).toEqual(['12:00:00', '12:25:00', '12:30:00', '13:00:00'])
    show.until('12:35:00')
    expect(sheet(show, 'expectedAt')).toEqual(['12:00:00', null, '12:35:00', '13:05:00'])
    expect(show.orchestrator.forecast().nextHardStart).toMatchObject({ cue: 'three', in: 0 })
  })

  it('has hard starts cut cues and absorb delays', () => {
    const show = play(hard)
    expect(sheet(show, 'plannedEndsAt')).toEqual(['12:10:00', '12:30:00', '13:00:00', '13:05:00'])
    show.orchestrator.extend('15m')
    expect(sheet(show, 'expectedAt')).toEqual(['12:00:00', '12:25:00', '12:30:00', '13:00:00'])
    show.orchestrator.extend('15m')
    expect(sheet(show, 'expectedAt')).toEqual(['12:00:00', null, '12:30:00', '13:00:00'])
  })

  it('gives the time of the next hard start and the time left until then', () => {
    const show = play(hard)
    show.wait('10m')
    expect(show.orchestrator.forecast().nextHardStart).toEqual({
      cue: 'three',
      at: Date.parse('2026-03-02T12:30:00Z'),
      in: millis('20m'),
    })
    expect(play(text).orchestrator.forecast().nextHardStart).toBeNull()
  })

  it('covers the current round', () => {
    const show = play(`loop: true\n${text}`)
    show.wait('1h')
    expect(sheet(show, 'plannedAt')).toEqual(['13:00:00', '13:10:00', '13:30:00'])
    expect(sheet(show, 'expectedAt')).toEqual(['13:00:00', '13:10:00', '13:30:00'])
  })
})

describe('a due time', () => {
  it('falls on the day nearest to the plan, on either side of midnight', () => {
    const night = (due: string, duration: string) =>
      play(`cues: [{ scene: A, duration: ${duration} }, { scene: B, duration: 1m, due: "${due}" }]`, {
        at: '2026-03-02T23:30',
      })
    expect(night('23:55', '35m').orchestrator.forecast().cues[1]?.overUnder).toBe(millis('10m'))
    expect(night('00:05', '25m').orchestrator.forecast().cues[1]?.overUnder).toBe(-millis('10m'))
  })
})

describe('over/under', () => {
  const overUnder = (show: Show) => show.state().overUnder

  it('is 0 for a show on plan', () => {
    const show = play(undue)
    for (let i = 0; i < 3; i++) {
      expect(overUnder(show)).toBe(0)
      show.wait('15m')
    }
  })

  it('is how much later the cue ends than planned at the start of the show', () => {
    const show = play(undue)
    show.orchestrator.extend('3m')
    expect(overUnder(show)).toBe(millis('3m'))
    show.wait('13m')
    expect(overUnder(show)).toBe(millis('3m'))
    show.orchestrator.next()
    expect(overUnder(show)).toBe(-millis('17m'))
  })

  it('is 0 for a show started at a later cue, where its plan begins', () => {
    const show = load(undue)
    show.orchestrator.start({ cue: 'two' })
    expect(overUnder(show)).toBe(0)
    show.wait('20m')
    expect(show.cue()).toBe('three')
    expect(overUnder(show)).toBe(0)
  })

  it('counts from the due time of a cue that has one', () => {
    const show = play(text)
    show.wait('10m')
    expect(overUnder(show)).toBe(-millis('5m'))
  })

  it('includes a pause once it is over; until then, readers add the time since it began', () => {
    const show = play(undue)
    show.wait('5m')
    show.orchestrator.pause()
    expect(overUnder(show)).toBe(0)
    show.wait('7m')
    show.orchestrator.resume()
    expect(overUnder(show)).toBe(millis('7m'))
  })

  it('is 0 on plan, even on a cue that a hard start is planned to cut or stretch', () => {
    const cut = play(hard)
    cut.wait('10m')
    expect(overUnder(cut)).toBe(0)
    const stretched = play('cues: [{ scene: A, duration: 10m }, { scene: B, at: "13:00", duration: 10m }]')
    expect(overUnder(stretched)).toBe(0)
    const open = play('cues: [{ scene: A }, { scene: B, at: "13:00", duration: 10m }]')
    expect(overUnder(open)).toBe(0)
  })

  it('shows on such a cue how late it runs, although the hard start will absorb that', () => {
    const show = play(hard)
    show.orchestrator.extend('4m')
    show.wait('14m')
    expect(overUnder(show)).toBe(millis('4m'))
    show.until('12:30:00')
    expect(overUnder(show)).toBe(0)
  })

  it('compares with a plan that carries over from round to round', () => {
    const show = play(`loop: true\n${undue}`)
    show.orchestrator.extend('3m')
    show.wait('1h13m')
    expect(show.state().cue).toMatchObject({ round: 1 })
    expect(overUnder(show)).toBe(millis('3m'))
  })
})
