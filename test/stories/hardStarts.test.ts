import { describe, expect, it } from 'vitest'
import { millis, play, refusal, time } from '../support/show.ts'

const evening = `
cues:
  - { id: talk, scene: A, duration: 30m }
  - { id: break, scene: B, duration: 30m }
  - { id: late, scene: C, at: "13:00", duration: 30m }
  - { id: bye, scene: D, duration: 5m }`

describe('a hard start', () => {
  it('cuts the cue before it short', () => {
    const show = play(evening)
    show.orchestrator.extend('20m')
    show.until('12:59:59.999')
    expect(show.cue()).toBe('break')
    expect(time(show.state().cue?.endsAt)).toBe('13:00:00')
    expect(time(show.state().cue?.plannedEndsAt)).toBe('13:20:00')
    expect(time(show.state().next?.at)).toBe('13:00:00')
    show.wait('1ms')
    expect(show.cue()).toBe('late')
  })

  it('is joined by a show that starts at that exact moment', () => {
    expect(play(evening, { at: '2026-03-02T13:00:00' }).cue()).toBe('late')
    expect(play(evening, { at: '2026-03-02T12:59:59.999' }).cue()).toBe('talk')
  })

  it('does not fire again if the operator goes back at that exact moment', () => {
    const show = play(evening)
    show.until('13:00:00')
    show.orchestrator.previous()
    expect(show.cue()).toBe('break')
    show.wait('29m')
    expect(show.cue()).toBe('break')
  })

  it('stretches the cue before it, which does not count as holding', () => {
    const show = play(evening)
    show.orchestrator.extend('-20m')
    show.until('12:50:00')
    expect(show.state().cue).toMatchObject({ id: 'break', holding: false })
    expect(time(show.state().cue?.endsAt)).toBe('13:00:00')
    expect(show.wanted()).toBe('B')
  })

  it('brings on the filler if the cue before it ends early', () => {
    const show = play(`filler: Standby\n${evening}`)
    show.orchestrator.extend('-20m')
    show.until('12:39:59.999')
    expect(show.wanted()).toBe('B')
    show.wait('1ms')
    expect(show.wanted()).toBe('Standby')
    expect(show.cue()).toBe('break')
    show.until('13:00:00')
    expect(show.wanted()).toBe('C')
  })

  it('takes the filler off again when the cue is extended', () => {
    const show = play(`filler: Standby\n${evening}`)
    show.orchestrator.extend('-20m')
    show.until('12:45:00')
    show.orchestrator.extend('10m')
    expect(show.wanted()).toBe('B')
    show.until('12:50:00')
    expect(show.wanted()).toBe('Standby')
  })

  it('logs the cues that it cuts out as skipped', () => {
    const show = play(evening)
    show.orchestrator.hold()
    show.until('13:00:00')
    expect(show.cue()).toBe('late')
    expect(show.log()).toEqual(['talk A command onAir', 'break B schedule skipped', 'late C schedule onAir'])
  })

  it('shows that the next cue will not come if it will be cut out', () => {
    const show = play(evening)
    show.orchestrator.extend('45m')
    expect(time(show.state().cue?.endsAt)).toBe('13:00:00')
    expect(show.state().next).toMatchObject({ id: 'break', startsAt: null })
  })

  it('is delayed by neither hold nor extend', () => {
    const show = play(evening)
    show.wait('30m')
    show.orchestrator.hold()
    show.orchestrator.extend('2h')
    show.until('13:00:00')
    expect(show.cue()).toBe('late')
  })

  it('fires at the natural end of a cue if both fall on the same instant', () => {
    const show = play(`
cues:
  - { id: talk, scene: A, duration: 1h }
  - { id: break, scene: B, duration: 30m }
  - { id: late, scene: C, at: "13:00", duration: 30m }`)
    show.wait('1h')
    expect(show.cue()).toBe('late')
    expect(show.log()).toContain('break B schedule skipped')
  })

  it('is spent for a cue that the show returns to after it', () => {
    const show = play(evening)
    show.until('13:10:00')
    show.orchestrator.goTo('break')
    expect(time(show.state().cue?.endsAt)).toBe('13:40:00')
    show.until('13:40:00')
    expect(show.cue()).toBe('late')
    expect(time(show.state().cue?.enteredAt)).toBe('13:40:00')
  })

  it('fires at resume if it passed during a pause', () => {
    const show = play(evening)
    show.until('12:45:00')
    show.orchestrator.pause()
    show.until('13:10:00')
    expect(show.cue()).toBe('break')
    show.orchestrator.resume()
    expect(show.cue()).toBe('late')
    expect(time(show.state().cue?.enteredAt)).toBe('13:10:00')
    expect(time(show.state().cue?.endsAt)).toBe('13:40:00')
  })

  it('is taken at resume as the last of several that passed during the pause', () => {
    const show = play(`
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, at: "12:20", duration: 10m }
  - { id: three, scene: C, at: "12:40", duration: 10m }
  - { id: four, scene: D, at: "13:30", duration: 10m }`)
    show.wait('5m')
    show.orchestrator.pause()
    show.until('13:00:00')
    show.orchestrator.resume()
    expect(show.cue()).toBe('three')
    expect(show.log()).toContain('two B schedule skipped')
  })

  it('is taken before another boundary that passed during the same pause', () => {
    const show = play(`
cues:
  - { id: film, scene: A, media: Film, duration: 1h }
  - { id: talk, scene: B, duration: 10m }
  - { id: news, scene: C, at: "13:00", duration: 10m }`)
    show.report({ type: 'mediaPlaying', input: 'Film', remaining: millis('50m') })
    show.wait('10m')
    show.orchestrator.pause()
    show.until('12:50:00')
    show.report({ type: 'mediaEnded', input: 'Film' })
    show.until('13:05:00')
    show.orchestrator.resume()
    expect(show.cue()).toBe('news')
  })
})

describe('a pause with times of day', () => {
  it('is absorbed by the cue before the next time of day', () => {
    const show = play(evening)
    show.wait('10m')
    show.orchestrator.pause()
    show.wait('15m')
    show.orchestrator.resume()
    expect(time(show.state().cue?.endsAt)).toBe('12:45:00')
    show.until('13:00:00')
    expect(show.cue()).toBe('late')
  })
})

describe('a cue with until', () => {
  const news = `
cues:
  - { id: talk, scene: A, duration: 40m }
  - { id: break, scene: B, until: "13:00" }
  - { id: late, scene: C, duration: 5m }`

  it('ends at its time, no matter when it began', () => {
    const show = play(news)
    show.orchestrator.extend('10m')
    show.wait('50m')
    expect(time(show.state().cue?.endsAt)).toBe('13:00:00')
    show.until('13:00:00')
    expect(show.cue()).toBe('late')
  })

  it('is skipped if its time is not after its entry', () => {
    const show = play(news)
    show.orchestrator.extend('20m')
    expect(show.state().next).toMatchObject({ id: 'break', startsAt: null })
    show.until('13:00:00')
    expect(show.cue()).toBe('late')
    expect(show.log()).toEqual(['talk A command onAir', 'break B schedule skipped', 'late C schedule onAir'])
  })

  it('is skipped by `next` in a pause, as it is by the clock', () => {
    const show = play(news)
    show.wait('30m')
    show.orchestrator.pause()
    show.until('13:10:00')
    show.orchestrator.next()
    expect(show.cue()).toBe('late')
  })

  it('is skipped if its time is its entry; the cue before then waits for the hard start', () => {
    const show = play(`
cues:
  - { id: talk, scene: A, duration: 30m }
  - { id: break, scene: B, until: "12:30" }
  - { id: late, scene: C, at: "13:00", duration: 5m }`)
    show.until('12:59:59')
    expect(show.cue()).toBe('talk')
    show.wait('1s')
    expect(show.cue()).toBe('late')
  })

  it('is skipped if its time passes while the cue before is held, which then waits for the hard start after it', () => {
    const show = play(`
cues:
  - { id: talk, scene: A, duration: 10m, hold: true }
  - { id: break, scene: B, until: "12:20" }
  - { id: late, scene: C, at: "12:30", duration: 5m }`)
    show.wait('25m')
    show.orchestrator.unhold()
    expect(show.state()).toMatchObject({ cue: { id: 'talk' }, next: { id: 'break', startsAt: null } })
    show.until('12:30:00')
    expect(show.log()).toEqual(['talk A command onAir', 'break B schedule skipped', 'late C schedule onAir'])
  })

  it('and a hard start after it at the same time fall on the same day', () => {
    const show = play(`
cues:
  - { id: talk, scene: A, hold: true }
  - { id: break, scene: B, until: "13:00" }
  - { id: late, scene: C, at: "13:00", duration: 5m }`)
    show.until('13:00:00')
    expect(show.cue()).toBe('late')
  })

  it('holds if goTo or previous puts it on after its time', () => {
    const show = play(news)
    show.until('13:02:00')
    show.orchestrator.previous()
    expect(show.state().cue).toMatchObject({ id: 'break', holding: true, endsAt: null, plannedEndsAt: null })
    expect(refusal(show.orchestrator.extend('1m'))).toBe('noPlannedEnd')
    show.wait('2h')
    expect(show.cue()).toBe('break')
    show.orchestrator.next()
    show.orchestrator.goTo('break')
    expect(show.state().cue).toMatchObject({ holding: true })
  })

  it('holds if it is put on at exactly its time', () => {
    const show = play(news)
    show.until('13:00:00')
    show.orchestrator.previous()
    expect(show.state().cue).toMatchObject({ id: 'break', holding: true })
  })

  it('can be extended and shortened', () => {
    const show = play(news)
    show.until('12:50:00')
    show.orchestrator.extend('5m')
    expect(time(show.state().cue?.endsAt)).toBe('13:05:00')
    show.orchestrator.extend('-10m')
    expect(time(show.state().cue?.endsAt)).toBe('12:55:00')
  })

  it('ends at resume if its time passed during a pause', () => {
    const show = play(news)
    show.until('12:50:00')
    show.orchestrator.pause()
    show.until('13:20:00')
    show.orchestrator.resume()
    expect(show.cue()).toBe('late')
    expect(time(show.state().cue?.enteredAt)).toBe('13:20:00')
  })
})
