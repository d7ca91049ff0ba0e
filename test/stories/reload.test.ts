import { describe, expect, it } from 'vitest'
import { load, play, type Show, schedule, time } from '../support/show.ts'

const text = `
cues:
  - { id: one, scene: A, duration: 10m }
  - { scene: B, duration: 10m }
  - { scene: C, duration: 10m }
  - { scene: B, duration: 10m }`

const reload = (show: Show, cues: string) => show.orchestrator.configure(schedule(cues))

describe('reloading a running show', () => {
  it('keeps the running cue, its entry time, its extension and the force', () => {
    const show = play(text)
    show.wait('5m')
    show.orchestrator.extend('1m')
    show.orchestrator.forceScene('BRB')
    reload(show, text.replace('scene: A, duration: 10m', 'scene: A2, title: New, duration: 20m'))
    expect(show.state()).toMatchObject({
      mode: 'running',
      cue: { id: 'one', title: 'New' },
      override: { scene: 'BRB' },
    })
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:00')
    expect(time(show.state().cue?.endsAt)).toBe('12:21:00')
    show.orchestrator.release()
    expect(show.wanted()).toBe('A2')
  })

  it('finds a cue by its explicit id, wherever it is now', () => {
    const show = play(text)
    reload(show, 'cues: [{ scene: X, duration: 1m }, { id: one, scene: Y, duration: 30m }]')
    expect(show.state().cue).toMatchObject({ index: 1, id: 'one' })
    expect(show.wanted()).toBe('Y')
    expect(show.log().at(-1)).toBe('one Y reload onAir')
  })

  it('finds a cue without an id by its scene, at the nearest position', () => {
    const show = play(text)
    show.wait('30m')
    expect(show.state().cue).toMatchObject({ index: 3, scene: 'B' })
    reload(show, `${text}\n  - { scene: D, duration: 5m }\n  - { scene: B, duration: 5m }`)
    expect(show.state().cue).toMatchObject({ index: 3 })
    show.wait('10m')
    expect(show.cue()).toBe('d')
  })

  it('treats a cue that gained or lost an id as the same cue', () => {
    const named = 'cues: [{ scene: A, duration: 5m }, { id: talk, scene: B, duration: 5m }]'
    const plain = 'cues: [{ scene: A, duration: 5m }, { scene: B, duration: 10m }]'
    const given = play(plain)
    given.wait('6m')
    reload(given, named)
    expect(given.state()).toMatchObject({ cue: { id: 'talk', index: 1 }, schedule: { cueCount: 2 } })
    expect(time(given.state().cue?.endsAt)).toBe('12:10:00')
    const taken = play(named)
    taken.wait('6m')
    reload(taken, plain)
    expect(taken.state()).toMatchObject({ cue: { id: 'b', index: 1 }, schedule: { cueCount: 2 } })
    expect(time(taken.state().cue?.endsAt)).toBe('12:15:00')
  })

  it('treats a cue with another id as another cue, even with the same scene', () => {
    const show = play('cues: [{ id: one, scene: A, duration: 5m }, { id: two, scene: B, duration: 5m }]')
    reload(show, 'cues: [{ id: uno, scene: A, duration: 7m }, { id: two, scene: B, duration: 5m }]')
    expect(show.state()).toMatchObject({ cue: { id: 'one' }, next: { id: 'two' }, schedule: { cueCount: 2 } })
  })

  it('does not mistake a cue with an id for the running cue of the same scene without one', () => {
    const show = play('cues: [{ scene: A, duration: 5m }, { id: two, scene: A, duration: 5m }]')
    reload(show, 'cues: [{ id: two, scene: A, duration: 9m }, { scene: B, duration: 5m }]')
    expect(show.state()).toMatchObject({ cue: { id: 'a' }, next: { id: 'two' }, schedule: { cueCount: 2 } })
  })

  it('does not move on to another cue of the same scene if the running one is skipped now', () => {
    const show = play('cues: [{ id: one, scene: A, duration: 5m }, { scene: B, duration: 5m }]')
    reload(show, 'cues: [{ id: one, scene: A, duration: 5m, skip: true }, { scene: A, duration: 9m }]')
    expect(time(show.state().cue?.endsAt)).toBe('12:05:00')
    expect(show.state()).toMatchObject({ cue: { id: 'one' }, next: { index: 0, scene: 'A' } })
  })

  it('finds each of many cues of the same scenes after a new first cue', () => {
    const pairs = '{ scene: A, duration: 1m }, { scene: B, duration: 1m }, '.repeat(3)
    const show = play(`cues: [${pairs}]`)
    show.wait('2m30s')
    reload(show, `cues: [{ scene: New, duration: 1m }, ${pairs}]`)
    expect(show.state().cue?.index).toBe(3)
  })

  it('ends a cue at that moment if it is shorter now and should be over', () => {
    const show = play(text)
    show.wait('5m')
    reload(show, text.replace('A, duration: 10m', 'A, duration: 1m'))
    expect(show.state().cue).toMatchObject({ scene: 'B', enteredAt: show.clock.now() })
  })

  it('forgets what OBS said about media that the running cue no longer has', () => {
    const reel = (media: string) => `
cues:
  - { id: one, scene: A, media: ${media}, duration: 30m }
  - { id: two, scene: B, duration: 10m }`
    const show = play(reel('Reel'))
    show.report({ type: 'mediaPlaying', input: 'Reel', remaining: 60_000 })
    show.orchestrator.configure(schedule(reel('Reel')))
    expect(time(show.state().cue?.endsAt)).toBe('12:01:00')
    show.orchestrator.pause()
    show.report({ type: 'mediaEnded', input: 'Reel' })
    show.orchestrator.configure(schedule(reel('Clip')))
    show.orchestrator.resume()
    expect(time(show.state().cue?.endsAt)).toBe('12:30:00')
  })

  it('can bring the first hard starts: one that passed while the cue was on is taken at that moment', () => {
    const show = play('cues: [{ id: one, scene: A, duration: 1h }, { id: two, scene: B, duration: 1h }]')
    const hard = (at: string) =>
      schedule(`cues: [{ id: one, scene: A, duration: 1h }, { id: two, scene: B, at: "${at}", duration: 1h }]`)
    show.wait('10m')
    show.orchestrator.configure(hard('12:40'))
    expect(time(show.state().cue?.endsAt)).toBe('12:40:00')
    show.wait('10m')
    show.orchestrator.configure(hard('12:15'))
    expect(show.state().cue).toMatchObject({ id: 'two', enteredAt: show.clock.now() })
  })

  it('keeps over/under if the cue that the show began with is the first one now', () => {
    const two = '{ id: two, scene: B, duration: 10m }'
    const show = load(`cues: [{ id: one, scene: A, duration: 10m }, ${two}]`)
    show.orchestrator.start({ cue: 'two' })
    show.orchestrator.extend('3s')
    const { overUnder } = show.state()
    expect(overUnder).toBe(3000)
    reload(show, `cues: [${two}]`)
    expect(show.state()).toMatchObject({ cue: { id: 'two', index: 0 }, overUnder })
  })

  it('lets a removed cue play out; then comes the first later cue that both versions have', () => {
    const show = play(text)
    show.wait('15m')
    reload(show, 'cues: [{ id: one, scene: A, duration: 1m }, { scene: X, duration: 1m }, { scene: C, duration: 7m }]')
    expect(show.state()).toMatchObject({ cue: { scene: 'B' }, next: { scene: 'C' } })
    expect(show.wanted()).toBe('B')
    expect(time(show.state().cue?.endsAt)).toBe('12:20:00')
    show.until('12:20:00')
    expect(show.state()).toMatchObject({ cue: { index: 2, scene: 'C' }, schedule: { cueCount: 3 } })
    show.wait('7m')
    expect(show.state().mode).toBe('finished')
  })

  it('ends the show with a removed cue if no later one is left', () => {
    const show = play(text)
    show.wait('15m')
    reload(show, 'cues: [{ id: one, scene: A, duration: 1m }]')
    show.until('12:20:00')
    expect(show.state().mode).toBe('finished')
  })

  it('keeps a paused show paused, and its place in the loop', () => {
    const show = play(`loop: true\n${text}`)
    show.wait('45m')
    show.orchestrator.pause()
    reload(show, `loop: true\n${text.replace('A, duration: 10m', 'A, duration: 15m')}`)
    expect(show.state()).toMatchObject({ mode: 'paused', cue: { id: 'one', round: 1 } })
    show.orchestrator.resume()
    expect(time(show.state().cue?.endsAt)).toBe('12:55:00')
  })

  it('keeps the date of the round, even if the round began early', () => {
    const day = (length: string) => `
loop: true
cues:
  - { id: day, scene: A, at: "13:00", duration: 22h }
  - { id: talk, scene: B, duration: ${length} }
  - { id: night, scene: C, at: "12:30", duration: 10m }`
    const show = play(day('10m'), { at: '2026-03-02T13:00:00' })
    show.wait('23h35m')
    expect(show.cue()).toBe('night')
    show.orchestrator.next()
    expect(show.state().cue).toMatchObject({ id: 'day', round: 1 })
    show.wait('1m')
    reload(show, day('15m'))
    expect(show.cue()).toBe('day')
    show.wait('22h30m')
    expect(show.cue()).toBe('talk')
    show.until('12:30:00')
    expect(show.cue()).toBe('night')
  })

  it('with the same schedule changes nothing on air and restarts no cue', () => {
    const show = play(text)
    show.wait('5m')
    const lines = show.lines.length
    reload(show, text)
    expect(show.lines).toHaveLength(lines)
    show.wait('5m')
    expect(show.state().cue).toMatchObject({ index: 1 })
  })
})

describe('reloading a schedule that says the same', () => {
  const published = (show: Show, again: string) => {
    const { seq } = show.state()
    const states: number[] = []
    show.orchestrator.subscribe((state) => states.push(state.seq))
    states.length = 0
    const result = show.orchestrator.configure(schedule(again))
    return { result: result.accepted, more: show.state().seq - seq, states }
  }
  const nothing = { result: true, more: 0, states: [] }

  it('publishes nothing, whether a show is on or not', () => {
    const show = load(`start: "13:00"\n${text}`)
    show.wait('1m')
    expect(published(show, `start: "13:00"\n${text}`)).toEqual(nothing)
    show.orchestrator.start()
    show.wait('1m')
    expect(published(show, `start: "13:00"\n${text}`)).toEqual(nothing)
    show.orchestrator.pause()
    show.wait('1m')
    expect(published(show, `start: "13:00"\n${text}`)).toEqual(nothing)
  })

  it('publishes nothing if scenes are missing in OBS: the problem keeps its first time', () => {
    const show = play(text)
    show.report({ type: 'scenes', scenes: ['A', 'B'] })
    show.report({ type: 'problems', code: 'odd', found: [{ message: 'Something odd' }] })
    show.wait('1m')
    expect(show.state().problems).toHaveLength(2)
    expect(published(show, text)).toEqual(nothing)
    expect(published(show, text.replace('scene: C', 'scene: C2'))).toMatchObject({ more: 1 })
  })
})

describe('reloading outside of a show', () => {
  it('leads from stopped or finished to idle', () => {
    const stopped = play(text)
    stopped.orchestrator.stop()
    reload(stopped, text)
    expect(stopped.state()).toMatchObject({ mode: 'idle', cue: null, next: { id: 'one' } })
    const finished = play(text)
    finished.wait('1h')
    reload(finished, text)
    expect(finished.state().mode).toBe('idle')
  })

  it('arms the start of the new schedule', () => {
    const show = load(text)
    reload(show, `start: "13:00"\n${text}`)
    expect(show.state().armedFor).toMatchObject({ kind: 'time' })
    reload(show, text)
    expect(show.state().armedFor).toBeNull()
  })
})
