import { describe, expect, it } from 'vitest'
import { play, refusal, time } from '../support/show.ts'

const plain = `
cues:
  - { id: one, scene: A, duration: 10s }
  - { id: two, scene: B, duration: 20s }
  - { id: three, scene: C, duration: 30s }`

describe('next', () => {
  it('puts the next cue on now, from its top', () => {
    const show = play(plain)
    show.wait('4s')
    show.orchestrator.next()
    expect(show.state().cue).toMatchObject({ id: 'two', enteredAt: show.clock.now() })
    expect(time(show.state().cue?.endsAt)).toBe('12:00:24')
    show.orchestrator.skipCurrentScene()
    expect(show.cue()).toBe('three')
  })

  it('goes on into the next round and is refused on the last cue of the last round', () => {
    const show = play(`loop: 2\n${plain}`)
    for (let i = 0; i < 5; i++) expect(refusal(show.orchestrator.next())).toBeNull()
    expect(show.state().cue).toMatchObject({ id: 'three', round: 1 })
    expect(refusal(show.orchestrator.next())).toBe('noNextCue')
    expect(refusal(show.orchestrator.skipCurrentScene())).toBe('noNextCue')
    expect(show.state().mode).toBe('running')
  })

  it('is refused as stale if another cue has come on since', () => {
    const show = play(plain)
    expect(refusal(show.orchestrator.next({ ifCue: 'one' }))).toBeNull()
    expect(refusal(show.orchestrator.next({ ifCue: 'one' }))).toBe('staleCue')
    expect(refusal(show.orchestrator.skipCurrentScene({ ifCue: 'one' }))).toBe('staleCue')
    expect(refusal(show.orchestrator.previous({ ifCue: 'one' }))).toBe('staleCue')
    expect(show.cue()).toBe('two')
  })

  it('is judged after a boundary at the same moment', () => {
    const show = play(plain)
    show.clock.stall(0)
    show.wait('9s999ms')
    show.clock.stall(1)
    expect(refusal(show.orchestrator.next({ ifCue: 'one' }))).toBe('staleCue')
  })

  it('in a pause puts the cue on paused, with its whole length left at resume', () => {
    const show = play(plain)
    show.wait('4s')
    show.orchestrator.pause()
    show.wait('10s')
    show.orchestrator.next()
    expect(show.state()).toMatchObject({ mode: 'paused', cue: { id: 'two' } })
    expect(show.wanted()).toBe('B')
    const { cue, pausedAt } = show.state()
    expect((cue?.endsAt ?? 0) - (pausedAt ?? 0)).toBe(20_000)
    show.wait('10s')
    show.orchestrator.resume()
    expect(time(show.state().cue?.endsAt)).toBe('12:00:44')
  })
})

describe('previous', () => {
  it('puts the previous cue on, from its top', () => {
    const show = play(plain)
    show.wait('15s')
    show.orchestrator.previous()
    expect(show.state().cue).toMatchObject({ id: 'one', enteredAt: show.clock.now() })
  })

  it('stays in the round', () => {
    const show = play(`loop: true\n${plain}`)
    expect(refusal(show.orchestrator.previous())).toBe('noPreviousCue')
    show.wait('1m')
    expect(show.state().cue).toMatchObject({ id: 'one', round: 1 })
    expect(refusal(show.orchestrator.previous())).toBe('noPreviousCue')
  })
})

describe('goTo', () => {
  it('puts any cue of the round on, optionally at an offset', () => {
    const show = play(plain)
    show.wait('5s')
    show.orchestrator.goTo('three', { offset: '12s' })
    expect(time(show.state().cue?.enteredAt)).toBe('11:59:53')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:23')
    show.orchestrator.goTo('one')
    expect(show.cue()).toBe('one')
  })

  it('refuses a cue that the schedule does not have, and an offset beyond its end', () => {
    const show = play(plain)
    expect(refusal(show.orchestrator.goTo('four'))).toBe('unknownCue')
    expect(refusal(show.orchestrator.goTo('two', { offset: '20s' }))).toBe('invalid')
    expect(refusal(show.orchestrator.goTo('two', { offset: '19s' }))).toBeNull()
  })

  it('does not find a skipped cue', () => {
    const show = play('cues: [{ scene: A, duration: 1m }, { id: guest, scene: B, duration: 1m, skip: true }]')
    expect(refusal(show.orchestrator.goTo('guest'))).toBe('unknownCue')
  })
})

describe('pause and resume', () => {
  it('stop the show’s clock and move every later boundary by the length of the pause', () => {
    const show = play(plain)
    show.wait('4s')
    show.orchestrator.pause()
    expect(show.state()).toMatchObject({ mode: 'paused', pausedAt: show.clock.now() })
    show.wait('1h')
    expect(show.cue()).toBe('one')
    expect(show.wanted()).toBe('A')
    show.orchestrator.resume()
    expect(show.state().pausedAt).toBeNull()
    expect(time(show.state().cue?.endsAt)).toBe('13:00:10')
    expect(time(show.state().cue?.enteredAt)).toBe('13:00:00')
    show.wait('26s')
    expect(show.cue()).toBe('three')
  })
})

describe('start and stop', () => {
  it('start the clock from zero, even after an earlier show', () => {
    const show = play(plain)
    show.wait('15s')
    show.orchestrator.stop()
    expect(show.state()).toMatchObject({ mode: 'stopped', cue: null, program: { wanted: null, confirmed: 'B' } })
    show.wait('1m')
    show.orchestrator.start()
    expect(show.state().cue).toMatchObject({ id: 'one', round: 0, enteredAt: show.clock.now() })
  })

  it('start from the named cue', () => {
    const show = play(plain)
    show.orchestrator.stop()
    show.orchestrator.start({ cue: 'three' })
    expect(show.cue()).toBe('three')
    show.wait('30s')
    expect(show.state().mode).toBe('finished')
  })

  it('show what would come first while idle', () => {
    const show = play(plain)
    show.orchestrator.reset()
    expect(show.state()).toMatchObject({ mode: 'idle', cue: null, next: { id: 'one', startsAt: null } })
  })
})
