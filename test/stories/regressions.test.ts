import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { load, noon, play, refusal, type Show, schedule, time } from '../support/show.ts'

/** Bugs of earlier versions, each as a director would notice it. */
const channel = readFileSync(new URL('../../scenes/channel-24-7.yaml', import.meta.url), 'utf8').replace(
  /^version: 1$/m,
  '',
)
const news = `
timezone: UTC
loop: true
cues:
  - { id: morning, scene: A, at: "07:00" }
  - { id: noon, scene: B, at: "12:00" }
  - { id: evening, scene: C, at: "19:00" }`
const twoCues = 'cues: [{ id: one, scene: A, duration: 1m }, { id: two, scene: B, duration: 1m }]'
const up = (program: string, restarted: boolean | null) =>
  ({
    type: 'link',
    phase: 'up',
    obs: { version: '32.0.0', websocket: '5.6', platform: 'linux' },
    restarted,
    program,
  }) as const
const problems = (show: Show) => show.state().problems.map(({ code, message }) => `${code}: ${message}`)
const reload = (show: Show, text: string) => show.orchestrator.configure(schedule(text))

describe('a channel of times of day', () => {
  it('is back on time at its next hard start after `previous`', () => {
    const show = play(channel, { at: '2026-03-02T18:05:00Z' })
    expect(show.cue()).toBe('evening-news')
    show.orchestrator.previous()
    expect(show.cue()).toBe('afternoon')
    show.until('05:59:59')
    expect(show.cue()).toBe('afternoon')
    show.until('06:00:00')
    expect(show.cue()).toBe('morning-news')
    show.wait('96h')
    expect(show.cue()).toBe('morning-news')
    expect(show.state().cue?.endsAt).not.toBeNull()
  })

  it('is back on time at its next hard start after a goTo to an earlier cue and after a hold on the last cue', () => {
    const jumped = play(news, { at: '2026-03-02T20:00:00' })
    jumped.orchestrator.goTo('morning')
    const held = play(news, { at: '2026-03-02T20:00:00' })
    held.orchestrator.hold()
    const extended = play(news.replace('at: "19:00" }', 'at: "19:00", duration: 1h }'), { at: '2026-03-02T19:10:00' })
    extended.orchestrator.extend('30h')
    for (const show of [jumped, held, extended]) {
      show.until('07:00:00')
      expect(show.cue()).toBe('morning')
      show.until('12:00:00')
      expect(show.cue()).toBe('noon')
    }
  })

  it('takes the last hard start that passed in a pause of over a day', () => {
    const show = play(news, { at: '2026-03-02T13:00:00' })
    show.orchestrator.pause()
    show.wait('45h')
    show.orchestrator.resume()
    expect(show.cue()).toBe('morning')
    expect(time(show.state().cue?.enteredAt)).toBe('10:00:00')
    show.until('12:00:00')
    expect(show.cue()).toBe('noon')
  })

  it('is back on time after a sleep with `afterGap: resume` and after the clock was set a day ahead', () => {
    const slept = play(`policies: { afterGap: resume }\n${news}`, { at: '2026-03-02T13:00:00' })
    slept.clock.sleep(30 * 3_600_000)
    slept.wait('1s')
    expect(slept.cue()).toBe('evening')
    const set = play(news, { at: '2026-03-02T13:00:00' })
    set.clock.setWall(86_400_000)
    set.wait('2s')
    expect(set.cue()).toBe('noon')
    set.wait('6h')
    expect(set.cue()).toBe('evening')
    expect(set.state().cue?.round).toBe(1)
  })

  it('keeps its remaining hard starts when the first time is moved later by a reload', () => {
    const show = play(news, { at: '2026-03-02T07:00:00' })
    show.wait('10m')
    reload(show, news.replace('07:00', '07:30'))
    expect(show.state()).toMatchObject({ cue: { id: 'morning' }, next: { id: 'noon' } })
    show.until('12:00:00')
    expect(show.cue()).toBe('noon')
    show.until('19:00:00')
    expect(show.cue()).toBe('evening')
    show.until('07:30:00')
    expect(show.cue()).toBe('morning')
  })
})

describe('a show that somebody saved by hand while the link was down', () => {
  it('stays on air after a reconnect, even if a cue began meanwhile', () => {
    const silent = load(twoCues, { obs: 'silent' })
    silent.report(up('Elsewhere', null))
    silent.orchestrator.start()
    silent.report({ type: 'confirmed', takeId: 1, sentAt: silent.clock.now(), already: false })
    silent.report({ type: 'link', phase: 'down' })
    silent.wait('70s')
    silent.report(up('Rescue', false))
    expect(silent.state()).toMatchObject({
      cue: { id: 'two' },
      override: { scene: 'Rescue', by: 'obs', until: 'cueEnd' },
      program: { wanted: 'Rescue', confirmed: 'Rescue' },
    })
  })

  it('is not taken for our own take that OBS had not confirmed', () => {
    const silent = load(twoCues, { obs: 'silent' })
    silent.report(up('Elsewhere', null))
    silent.orchestrator.start()
    silent.report({ type: 'link', phase: 'down' })
    silent.wait('70s')
    silent.report(up('A', false))
    expect(silent.state()).toMatchObject({ override: null, program: { wanted: 'B' } })
  })
})

describe('a wall clock that is set there and back', () => {
  it('revives no spent hard start and ends no held cue', () => {
    const show = play(news, { at: '2026-03-02T12:00:00' })
    show.orchestrator.goTo('morning')
    const held = play('cues: [{ id: a, scene: A, until: "13:00" }, { id: b, scene: B, duration: 1h }]', {
      at: '2026-03-02T14:00:00',
    })
    held.orchestrator.goTo('a')
    for (const { clock, wait } of [show, held]) {
      for (let i = 0; i < 60; i++) {
        clock.setWall(30)
        wait('1s')
        clock.setWall(-30)
        wait('1s')
      }
      clock.setWall(3_600_000)
      wait('2s')
      clock.setWall(-3_600_000)
      wait('2s')
    }
    expect(show.cue()).toBe('morning')
    expect(held.cue()).toBe('a')
  })
})

describe('recurring entries with `every`', () => {
  it('come only on their days', () => {
    const show = play(
      'recurring: [{ every: 7h, days: [tue], scene: Ident, duration: 10s }]\ncues: [{ scene: A, hold: true }]',
    )
    show.wait('7h')
    expect(show.wanted()).toBe('A')
    show.wait('7h')
    expect(show.wanted()).toBe('Ident')
    show.wait('21h')
    expect(show.wanted()).toBe('Ident')
    show.wait('7h')
    expect(show.wanted()).toBe('A')
  })
})

describe('an attached adapter', () => {
  it('confirms the takes itself, even if it never reports a link', () => {
    const orchestrator = createOrchestrator({ clock: manualClock(noon), schedule: schedule(twoCues) })
    orchestrator.attach(() => {})
    orchestrator.start()
    expect(orchestrator.currentState().program).toMatchObject({ wanted: 'A', confirmed: null })
  })
})

describe('changes of one instant', () => {
  it('make one take, for the last of them', () => {
    const show = play(twoCues)
    show.orchestrator.forceScene('BRB', { until: '60s' })
    const before = show.effects.length
    show.wait('59s')
    expect(show.effects.at(-1)?.next).toMatchObject({ at: noon + 60_000, picture: { scene: 'B' } })
    show.wait('1s')
    expect(show.effects.slice(before).map(({ wanted }) => wanted?.scene)).not.toContain('A')
    expect(show.log().slice(-1)).toEqual(['two B schedule onAir'])
  })

  it('announce no picture that never comes', () => {
    const recurring = play(`recurring: [{ every: 1m, scene: Ident, duration: 5s }]\n${twoCues}`)
    expect(recurring.effects.at(-1)?.next).toMatchObject({ picture: { scene: 'Ident' } })
    recurring.wait('1m')
    expect(recurring.log().slice(-2)).toEqual(['two B recurring covered', '- Ident recurring onAir'])
    const forced = play(news, { at: '2026-03-02T11:00:00' })
    forced.orchestrator.forceScene('BRB', { pause: true, until: '2h' })
    expect(forced.effects.at(-1)?.next).toMatchObject({ picture: { scene: 'B' } })
    forced.wait('2h')
    expect(forced.log().slice(-1)).toEqual(['noon B schedule onAir'])
  })

  it('don’t flash the filler when a hold is released past the end of its cue', () => {
    const show = play(`
filler: Standby
cues:
  - { id: a, scene: A, duration: 1m, hold: true }
  - { id: b, scene: B, duration: 1m }
  - { id: c, scene: C, at: "13:00", duration: 1m }`)
    show.wait('5m')
    show.orchestrator.unhold()
    expect(show.cue()).toBe('b')
    expect(show.effects.map(({ wanted }) => wanted?.scene)).not.toContain('Standby')
  })
})

describe('the as-run log', () => {
  it('says after an outage how late the cue was', () => {
    const show = play(twoCues)
    show.clock.sleep(90_000)
    show.wait('1s')
    const line = show.lines.at(-1)
    expect(line).toMatchObject({ cue: 'two', cause: 'resume', plannedAt: noon + 60_000 })
    expect(line?.errorMs).toBeGreaterThanOrEqual(30_000)
  })

  it('says how late a show is if it was launched after its start time', () => {
    const show = load('start: "11:55"\ncues: [{ id: one, scene: A, duration: 10m }]')
    show.wait('1ms')
    expect(show.lines.at(-1)).toMatchObject({ cue: 'one', plannedAt: noon - 300_000 })
  })

  it('names no cue for the filler, and the cause `resume` if it comes on at resume', () => {
    const show = play(`
filler: Standby
cues:
  - { id: a, scene: A, until: "12:05" }
  - { id: b, scene: B, at: "13:00", duration: 1m }`)
    show.orchestrator.pause()
    show.wait('10m')
    show.orchestrator.resume()
    expect(show.log().at(-1)).toBe('- Standby schedule onAir')
  })
})

describe('a reload', () => {
  it('that changes only the title leaves over/under as it was', () => {
    const text = 'cues: [{ id: a, scene: A, duration: 10m }, { id: b, scene: B, at: "13:00", duration: 5m }]'
    const show = play(text)
    show.orchestrator.extend('2m')
    const { overUnder } = show.state()
    reload(show, `title: Other\n${text}`)
    expect(show.state().overUnder).toBe(overUnder)
  })

  it('that removes the running cue no longer counts it and lets no jump go to it', () => {
    const show = play(twoCues)
    reload(show, 'cues: [{ id: two, scene: B, duration: 1m }]')
    expect(show.state()).toMatchObject({ cue: { id: 'one' }, schedule: { cueCount: 1 }, next: { id: 'two' } })
    expect(refusal(show.orchestrator.goTo('one'))).toBe('unknownCue')
  })

  it('with no later cue in common goes on with the cue at the same place', () => {
    const show = play('cues: [{ id: a, scene: A, duration: 1m }, { id: b, scene: B, duration: 1m }]')
    show.wait('70s')
    reload(show, 'cues: [{ id: x, scene: X, duration: 1m }, { id: y, scene: Y, duration: 1m }]')
    expect(show.state()).toMatchObject({ cue: { id: 'b' }, next: { id: 'y' } })
    show.wait('50s')
    expect(show.cue()).toBe('y')
  })

  it('recognizes a cue whose scene was renamed in OBS and then in the file', () => {
    const show = play('cues: [{ scene: Main, duration: 5m }, { scene: B, duration: 5m }]')
    show.report({ type: 'scenes', scenes: ['Main', 'B'] })
    show.report({ type: 'sceneRenamed', from: 'Main', to: 'Hero' })
    reload(show, 'cues: [{ scene: Hero, duration: 9m }, { scene: B, duration: 5m }]')
    expect(show.state()).toMatchObject({ cue: { id: 'hero' }, next: { scene: 'B' } })
    expect(time(show.state().cue?.endsAt)).toBe('12:09:00')
  })
})

describe('a pause', () => {
  it('shows which cue comes next as hard starts pass', () => {
    const show = play(`
cues:
  - { id: a, scene: A, duration: 10m }
  - { id: b, scene: B, at: "12:30", duration: 10m }
  - { id: c, scene: C, at: "13:00", duration: 10m }`)
    show.orchestrator.pause()
    show.until('12:45:00')
    expect(show.state().next).toMatchObject({ id: 'b', startsAt: noon + 1_800_000 })
    expect(show.orchestrator.forecast().nextHardStart).toMatchObject({ cue: 'b', in: 0 })
    show.until('13:15:00')
    expect(show.state().next).toMatchObject({ id: 'b', startsAt: null })
    expect(show.orchestrator.forecast().nextHardStart).toMatchObject({ cue: 'c', in: 0 })
  })
})

describe('a show that starts with the stream', () => {
  it('says so if OBS was live before the schedule was loaded', () => {
    const show = load(twoCues)
    show.report({ type: 'link', phase: 'connecting' })
    show.report(up('A', null))
    show.orchestrator.updateStreamStatus('live')
    reload(show, `start: stream\n${twoCues}`)
    expect(problems(show).join()).toContain('streamAlreadyLive')
    expect(show.state().mode).toBe('idle')
  })
})

describe('loops of a millisecond', () => {
  const loop = 'loop: true\ncues: [{ id: a, scene: A, duration: 1ms }]'

  it('that start an hour or a year late are on at once', () => {
    const hour = load(`start: "11:00"\n${loop}`)
    hour.wait('1ms')
    expect(hour.state().cue?.round).toBe(3_600_001)
    const year = load(`start: "2025-03-02T12:00"\n${loop}`)
    year.wait('1ms')
    expect(year.state()).toMatchObject({ mode: 'running', cue: { id: 'a' } })
  })

  it('survive ten minutes of sleep', () => {
    const show = play(loop)
    show.clock.sleep(600_000)
    show.wait('1s')
    expect(show.state().cue?.round).toBeGreaterThanOrEqual(600_000)
    expect(show.lines.length).toBeGreaterThanOrEqual(600_000)
  })
})

describe('acts that were due while nobody was there', () => {
  const text = `
cues:
  - { id: a, scene: A, duration: 1m, actions: [{ do: startRecord, after: 30s }] }
  - { id: b, scene: B, duration: 10m, actions: [{ chapter: Talk, after: 5s }] }`

  it('are done if they are at most 10 s old and reported as problems otherwise', () => {
    const show = play(text)
    show.wait('10s')
    show.clock.sleep(60_000)
    show.wait('1s')
    expect(show.acts()).toEqual([{ kind: 'chapter', title: 'Talk' }])
    expect(problems(show).join()).toMatch(/actMissed: startRecord was due at 12:00:30/)
    expect(show.state().problems[0]).toMatchObject({ severity: 'error', line: 5 })
  })

  it('include those of the end of the show', () => {
    const show = play(`whenFinished: [stopStream]\n${twoCues}`)
    show.clock.sleep(125_000)
    show.wait('1s')
    expect(show.state().mode).toBe('finished')
    expect(show.acts()).toEqual([{ kind: 'stopStream' }])
    const late = play(`whenFinished: [stopStream]\n${twoCues}`)
    late.clock.sleep(3_600_000)
    late.wait('1s')
    expect(late.acts()).toEqual([])
    expect(problems(late).join()).toContain('actMissed: stopStream')
  })
})

describe('a force under which the show ended', () => {
  it('leads back to the scene of the last cue', () => {
    const show = play(twoCues)
    show.wait('30s')
    show.orchestrator.forceScene('BRB')
    show.wait('90s')
    expect(show.state().mode).toBe('finished')
    show.orchestrator.release()
    expect(show.log().at(-1)).toBe('- B release onAir')
  })

  it('leads back there too if it was a recurring entry', () => {
    const show = play(`recurring: [{ every: 110s, scene: Ident, duration: 30s }]\n${twoCues}`)
    show.wait('2m')
    expect(show.state()).toMatchObject({ mode: 'finished', override: { scene: 'Ident' } })
    show.wait('20s')
    expect(show.log().at(-1)).toBe('- B release onAir')
  })
})

describe('`next`', () => {
  it('is refused when the only cues left have an `until` that is past', () => {
    const show = play('cues: [{ id: a, scene: A, duration: 3h }, { id: b, scene: B, until: "12:30" }]')
    show.wait('1h')
    expect(refusal(show.orchestrator.next())).toBe('noNextCue')
    expect(show.state()).toMatchObject({ mode: 'running', cue: { id: 'a' } })
  })
})

describe('a stream that OBS gives up on', () => {
  it('is lost, not stopped', () => {
    const show = play(`policies: { streamLost: pause, streamGrace: 10s, streamStopped: stop }\n${twoCues}`)
    show.orchestrator.updateStreamStatus('live')
    show.orchestrator.updateStreamStatus('reconnecting')
    show.wait('5s')
    show.orchestrator.updateStreamStatus('offline')
    expect(show.state().mode).toBe('running')
    show.orchestrator.updateStreamStatus('starting')
    show.wait('5s')
    expect(show.state().mode).toBe('paused')
    show.orchestrator.updateStreamStatus('live')
    expect(show.state().mode).toBe('running')
  })
})

describe('the countdown', () => {
  it('says whether a pause moves its end', () => {
    const show = play(`
cues:
  - { id: a, scene: A, duration: 10m }
  - { id: b, scene: B, until: "12:30" }
  - { id: c, scene: C, hold: true }
  - { id: d, scene: D, at: "13:00", duration: 5m }`)
    const ends = () => show.state().cue?.endsBy
    expect(ends()).toBe('show')
    show.wait('10m')
    expect(ends()).toBe('clock')
    show.wait('20m')
    expect(ends()).toBe('clock')
    show.wait('30m')
    expect(ends()).toBe('show')
    show.orchestrator.hold()
    expect(ends()).toBeNull()
  })
})
