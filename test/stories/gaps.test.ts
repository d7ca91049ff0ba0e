import { describe, expect, it } from 'vitest'
import { noon, play, refusal, time } from '../support/show.ts'

const cues = `
whenFinished: [stopStream]
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 10m, actions: [startRecord] }
  - { id: three, scene: C, duration: 10m, actions: [saveReplay, { chapter: Half, after: 5m }] }`
const resume = `policies: { afterGap: resume }\n${cues}`

const minutes = (count: number) => count * 60_000

describe('a gap with catchUp', () => {
  it('goes on where the show would be; the cues in between are skipped and their acts are not done', () => {
    const show = play(cues)
    show.wait('5m')
    show.clock.sleep(minutes(17))
    show.wait('1s')
    expect(show.state()).toMatchObject({ cue: { id: 'three' }, program: { wanted: 'C', cause: 'resume' } })
    expect(time(show.state().cue?.enteredAt)).toBe('12:20:00')
    expect(show.log()).toEqual(['one A command onAir', 'two B resume skipped', 'three C resume onAir'])
    expect(show.acts()).toEqual([])
  })

  it('still does the acts that come later in the cue', () => {
    const show = play(cues)
    show.clock.sleep(minutes(22))
    show.wait('5m')
    expect(show.acts()).toEqual([{ kind: 'chapter', title: 'Half' }])
  })

  it('that lasts past the end finishes the show without the acts of its end', () => {
    const show = play(cues)
    show.clock.sleep(minutes(60))
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'finished', program: { wanted: null } })
    expect(show.acts()).toEqual([])
  })

  it('ends a force that was to end during it', () => {
    const show = play(cues)
    show.orchestrator.forceScene('BRB', { until: '1m', pause: true })
    show.clock.sleep(minutes(5))
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'running', override: null, program: { wanted: 'A' } })
    expect(time(show.state().cue?.endsAt)).toBe('12:11:00')
  })

  it('may span more cues than a function call takes arguments', () => {
    const show = play('loop: true\ncues: [{ id: one, scene: A, duration: 250ms }]')
    show.clock.sleep(minutes(10 * 60))
    expect(show.orchestrator.hold().accepted).toBe(true)
    expect(show.state().cue?.round).toBe(144_000)
    expect(show.lines).toHaveLength(144_001)
  })

  it('leaves a paused show paused', () => {
    const show = play(cues)
    show.wait('5m')
    show.orchestrator.pause()
    show.clock.sleep(minutes(60))
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'paused', cue: { id: 'one' } })
    show.orchestrator.resume()
    expect(time(show.state().cue?.endsAt)).toBe('13:10:01')
  })

  it('may be a stall of the process of over 2 s', () => {
    const show = play(cues)
    show.wait('9m59s')
    show.clock.stall(minutes(10))
    expect(show.log()).toContain('two B resume onAir')
    expect(show.acts()).toEqual([])
  })

  it('does not include a timer that is slightly late: the cue comes by the schedule, and its acts are done', () => {
    const show = play(cues)
    show.wait('9m59s500ms')
    show.clock.stall(1500)
    expect(show.log()).toContain('two B schedule onAir')
    expect(time(show.state().cue?.enteredAt)).toBe('12:10:00')
    expect(show.acts()).toEqual([{ kind: 'startRecord' }])
  })
})

describe('a gap with resume', () => {
  it('counts as a pause as long as the gap', () => {
    const show = play(resume)
    show.wait('5m')
    show.clock.sleep(minutes(17))
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'one' } })
    const endsAt = (show.state().cue?.endsAt ?? 0) - Date.parse('2026-03-02T12:27:00Z')
    expect(Math.abs(endsAt)).toBeLessThanOrEqual(1000)
    expect(show.acts()).toEqual([])
  })

  it('that begins in the pause of a force resumes the show once the force has ended', () => {
    const show = play(resume)
    show.wait('9m')
    show.orchestrator.forceScene('BRB', { until: '10s', pause: true })
    show.wait('5s')
    show.clock.sleep(minutes(17))
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'running', override: null, cue: { id: 'one' } })
    expect(time(show.state().cue?.endsAt)).toBe('12:27:06')
  })

  it('leaves a paused show paused, and ends a force that was to end during it', () => {
    const show = play(resume)
    show.wait('5m')
    show.orchestrator.pause()
    show.orchestrator.forceScene('BRB', { until: '1m' })
    show.clock.sleep(minutes(17))
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'paused', override: null, cue: { id: 'one' } })
    show.orchestrator.resume()
    expect(time(show.state().cue?.endsAt)).toBe('12:27:01')
  })

  it('moves no time of day', () => {
    const show = play(`
policies: { afterGap: resume }
cues: [{ id: one, scene: A, duration: 10m }, { id: two, scene: B, at: "12:30", duration: 10m }]`)
    show.clock.sleep(minutes(40))
    show.wait('1s')
    expect(show.cue()).toBe('two')
    expect(time(show.state().cue?.enteredAt)).toBe('12:40:01')
  })
})

describe('a gap that an adapter reports', () => {
  it('counts, with resume, as a pause as long as the gap', () => {
    const show = play(resume)
    show.wait('5m')
    expect(refusal(show.report({ type: 'gap', since: noon + minutes(4) }))).toBeNull()
    expect(time(show.state().cue?.endsAt)).toBe('12:11:00')
  })

  it('counts only from the last change to the present, since earlier time was played and seen', () => {
    const show = play(resume)
    show.wait('15m')
    show.report({ type: 'gap', since: noon })
    expect(time(show.state().cue?.enteredAt)).toBe('12:15:00')
    const before = show.state()
    show.report({ type: 'gap', since: noon + minutes(60) })
    expect(show.state()).toBe(before)
  })

  it('without a beginning is invalid', () => {
    const show = play(cues)
    // @ts-expect-error: untyped callers may leave it out
    expect(refusal(show.report({ type: 'gap' }))).toBe('invalid')
  })
})

describe('a clock that was set', () => {
  const times = `
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, until: "13:00" }
  - { id: three, scene: C, duration: 10m }`
  const hard = `
cues:
  - { id: one, scene: A, duration: 20m }
  - { id: two, scene: B, duration: 2h }
  - { id: three, scene: C, at: "13:00", duration: 10m }`

  it('moves times of day but no position', () => {
    const show = play(times)
    show.wait('15m')
    show.clock.setWall(minutes(30))
    show.wait('1s')
    expect(time(show.state().cue?.enteredAt)).toBe('12:10:00')
    expect(time(show.state().cue?.endsAt)).toBe('12:30:00')
    show.wait('14m59s')
    expect(show.cue()).toBe('three')
  })

  it('moves them too if an adapter reports it', () => {
    const show = play(times)
    show.wait('15m')
    show.report({ type: 'clock', offset: minutes(30) })
    expect(time(show.state().cue?.endsAt)).toBe('12:30:00')
  })

  it('back makes times of day come later', () => {
    const show = play(times)
    show.wait('15m')
    show.clock.setWall(-minutes(30))
    show.wait('1s')
    expect(time(show.state().cue?.endsAt)).toBe('13:30:00')
  })

  it('is not a gap: cues of plain durations go on as they were', () => {
    const show = play(cues)
    show.clock.setWall(minutes(300))
    show.wait('9m59s')
    expect(show.cue()).toBe('one')
  })

  it('past a hard start takes the hard start at that moment', () => {
    const show = play(hard)
    show.wait('30m')
    show.clock.setWall(minutes(60))
    show.wait('1s')
    expect(show.cue()).toBe('three')
    expect(time(show.state().cue?.enteredAt)).toBe('12:30:01')
  })

  it('past the end of a cue ends the cue at that moment', () => {
    const show = play(times)
    show.wait('30m')
    show.clock.setWall(minutes(60))
    show.wait('1s')
    expect(show.cue()).toBe('three')
  })

  it('by less than 20 ms changes nothing', () => {
    const show = play(times)
    show.wait('15m')
    const { seq } = show.state()
    show.clock.setWall(15)
    show.wait('5s')
    expect(show.state().seq).toBe(seq)
  })

  it.each([
    ['a little', '12:29:58.500', 2000],
    ['far', '12:10:00', minutes(60)],
  ])('%s past a recurring time does not lose that entry', (_, until, wall) => {
    const show = play(`
cues: [{ scene: A, duration: 5h }]
recurring: [{ at: "12:30", scene: News, duration: 5m }]`)
    show.until(until)
    show.clock.setWall(wall)
    show.wait('1s')
    expect(show.wanted()).toBe('News')
  })
})
