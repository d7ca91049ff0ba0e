import { describe, expect, it } from 'vitest'
import { instant, play, refusal, time } from '../support/show.ts'

const plain = `
cues:
  - { id: one, scene: A, duration: 10s }
  - { id: two, scene: B, duration: 20s }
  - { id: three, scene: C, duration: 30s }
`

describe('a cue with a duration', () => {
  it('is on until the millisecond before its end; at exactly its end the next cue is on', () => {
    const show = play(plain)
    show.wait('9s999ms')
    expect(show.cue()).toBe('one')
    show.wait('1ms')
    expect(show.cue()).toBe('two')
    expect(show.state().cue?.enteredAt).toBe(show.clock.now())
  })

  it('says when it ends and what comes then', () => {
    const show = play(plain)
    expect(time(show.state().cue?.endsAt)).toBe('12:00:10')
    expect(time(show.state().cue?.plannedEndsAt)).toBe('12:00:10')
    expect(show.state().next).toMatchObject({ index: 1, id: 'two', title: 'B', scene: 'B', note: null, at: null })
    expect(time(show.state().next?.startsAt)).toBe('12:00:10')
  })

  it('ends the show if it is the last; its scene stays on air, and nothing is wanted', () => {
    const show = play(plain)
    show.wait('1m')
    expect(show.state()).toMatchObject({ mode: 'finished', cue: null, next: null })
    expect(show.state().program).toMatchObject({ wanted: null, confirmed: 'C' })
  })

  it('does not drift: a late timer changes no later boundary', () => {
    const show = play(`loop: true\n${plain}`)
    for (let i = 0; i < 50; i++) {
      show.clock.stall(1234)
      show.clock.advance(1)
    }
    show.clock.advance(60_000 * 1000 - 1235 * 50)
    expect(show.state().cue).toMatchObject({ id: 'one', round: 1000 })
    expect(show.state().cue?.enteredAt).toBe(instant('2026-03-02T12:00:00') + 60_000 * 1000)
  })
})

describe('a loop', () => {
  it('plays the number of rounds that the file gives', () => {
    const show = play(`loop: 2\n${plain}`)
    show.wait('1m')
    expect(show.state().cue).toMatchObject({ id: 'one', round: 1 })
    show.wait('59s')
    expect(show.state().mode).toBe('running')
    show.wait('1s')
    expect(show.state().mode).toBe('finished')
  })

  it('leaves skipped cues out', () => {
    const show = play(`
loop: true
cues:
  - { scene: A, duration: 10s, skip: true }
  - { scene: B, duration: 10s }
  - { scene: C, duration: 10s, skip: true }`)
    expect(show.state().schedule?.cueCount).toBe(1)
    expect(show.cue()).toBe('b')
    show.wait('10s')
    expect(show.state().cue).toMatchObject({ id: 'b', round: 1 })
  })
})

describe('a cue that holds', () => {
  const hold = `
cues:
  - { id: talk, scene: A, duration: 10s, hold: true }
  - { id: after, scene: B, duration: 10s }`

  it('goes below zero after its planned length, and stays until next', () => {
    const show = play(hold)
    expect(show.state().cue).toMatchObject({ holding: false, endsAt: null })
    expect(time(show.state().cue?.plannedEndsAt)).toBe('12:00:10')
    show.wait('10s')
    expect(show.state().cue).toMatchObject({ id: 'talk', holding: true })
    show.wait('1h')
    expect(show.cue()).toBe('talk')
    show.orchestrator.next()
    expect(show.cue()).toBe('after')
  })

  it('without a length overruns from the first moment', () => {
    const show = play('cues: [{ scene: A, hold: true }, { scene: B, duration: 1s }]')
    expect(show.state().cue).toMatchObject({ holding: true, endsAt: null, plannedEndsAt: null })
    expect(show.state().next).toMatchObject({ id: 'b', startsAt: null })
  })

  it('without a length has no planned end to extend or return to', () => {
    const show = play('cues: [{ scene: A, hold: true }, { scene: B, duration: 1s }]')
    expect(refusal(show.orchestrator.extend('10s'))).toBe('noPlannedEnd')
    expect(refusal(show.orchestrator.unhold())).toBe('noPlannedEnd')
  })

  it('ends as planned after unhold', () => {
    const show = play(hold)
    show.wait('4s')
    show.orchestrator.unhold()
    expect(time(show.state().cue?.endsAt)).toBe('12:00:10')
    show.wait('6s')
    expect(show.cue()).toBe('after')
  })

  it('ends at once on unhold if its planned end is past; the next cue begins at that moment', () => {
    const show = play(hold)
    show.wait('15s')
    show.orchestrator.unhold()
    expect(show.cue()).toBe('after')
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:15')
  })
})

describe('hold and unhold by command', () => {
  it('keep the cue on past its end and release it', () => {
    const show = play(plain)
    show.orchestrator.hold()
    expect(show.state().cue).toMatchObject({ holding: false, endsAt: null })
    show.wait('25s')
    expect(show.state().cue).toMatchObject({ id: 'one', holding: true })
    show.orchestrator.unhold()
    expect(show.cue()).toBe('two')
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:25')
  })

  it('change nothing when repeated: seq stays the same', () => {
    const show = play(plain)
    const { seq } = show.state()
    show.orchestrator.unhold()
    expect(show.state().seq).toBe(seq)
    show.orchestrator.hold()
    show.orchestrator.hold()
    expect(show.state().seq).toBe(seq + 1)
  })

  it('in a pause release the cue at resume, not at a moment before the pause', () => {
    const show = play(plain)
    show.orchestrator.hold()
    show.wait('15s')
    show.orchestrator.pause()
    show.wait('5s')
    show.orchestrator.unhold()
    expect(show.state()).toMatchObject({ mode: 'paused', cue: { id: 'one' } })
    expect(time(show.state().cue?.endsAt)).toBe('12:00:15')
    show.orchestrator.resume()
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:20')
    expect(show.cue()).toBe('two')
  })

  it('hold only the current cue', () => {
    const show = play(plain)
    show.orchestrator.hold()
    show.orchestrator.next()
    show.wait('20s')
    expect(show.cue()).toBe('three')
  })

  it('also apply to a cue that lasts until a hard start', () => {
    const show = play('cues: [{ scene: A }, { scene: B, at: "13:00", duration: 1s }]')
    show.orchestrator.hold()
    expect(refusal(show.orchestrator.unhold())).toBeNull()
    expect(show.state().cue?.holding).toBe(false)
    show.until('13:00:00')
    expect(show.cue()).toBe('b')
  })
})

describe('extend', () => {
  it('moves the end of the current cue and everything after it', () => {
    const show = play(plain)
    show.orchestrator.extend('5s')
    show.orchestrator.extend('-2s')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:13')
    show.wait('13s')
    expect(show.cue()).toBe('two')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:33')
  })

  it('never moves the end into the past: the cue ends at once instead', () => {
    const show = play(plain)
    show.wait('4s')
    show.orchestrator.extend('-1h')
    expect(show.cue()).toBe('two')
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:04')
  })

  it('in a pause shortens the cue no further than to the moment of the pause', () => {
    const show = play(plain)
    show.wait('4s')
    show.orchestrator.pause()
    show.wait('1m')
    show.orchestrator.extend('-1h')
    expect(show.cue()).toBe('one')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:04')
    show.orchestrator.resume()
    expect(show.cue()).toBe('two')
  })

  it('leaves the planned end of an overrunning hold in the past when it shortens it', () => {
    const show = play('cues: [{ scene: A, duration: 10s, hold: true }, { scene: B, duration: 1m }]')
    show.wait('30s')
    show.orchestrator.extend('-5s')
    expect(time(show.state().cue?.plannedEndsAt)).toBe('12:00:10')
  })

  it('moves the planned end of a cue that holds', () => {
    const show = play('cues: [{ scene: A, duration: 10s, hold: true }, { scene: B, duration: 1s }]')
    show.wait('12s')
    show.orchestrator.extend('5s')
    expect(show.state().cue).toMatchObject({ holding: false })
    show.wait('3s')
    expect(show.state().cue).toMatchObject({ id: 'a', holding: true })
  })

  it('applies only to this entry of the cue', () => {
    const show = play(plain)
    show.orchestrator.extend('5s')
    show.orchestrator.goTo('one')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:10')
  })
})
