import { describe, expect, it } from 'vitest'
import { instant, load, refusal, schedule, time } from '../support/show.ts'

const cues = `
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 20m, actions: [startRecord, { chapter: Late, after: 10m }] }
  - { id: three, scene: C, duration: 30m }`

describe('a start at a time of day', () => {
  it('is armed while idle, and begins the show on the millisecond', () => {
    const show = load(`start: "13:00"\n${cues}`)
    expect(show.state().armedFor).toEqual({ kind: 'time', at: show.clock.now() + 3_600_000 })
    expect(time(show.state().next?.startsAt)).toBe('13:00:00')
    show.until('12:59:59.999')
    expect(show.state().mode).toBe('idle')
    show.wait('1ms')
    expect(show.state()).toMatchObject({ mode: 'running', armedFor: null, cue: { id: 'one' } })
    expect(show.log()).toEqual(['one A schedule onAir'])
  })

  it('is that of tomorrow once the show would be over', () => {
    const show = load(`start: "13:00"\n${cues}`, { at: '2026-03-02T14:00:00' })
    expect(show.state().armedFor).toMatchObject({ at: Date.parse('2026-03-03T13:00:00Z') })
  })

  it('counts on its weekdays only', () => {
    const show = load(`start: "13:00"\ndays: [fri, sun]\n${cues}`)
    expect(show.state().armedFor).toMatchObject({ at: Date.parse('2026-03-06T13:00:00Z') })
    const late = load(`start: "13:00"\ndays: [tue]\n${cues}`, { at: '2026-03-02T13:10:00' })
    expect(late.state().mode).toBe('idle')
  })

  it('launched late, goes on as if begun then (catchUp), its acts undone', () => {
    const show = load(`start: "11:45"\n${cues}`)
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'two' } })
    expect(time(show.state().cue?.enteredAt)).toBe('11:55:00')
    expect(show.acts()).toEqual([])
    expect(show.log()).toEqual(['one A schedule skipped', 'two B schedule onAir'])
    show.wait('5m')
    expect(show.acts()).toEqual([{ kind: 'chapter', title: 'Late' }])
  })

  it('launched late, goes on from the top (resume)', () => {
    const show = load(`start: "11:45"\npolicies: { afterGap: resume }\n${cues}`)
    expect(show.state().cue).toMatchObject({ id: 'one', enteredAt: show.clock.now() })
  })

  it('launched late, begins with the first cue (resume), whatever hard starts are past', () => {
    const show = load(`
start: "11:00"
policies: { afterGap: resume }
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, at: "11:30", duration: 1h }`)
    expect(show.state().cue).toMatchObject({ id: 'one', enteredAt: show.clock.now() })
  })

  it('arms only from idle: the operator’s start takes its place, and it comes again after a reset', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.orchestrator.start()
    show.wait('50m')
    show.orchestrator.stop()
    show.wait('20m')
    expect(show.state()).toMatchObject({ mode: 'stopped', armedFor: null })
    show.orchestrator.reset()
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: { at: Date.parse('2026-03-03T13:00:00Z') } })
  })

  it('that passed in a long sleep, with the show, does not begin it: the next day’s is armed', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.wait('30m')
    show.clock.sleep(5 * 3_600_000)
    show.wait('2s')
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: { at: Date.parse('2026-03-03T13:00:00Z') } })
    expect(show.lines).toEqual([])
  })

  it('that passed in a sleep begins the show where it would be by now', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.wait('50m')
    show.clock.sleep(40 * 60_000)
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'three' } })
    expect(time(show.state().cue?.enteredAt)).toBe('13:30:00')
  })

  it('follows a clock that is set', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.clock.setWall(30 * 60_000)
    show.wait('1s')
    expect(time(show.state().armedFor?.kind === 'time' ? show.state().at : null)).toBe('12:00:01')
    show.wait('29m59s')
    expect(show.state().mode).toBe('running')
  })

  it('is that of today once a clock that ran ahead of it is set back', () => {
    const show = load(`start: "10:30"\n${cues}`)
    show.clock.setWall(-2 * 3600_000)
    show.wait('30m')
    expect(show.state().mode).toBe('running')
  })
})

describe('a start at a date-time', () => {
  it('is armed for that instant in the zone of the schedule', () => {
    const show = load(`timezone: Europe/Berlin\nstart: "2026-12-04T19:00"\n${cues}`)
    expect(show.state().armedFor).toEqual({ kind: 'time', at: Date.parse('2026-12-04T18:00:00Z') })
  })

  it('once past is not armed any more', () => {
    expect(load(`start: "2026-03-01T19:00"\n${cues}`).state().armedFor).toBeNull()
    expect(load(`start: "2026-03-02T11:55"\n${cues}`).state().cue?.id).toBe('one')
  })
})

describe('a loop that began long before it is launched', () => {
  const channel = `
loop: true
recurring: [{ every: 1h, scene: Ident, duration: 7m }, { at: "11:58", scene: News, duration: 4m }]
cues: [{ id: spot, scene: A, duration: 10s, actions: [saveReplay] }, { id: film, scene: B, duration: 13m7s }]`

  it('is where it would be had it been played all the time', () => {
    const start = '2026-02-26T11:00'
    const launched = load(`start: "${start}"\n${channel}`)
    const played = load(`start: "${start}"\n${channel}`, { at: start })
    played.wait(`${4 * 24 + 1}h`)
    const { mode, cue, next, overUnder, override } = played.state()
    expect(override?.scene).toBe('News')
    expect(launched.state()).toMatchObject({ mode, cue, next, overUnder, override })
    expect(launched.orchestrator.forecast()).toEqual(played.orchestrator.forecast())
    expect(launched.acts()).toEqual([])
  })

  it('logs what it has missed of the last day, and is there at once after years', () => {
    const show = load('start: "2006-03-02T12:00"\nloop: true\ncues: [{ id: spot, scene: A, duration: 9m }]')
    expect(show.cue()).toBe('spot')
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:00')
    expect(show.state().cue?.round).toBe((20 * 365 + 5) * 160)
    expect(show.log()).toHaveLength(161)
    expect(show.log().at(-1)).toBe('spot A schedule onAir')
  })

  it('is over where its rounds are', () => {
    const show = load('start: "2006-03-02T12:00"\nloop: 1168800\ncues: [{ id: spot, scene: A, duration: 9m }]')
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: null })
    const last = load('start: "2006-03-02T12:00"\nloop: 1168801\ncues: [{ id: spot, scene: A, duration: 9m }]')
    expect(last.state()).toMatchObject({ mode: 'running', next: null })
  })
})

describe('a show of two evenings', () => {
  const evenings = `
start: "2026-03-01T19:00"
loop: 2
cues:
  - { id: one, scene: A, at: "19:00", duration: 1h }
  - { id: two, scene: B, at: "20:30", duration: 1h }`

  it('is joined on the second one while it is on', () => {
    const show = load(evenings, { at: '2026-03-02T21:29:59' })
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'two', round: 1 } })
  })

  it('is over when the second one is', () => {
    const show = load(evenings, { at: '2026-03-02T21:30' })
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: null })
  })

  it('has no first cue to wait for in the forecast of the second one', () => {
    const show = load(evenings, { at: '2026-03-01T21:00' })
    const end = () => {
      const last = show.orchestrator.forecast().cues.at(-1)
      return [last?.plannedEndsAt, last?.expectedEndsAt]
    }
    expect(end()).toEqual([instant('2026-03-02T19:00'), instant('2026-03-02T19:00')])
    show.wait('22h')
    expect(end()).toEqual([instant('2026-03-02T21:30'), instant('2026-03-02T21:30')])
  })
})

describe('a manual start', () => {
  it('is not armed', () => {
    expect(load(cues).state()).toMatchObject({ mode: 'idle', armedFor: null })
  })
})

describe('a start with the stream', () => {
  const text = `start: stream\n${cues}`
  const up = {
    type: 'link',
    phase: 'up',
    obs: { version: '32', websocket: '5', platform: 'x' },
    restarted: null,
    program: 'Z',
  } as const

  it('begins when the stream changes from offline to live while idle', () => {
    const show = load(text)
    expect(show.state().armedFor).toEqual({ kind: 'stream' })
    show.report(up)
    show.orchestrator.updateStreamStatus('starting')
    expect(show.state().mode).toBe('idle')
    show.orchestrator.updateStreamStatus('live')
    expect(show.state()).toMatchObject({ mode: 'running', armedFor: null, cue: { id: 'one' } })
  })

  it('does not begin when OBS is live already at launch, and says so until the operator starts', () => {
    const show = load(text)
    show.orchestrator.updateStreamStatus('live')
    show.report(up)
    expect(show.state()).toMatchObject({ mode: 'idle', problems: [{ code: 'streamAlreadyLive' }] })
    expect(refusal(show.orchestrator.start())).toBeNull()
    expect(show.state()).toMatchObject({ mode: 'running', problems: [] })
  })

  it('does not begin with a stream that reconnects', () => {
    const show = load(text)
    show.report(up)
    show.orchestrator.updateStreamStatus('reconnecting')
    show.orchestrator.updateStreamStatus('live')
    expect(show.state().mode).toBe('idle')
  })

  it('does not begin once the operator has taken it off, or another show has begun', () => {
    const show = load(text)
    show.report(up)
    show.orchestrator.stop()
    show.orchestrator.updateStreamStatus('live')
    expect(show.state().mode).toBe('stopped')
  })

  it('needs no OBS for those who say by themselves what the stream does', () => {
    const show = load(text)
    show.orchestrator.configure(schedule(text))
    show.report(up)
    show.orchestrator.updateStreamStatus('live', { since: 5 })
    expect(show.state()).toMatchObject({ mode: 'running', stream: { phase: 'live', since: 5 } })
  })
})
