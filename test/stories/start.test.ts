import { describe, expect, it } from 'vitest'
import { instant, load, refusal, schedule, time } from '../support/show.ts'

const cues = `
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 20m, actions: [startRecord, { chapter: Late, after: 10m }] }
  - { id: three, scene: C, duration: 30m }`

describe('a start at a time of day', () => {
  it('is armed while idle and begins the show to the millisecond', () => {
    const show = load(`start: "13:00"\n${cues}`)
    expect(show.state().armedFor).toEqual({ kind: 'time', at: show.clock.now() + 3_600_000 })
    expect(time(show.state().next?.startsAt)).toBe('13:00:00')
    show.until('12:59:59.999')
    expect(show.state().mode).toBe('idle')
    show.wait('1ms')
    expect(show.state()).toMatchObject({ mode: 'running', armedFor: null, cue: { id: 'one' } })
    expect(show.log()).toEqual(['one A schedule onAir'])
  })

  it('is armed for tomorrow once today’s show would be over', () => {
    const show = load(`start: "13:00"\n${cues}`, { at: '2026-03-02T14:00:00' })
    expect(show.state().armedFor).toMatchObject({ at: Date.parse('2026-03-03T13:00:00Z') })
  })

  it('applies only on its weekdays', () => {
    const show = load(`start: "13:00"\ndays: [fri, sun]\n${cues}`)
    expect(show.state().armedFor).toMatchObject({ at: Date.parse('2026-03-06T13:00:00Z') })
    const late = load(`start: "13:00"\ndays: [tue]\n${cues}`, { at: '2026-03-02T13:10:00' })
    expect(late.state().mode).toBe('idle')
  })

  it('goes on as if it had begun then if launched late with catchUp, without the missed acts', () => {
    const show = load(`start: "11:45"\n${cues}`)
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'two' } })
    expect(time(show.state().cue?.enteredAt)).toBe('11:55:00')
    expect(show.acts()).toEqual([])
    expect(show.log()).toEqual(['one A schedule skipped', 'two B schedule onAir'])
    show.wait('5m')
    expect(show.acts()).toEqual([{ kind: 'chapter', title: 'Late' }])
  })

  it('begins from the top if launched late with resume', () => {
    const show = load(`start: "11:45"\npolicies: { afterGap: resume }\n${cues}`)
    expect(show.state().cue).toMatchObject({ id: 'one', enteredAt: show.clock.now() })
  })

  it('begins with the first cue if launched late with resume, even if hard starts are past', () => {
    const show = load(`
start: "11:00"
policies: { afterGap: resume }
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, at: "11:30", duration: 1h }`)
    expect(show.state().cue).toMatchObject({ id: 'one', enteredAt: show.clock.now() })
  })

  it('arms only from idle: the operator’s start replaces it, and a reset arms it again', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.orchestrator.start()
    show.wait('50m')
    show.orchestrator.stop()
    show.wait('20m')
    expect(show.state()).toMatchObject({ mode: 'stopped', armedFor: null })
    show.orchestrator.reset()
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: { at: Date.parse('2026-03-03T13:00:00Z') } })
  })

  it('does not begin a show that passed entirely during a sleep: the next day’s start is armed', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.wait('30m')
    show.clock.sleep(5 * 3_600_000)
    show.wait('2s')
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: { at: Date.parse('2026-03-03T13:00:00Z') } })
    expect(show.lines).toEqual([])
  })

  it('that passed during a sleep begins the show where it would be by now', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.wait('50m')
    show.clock.sleep(40 * 60_000)
    show.wait('1s')
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'three' } })
    expect(time(show.state().cue?.enteredAt)).toBe('13:30:00')
  })

  it('follows the wall clock when it is set', () => {
    const show = load(`start: "13:00"\n${cues}`)
    show.clock.setWall(30 * 60_000)
    show.wait('1s')
    expect(time(show.state().armedFor?.kind === 'time' ? show.state().at : null)).toBe('12:00:01')
    show.wait('29m59s')
    expect(show.state().mode).toBe('running')
  })

  it('is armed for today again if a clock that ran ahead is set back', () => {
    const show = load(`start: "10:30"\n${cues}`)
    show.clock.setWall(-2 * 3600_000)
    show.wait('30m')
    expect(show.state().mode).toBe('running')
  })
})

describe('a start at a date-time', () => {
  it('is armed for that instant in the schedule’s zone', () => {
    const show = load(`timezone: Europe/Berlin\nstart: "2026-12-04T19:00"\n${cues}`)
    expect(show.state().armedFor).toEqual({ kind: 'time', at: Date.parse('2026-12-04T18:00:00Z') })
  })

  it('is not armed once it is past', () => {
    expect(load(`start: "2026-03-01T19:00"\n${cues}`).state().armedFor).toBeNull()
    expect(load(`start: "2026-03-02T11:55"\n${cues}`).state().cue?.id).toBe('one')
  })
})

describe('a loop that began long before it is launched', () => {
  const channel = `
loop: true
recurring: [{ every: 1h, scene: Ident, duration: 7m }, { at: "11:58", scene: News, duration: 4m }]
cues: [{ id: spot, scene: A, duration: 10s, actions: [saveReplay] }, { id: film, scene: B, duration: 13m7s }]`

  it('is where it would be if it had played all the time', () => {
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

  it('logs what it missed of the last day, and comes on at once even after years', () => {
    const show = load('start: "2006-03-02T12:00"\nloop: true\ncues: [{ id: spot, scene: A, duration: 9m }]')
    expect(show.cue()).toBe('spot')
    expect(time(show.state().cue?.enteredAt)).toBe('12:00:00')
    expect(show.state().cue?.round).toBe((20 * 365 + 5) * 160)
    expect(show.log()).toHaveLength(161)
    expect(show.log().at(-1)).toBe('spot A schedule onAir')
  })

  it('is over once its rounds are', () => {
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

  it('is joined on the second evening while that is on', () => {
    const show = load(evenings, { at: '2026-03-02T21:29:59' })
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'two', round: 1 } })
  })

  it('is over when the second evening is', () => {
    const show = load(evenings, { at: '2026-03-02T21:30' })
    expect(show.state()).toMatchObject({ mode: 'idle', armedFor: null })
  })

  it('does not wait for the first cue in the forecast of the second evening', () => {
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

  it('does not begin if OBS is already live at launch, and says so until the operator starts the show', () => {
    const show = load(text)
    show.orchestrator.updateStreamStatus('live')
    show.report(up)
    expect(show.state()).toMatchObject({ mode: 'idle', problems: [{ code: 'streamAlreadyLive' }] })
    expect(refusal(show.orchestrator.start())).toBeNull()
    expect(show.state()).toMatchObject({ mode: 'running', problems: [] })
  })

  it('does not begin when a stream reconnects', () => {
    const show = load(text)
    show.report(up)
    show.orchestrator.updateStreamStatus('reconnecting')
    show.orchestrator.updateStreamStatus('live')
    expect(show.state().mode).toBe('idle')
  })

  it('does not begin once the operator has disarmed it or another show has begun', () => {
    const show = load(text)
    show.report(up)
    show.orchestrator.stop()
    show.orchestrator.updateStreamStatus('live')
    expect(show.state().mode).toBe('stopped')
  })

  it('needs no OBS if the caller reports the stream’s status', () => {
    const show = load(text)
    show.orchestrator.configure(schedule(text))
    show.report(up)
    show.orchestrator.updateStreamStatus('live', { since: 5 })
    expect(show.state()).toMatchObject({ mode: 'running', stream: { phase: 'live', since: 5 } })
  })
})
