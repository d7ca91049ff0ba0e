import { describe, expect, it } from 'vitest'
import { load, play, schedule, time } from '../support/show.ts'

describe('midnight', () => {
  const night = `
cues:
  - { id: eve, scene: A, at: "22:00", until: "23:30" }
  - { id: turn, scene: B, until: "00:10" }
  - { id: deep, scene: C, at: "01:00", duration: 1h }`

  it('needs nothing special: each time is the first at or after the one before', () => {
    const show = play(night, { at: '2026-03-02T22:00:00' })
    show.until('23:30:00')
    expect(show.cue()).toBe('turn')
    show.until('00:59:59.999')
    expect(show.cue()).toBe('turn')
    show.wait('1ms')
    expect(show.log()).toEqual(['eve A command onAir', 'turn B schedule onAir', 'deep C schedule onAir'])
  })

  it('joins yesterday evening’s round after midnight', () => {
    const show = play(night, { at: '2026-03-03T01:30:00' })
    expect(show.cue()).toBe('deep')
    expect(time(show.state().cue?.enteredAt)).toBe('01:00:00')
    expect(time(show.state().cue?.endsAt)).toBe('02:00:00')
  })

  it('waits for the coming evening once the round would be over', () => {
    const show = play(night, { at: '2026-03-03T02:00:00' })
    expect(show.cue()).toBe('eve')
    expect(time(show.state().cue?.endsAt)).toBe('23:30:00')
  })
})

describe('joining late', () => {
  const day = `
cues:
  - { id: one, scene: A, at: "10:00", duration: 1h }
  - { id: two, scene: B, duration: 1h }
  - { id: three, scene: C, at: "13:00", duration: 1h }
  - { id: four, scene: D, duration: 30m }`

  it('starts at the last hard start already past and goes on as if it had begun then', () => {
    const show = play(day, { at: '2026-03-02T11:20:00' })
    expect(show.cue()).toBe('two')
    expect(time(show.state().cue?.enteredAt)).toBe('11:00:00')
    show.until('13:00:00')
    expect(show.cue()).toBe('three')
  })

  it('starts with the first cue before the first hard start', () => {
    const show = play(day, { at: '2026-03-02T09:00:00' })
    expect(show.cue()).toBe('one')
    expect(time(show.state().cue?.enteredAt)).toBe('09:00:00')
    expect(time(show.state().cue?.endsAt)).toBe('10:00:00')
  })

  it('starts with the named cue, from its top', () => {
    const show = load(day, { at: '2026-03-02T11:20:00' })
    show.orchestrator.start({ cue: 'four' })
    expect(show.cue()).toBe('four')
    expect(time(show.state().cue?.enteredAt)).toBe('11:20:00')
  })

  it('counts an open hold as nothing', () => {
    const open = `
cues:
  - { id: one, scene: A, at: "10:00", duration: 1h }
  - { id: open, scene: B, hold: true }`
    expect(play(open, { at: '2026-03-02T10:59:00' }).cue()).toBe('one')
    expect(time(play(open, { at: '2026-03-02T11:00:00' }).state().cue?.enteredAt)).toBe('11:00:00')
  })
})

describe('daylight saving', () => {
  const berlin = (at: string) => `
timezone: Europe/Berlin
cues:
  - { id: one, scene: A, duration: 10s }
  - { id: two, scene: B, at: "${at}", duration: 5h }`

  it('moves a time that does not exist later by the missing hour', () => {
    const show = play(berlin('02:30'), { at: '2026-03-29T00:00:00Z' })
    expect(time(show.state().cue?.endsAt)).toBe('01:30:00')
    show.until('01:30:00')
    expect(show.cue()).toBe('two')
  })

  it('takes the first occurrence of a time that comes twice', () => {
    const show = play(berlin('02:30'), { at: '2026-10-24T23:00:00Z' })
    expect(time(show.state().cue?.endsAt)).toBe('00:30:00')
  })

  it('keeps a time after the change at the same wall time', () => {
    const spring = play(berlin('08:00'), { at: '2026-03-28T22:00:00Z' })
    expect(time(spring.state().cue?.endsAt)).toBe('06:00:00')
    const autumn = play(berlin('08:00'), { at: '2026-10-24T21:00:00Z' })
    expect(time(autumn.state().cue?.endsAt)).toBe('07:00:00')
  })

  it('does not change durations', () => {
    const show = play(berlin('01:30'), { at: '2026-03-29T00:20:00Z' })
    show.until('00:30:00')
    expect(time(show.state().cue?.endsAt)).toBe('05:30:00')
  })
})

describe('the times of a later round', () => {
  it('come after the last cue of the round before began if the first cue has a hard start', () => {
    const show = play(
      `
loop: true
cues:
  - { id: day, scene: A, at: "09:00", duration: 2h }
  - { id: night, scene: B, duration: 1h }`,
      { at: '2026-03-02T09:00:00' },
    )
    show.until('11:00:00')
    expect(show.cue()).toBe('night')
    expect(new Date(show.state().cue?.endsAt ?? 0).toISOString()).toBe('2026-03-03T09:00:00.000Z')
    show.until('09:00:00')
    expect(show.state().cue).toMatchObject({ id: 'day', round: 1 })
    show.wait('24h')
    expect(show.state().cue).toMatchObject({ id: 'day', round: 2 })
  })

  it('come after the round itself began if the first cue has no hard start', () => {
    const show = play(
      `
loop: true
cues:
  - { id: morning, scene: A, until: "13:00" }
  - { id: talk, scene: B, duration: 1h }`,
      { at: '2026-03-02T12:00:00' },
    )
    show.until('14:00:00')
    expect(show.state().cue).toMatchObject({ id: 'morning', round: 1 })
    expect(new Date(show.state().cue?.endsAt ?? 0).toISOString()).toBe('2026-03-03T13:00:00.000Z')
    expect(show.log().join()).not.toContain('skipped')
  })

  it('fall on the same day if the round began before them', () => {
    const show = play(
      `
loop: true
cues:
  - { id: talk, scene: A, duration: 10m }
  - { id: wait, scene: B, until: "13:00" }`,
      { at: '2026-03-02T12:00:00' },
    )
    show.orchestrator.next()
    show.orchestrator.next()
    expect(show.state().cue).toMatchObject({ id: 'talk', round: 1 })
    show.wait('10m')
    expect(time(show.state().cue?.endsAt)).toBe('13:00:00')
    expect(new Date(show.state().cue?.endsAt ?? 0).getUTCDate()).toBe(2)
  })
})

describe('a show that goes on day after day', () => {
  const days = (noon: string) => `
loop: true
cues:
  - { id: noon, scene: A, at: "${noon}", duration: 1h }
  - { id: evening, scene: B, at: "20:00", duration: 1h }`

  it('has each hard start once a day', () => {
    const show = play(days('12:00'))
    show.wait('72h')
    expect(show.log()).toEqual([
      'noon A command onAir',
      ...[1, 2, 3].flatMap(() => ['evening B schedule onAir', 'noon A schedule onAir']),
    ])
  })

  it('keeps its day when a reload changes the first time', () => {
    const show = play(days('12:00'))
    show.wait('24h30m')
    show.orchestrator.configure(schedule(days('11:00')))
    show.until('19:59:59')
    expect(show.cue()).toBe('noon')
    show.wait('1s')
    expect(show.cue()).toBe('evening')
  })

  it('begins its new day at the first hard start, even if a cue of the old day holds', () => {
    const show = play(`
loop: true
cues:
  - { id: noon, scene: A, at: "12:00", hold: true }
  - { id: talk, scene: B, duration: 1h }`)
    show.wait('23h')
    expect(show.state().cue).toMatchObject({ id: 'noon', round: 0 })
    show.wait('1h')
    expect(show.state().cue).toMatchObject({ id: 'noon', round: 1 })
    expect(show.lines.at(-2)).toMatchObject({ cue: 'talk', outcome: 'skipped' })
  })
})

describe('the first cue', () => {
  it('begins when the show starts, whatever its hard start', () => {
    const show = play('cues: [{ scene: A, at: "15:00", duration: 10m }]', { at: '2026-03-02T12:00:00' })
    expect(show.cue()).toBe('a')
    show.wait('10m')
    expect(show.state().mode).toBe('finished')
  })
})
