import { describe, expect, it } from 'vitest'
import { load, play, refusal, time } from '../support/show.ts'

const plain = `
cues:
  - { id: one, scene: A, duration: 10s }
  - { id: two, scene: B, duration: 20s }
  - { id: three, scene: C, duration: 30s }`

describe('a force', () => {
  it('covers the schedule, whose clock runs on beneath it', () => {
    const show = play(plain)
    show.wait('5s')
    show.orchestrator.forceScene('BRB')
    expect(show.state().override).toEqual({
      scene: 'BRB',
      since: show.clock.now(),
      until: 'release',
      pause: false,
      by: 'operator',
    })
    show.wait('10s')
    expect(show.cue()).toBe('two')
    expect(show.wanted()).toBe('BRB')
    show.orchestrator.release()
    expect(show.wanted()).toBe('B')
    expect(show.log()).toEqual([
      'one A command onAir',
      '- BRB force onAir',
      'two B schedule covered',
      'two B release onAir',
    ])
  })

  it('replaces the force before it; there is no stack', () => {
    const show = play(plain)
    show.orchestrator.forceScene('X')
    show.orchestrator.forceScene('Y')
    show.orchestrator.release()
    expect(show.state().override).toBeNull()
    expect(show.wanted()).toBe('A')
    expect(refusal(show.orchestrator.release())).toBe('noOverride')
  })

  it('of the scene that is already forced is a new force with its own end and its own line', () => {
    const show = play(plain)
    show.orchestrator.forceScene('X', { until: '4s' })
    show.wait('2s')
    show.orchestrator.forceScene('X', { until: '4s' })
    expect(show.log()).toEqual(['one A command onAir', '- X force onAir', '- X force already'])
    show.wait('3s')
    expect(show.wanted()).toBe('X')
    show.wait('1s')
    expect(show.wanted()).toBe('A')
  })

  it('by the file’s name of a scene and at once by its name in OBS counts as two', () => {
    const show = play(plain)
    show.report({ type: 'scenes', scenes: ['A', 'B', 'C', 'X'] })
    show.report({ type: 'sceneRenamed', from: 'X', to: 'Y' })
    show.orchestrator.forceScene('X')
    show.orchestrator.forceScene('Y')
    expect(show.log()).toEqual(['one A command onAir', '- Y force onAir', '- Y force already'])
  })

  it('with a duration ends after that much real time, even in a pause', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB', { until: '30s' })
    expect(time(Number(show.state().override?.until))).toBe('12:00:30')
    show.orchestrator.pause()
    show.wait('30s')
    expect(show.state()).toMatchObject({ mode: 'paused', override: null })
    expect(show.wanted()).toBe('A')
  })

  it('until the end of the cue ends with the cue, however the cue ends', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB', { until: 'cueEnd' })
    show.wait('10s')
    expect(show.state().override).toBeNull()
    expect(show.wanted()).toBe('B')
    show.orchestrator.forceScene('BRB', { until: 'cueEnd' })
    show.orchestrator.next()
    expect(show.state()).toMatchObject({ override: null, cue: { id: 'three' } })
  })

  it('until the end of the cue is invalid without a current cue or with `pause`', () => {
    const show = load(plain)
    expect(refusal(show.orchestrator.forceScene('BRB', { until: 'cueEnd' }))).toBe('invalid')
    show.orchestrator.start()
    expect(refusal(show.orchestrator.forceScene('BRB', { until: 'cueEnd', pause: true }))).toBe('invalid')
    show.orchestrator.stop()
    expect(refusal(show.orchestrator.forceScene('BRB', { until: 'cueEnd' }))).toBe('invalid')
  })

  it('over a paused show is still on after resume', () => {
    const show = play(plain)
    show.orchestrator.pause()
    show.orchestrator.forceScene('BRB')
    show.orchestrator.resume()
    expect(show.state()).toMatchObject({ mode: 'running', override: { scene: 'BRB' } })
    expect(show.wanted()).toBe('BRB')
  })

  it('brings its own transition', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB', { transition: 'Fade 300ms' })
    expect(show.effects.at(-1)?.wanted?.transition).toEqual({ name: 'Fade', duration: 300 })
  })

  it('survives a stop and a start', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB')
    show.orchestrator.stop()
    expect(show.wanted()).toBe('BRB')
    show.orchestrator.start()
    expect(show.state()).toMatchObject({ mode: 'running', override: { scene: 'BRB' } })
    expect(show.log().at(-1)).toBe('one A command covered')
  })

  it('is lifted by reset', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB')
    show.orchestrator.reset()
    expect(show.state()).toMatchObject({ mode: 'idle', override: null })
    expect(show.state().program.confirmed).toBe('A')
  })
})

describe('a toggled force', () => {
  it('forces the scene at the first press and releases it at the second', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB', { toggle: true })
    expect(show.wanted()).toBe('BRB')
    show.orchestrator.forceScene('BRB', { toggle: true })
    expect(show.state().override).toBeNull()
    expect(show.state().program).toMatchObject({ wanted: 'A', cause: 'release' })
  })

  it('replaces a force of another scene', () => {
    const show = play(plain)
    show.orchestrator.forceScene('X')
    show.orchestrator.forceScene('BRB', { toggle: true })
    expect(show.wanted()).toBe('BRB')
  })

  it('can be released even if OBS no longer has the scene', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB', { toggle: true })
    show.report({ type: 'scenes', scenes: ['A', 'B', 'C'] })
    expect(refusal(show.orchestrator.forceScene('BRB', { toggle: true }))).toBeNull()
    expect(show.wanted()).toBe('A')
  })
})

describe('a force with pause', () => {
  it('pauses a running show, which resumes when the force ends', () => {
    const show = play(plain)
    show.wait('5s')
    show.orchestrator.forceScene('BRB', { pause: true })
    expect(show.state()).toMatchObject({ mode: 'paused', pausedAt: show.clock.now(), override: { pause: true } })
    show.wait('1m')
    show.orchestrator.release()
    expect(show.state()).toMatchObject({ mode: 'running', pausedAt: null })
    expect(time(show.state().cue?.endsAt)).toBe('12:01:10')
  })

  it('ends by its duration, by its toggle, and by a force without pause', () => {
    for (const end of [
      (show: ReturnType<typeof play>) => show.wait('30s'),
      (show: ReturnType<typeof play>) => show.orchestrator.forceScene('BRB', { toggle: true, pause: true }),
      (show: ReturnType<typeof play>) => show.orchestrator.forceScene('X'),
    ]) {
      const show = play(plain)
      show.orchestrator.forceScene('BRB', { pause: true, until: '30s' })
      end(show)
      expect(show.state().mode).toBe('running')
    }
  })

  it('keeps the show paused if another force with pause replaces it, until that one ends', () => {
    const show = play(plain)
    show.wait('5s')
    show.orchestrator.forceScene('BRB', { pause: true })
    show.wait('10s')
    show.orchestrator.forceScene('X', { pause: true })
    expect(show.state().mode).toBe('paused')
    show.wait('10s')
    show.orchestrator.release()
    expect(show.state().mode).toBe('running')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:30')
  })

  it('does not resume a show that the operator paused before or since', () => {
    const before = play(plain)
    before.orchestrator.pause()
    before.orchestrator.forceScene('BRB', { pause: true })
    before.orchestrator.release()
    expect(before.state().mode).toBe('paused')
    const since = play(plain)
    since.orchestrator.forceScene('BRB', { pause: true })
    since.orchestrator.resume()
    since.orchestrator.pause()
    since.orchestrator.release()
    expect(since.state().mode).toBe('paused')
  })

  it('does not pause again a show that the operator has resumed', () => {
    const show = play(plain)
    show.orchestrator.forceScene('BRB', { pause: true })
    show.orchestrator.resume()
    expect(show.state()).toMatchObject({ mode: 'running', override: { scene: 'BRB' } })
    show.orchestrator.release()
    expect(show.state().mode).toBe('running')
  })
})

describe('a force outside of a show', () => {
  it('may be given in any mode', () => {
    const show = load(plain)
    expect(refusal(show.orchestrator.forceScene('BRB'))).toBeNull()
    expect(show.state()).toMatchObject({ mode: 'idle', program: { wanted: 'BRB' } })
    show.orchestrator.release()
    show.orchestrator.start()
    show.wait('1m')
    show.orchestrator.forceScene('BRB')
    expect(show.state()).toMatchObject({ mode: 'finished', program: { wanted: 'BRB' } })
  })

  it('leads back on release to the scene before it; once OBS confirms that scene, nothing is wanted', () => {
    const show = load(plain, { obs: 'silent' })
    show.orchestrator.start()
    const confirm = (): void => {
      const { takeId } = show.effects.at(-1) ?? { takeId: 0 }
      show.report({ type: 'confirmed', takeId, sentAt: show.clock.now(), already: false })
    }
    confirm()
    show.orchestrator.stop()
    show.orchestrator.forceScene('X')
    confirm()
    show.orchestrator.forceScene('Y')
    confirm()
    show.orchestrator.release()
    expect(show.wanted()).toBe('A')
    confirm()
    expect(show.state().program).toMatchObject({ wanted: null, confirmed: 'A' })
    expect(show.effects.at(-1)?.wanted).toBeNull()
  })

  it('leads back to nothing on release once anything else is wanted', () => {
    const show = load(plain, { obs: 'silent' })
    show.report({ type: 'seen', scene: 'Desk', by: 'obs' })
    show.orchestrator.forceScene('X')
    show.orchestrator.release()
    expect(show.wanted()).toBe('Desk')
    show.orchestrator.start()
    expect(show.wanted()).toBe('A')
    show.orchestrator.stop()
    expect(show.wanted()).toBeNull()
  })

  it('that lasts until the end of the last cue leads back to the scene of that cue', () => {
    const show = play(plain)
    show.orchestrator.goTo('three')
    show.orchestrator.forceScene('BRB', { until: 'cueEnd' })
    show.wait('30s')
    expect(show.state()).toMatchObject({ mode: 'finished', override: null, program: { confirmed: 'C', wanted: null } })
  })
})
