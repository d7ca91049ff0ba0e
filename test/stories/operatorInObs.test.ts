import { describe, expect, it } from 'vitest'
import type { AdapterEvent } from '../../src/orchestrator/core/events.ts'
import { load, noon, play, type Show, schedule } from '../support/show.ts'

const cues = `
cues:
  - { id: one, scene: A, duration: 1m }
  - { id: two, scene: B, duration: 1m }`
const reclaim = `policies: { manualSwitch: reclaim }\n${cues}`

const up = (program: string, restarted: boolean | null): AdapterEvent => ({
  type: 'link',
  phase: 'up',
  obs: { version: '32.0.0', websocket: '5.6', platform: 'linux' },
  restarted,
  program,
})
const problems = (show: Show) => show.state().problems.map(({ code }) => code)

describe('a manual switch that is adopted', () => {
  it('counts as a force by `obs` until the end of the cue', () => {
    const show = play(cues)
    show.wait('10s')
    show.switchTo('X')
    expect(show.state().override).toMatchObject({ scene: 'X', until: 'cueEnd', by: 'obs' })
    expect(show.state().program).toMatchObject({ wanted: 'X', confirmed: 'X', cause: 'manual' })
    show.wait('50s')
    expect(show.state()).toMatchObject({ cue: { id: 'two' }, override: null, program: { wanted: 'B' } })
    expect(show.log()).toEqual(['one A command onAir', '- X manual onAir', 'two B schedule onAir'])
  })

  it('replaces a force and ends its pause', () => {
    const show = play(cues)
    show.orchestrator.forceScene('BRB', { pause: true })
    show.switchTo('X')
    expect(show.state()).toMatchObject({ mode: 'running', override: { scene: 'X', by: 'obs' } })
  })

  it('in the last cue stays on air after the show', () => {
    const show = play(cues)
    show.wait('90s')
    show.switchTo('X')
    show.wait('30s')
    expect(show.state()).toMatchObject({ mode: 'finished', override: null, program: { wanted: null, confirmed: 'X' } })
  })

  it('can be released', () => {
    const show = play(cues)
    show.switchTo('X')
    show.orchestrator.release()
    expect(show.wanted()).toBe('A')
  })

  it('to the wanted scene changes nothing', () => {
    const show = play(cues)
    show.switchTo('A')
    expect(show.state().override).toBeNull()
  })
})

describe('a manual switch that is reclaimed', () => {
  it('is put back', () => {
    const show = play(reclaim)
    show.wait('10s')
    show.switchTo('X')
    expect(show.state()).toMatchObject({ override: null, program: { wanted: 'A', confirmed: 'A', cause: 'reclaim' } })
    expect(show.log().at(-1)).toBe('one A reclaim onAir')
  })

  it('is left on air after three times in 10 s, with a problem: there is a second controller', () => {
    const show = play(reclaim)
    for (let i = 0; i < 3; i++) {
      show.wait('3s')
      show.switchTo('X')
      expect(show.state().program.confirmed).toBe('A')
    }
    show.wait('3s')
    show.switchTo('X')
    expect(show.state().program.confirmed).toBe('X')
    expect(problems(show)).toEqual(['secondController'])
    show.wait('48s')
    expect(show.state().program).toMatchObject({ wanted: 'B', confirmed: 'B' })
    expect(problems(show)).toEqual([])
  })

  it('is put back any number of times if the switches are further apart', () => {
    const show = play(reclaim)
    for (let i = 0; i < 8; i++) {
      show.wait('5s')
      show.switchTo('X')
    }
    expect(show.state().program.confirmed).toBe('A')
    expect(problems(show)).toEqual([])
  })

  it('is put back under a force and in a pause', () => {
    const show = play(reclaim)
    show.orchestrator.pause()
    show.orchestrator.forceScene('BRB')
    show.switchTo('X')
    expect(show.state().program).toMatchObject({ wanted: 'BRB', confirmed: 'BRB' })
  })
})

describe('a manual switch outside of a show', () => {
  it('only ends a force; nothing is sent', () => {
    const show = load(reclaim)
    show.switchTo('X')
    expect(show.state().program).toMatchObject({ wanted: null, confirmed: 'X' })
    show.orchestrator.forceScene('BRB')
    show.switchTo('Y')
    expect(show.state()).toMatchObject({ override: null, program: { wanted: null, confirmed: 'Y' } })
  })
})

describe('scenes of this OBS', () => {
  it('that are missing are replaced by the fallback and reported with their place in the file', () => {
    const show = play(`fallback: Technical Issues\n${cues}`)
    show.report({ type: 'scenes', scenes: ['Technical Issues', 'A', 'Bee'] })
    expect(show.state().problems).toMatchObject([
      {
        severity: 'warning',
        code: 'unknownScene',
        file: 'show.yaml',
        line: 7,
        message: expect.stringContaining('"B"'),
      },
    ])
    show.wait('1m')
    expect(show.state()).toMatchObject({ cue: { id: 'two', scene: 'B' }, program: { wanted: 'Technical Issues' } })
    expect(show.log().at(-1)).toBe('two Technical Issues fallback onAir')
    show.report({ type: 'scenes', scenes: ['Technical Issues', 'A', 'B'] })
    expect(show.wanted()).toBe('B')
    expect(problems(show)).toEqual([])
  })

  it('that are missing without a fallback are requested anyway and reported as an error', () => {
    const show = play(cues)
    show.report({ type: 'scenes', scenes: ['A'] })
    show.wait('1m')
    expect(show.wanted()).toBe('B')
    expect(show.state().problems).toMatchObject([{ severity: 'error', code: 'unknownScene' }])
  })

  it('that go missing during a show are reported without a place if finding it would block the show', () => {
    const large = `${cues}\n${'# a long remark\n'.repeat(7000)}`
    const running = play(large)
    running.report({ type: 'scenes', scenes: ['A'] })
    expect(running.state().problems).toMatchObject([{ code: 'unknownScene' }])
    expect(running.state().problems[0]).not.toHaveProperty('line')
    const idle = load(large)
    idle.report({ type: 'scenes', scenes: ['A'] })
    expect(idle.state().problems).toMatchObject([{ code: 'unknownScene', line: 6 }])
  })

  it('that only a hotkey forces are reported before the key is pressed', () => {
    const show = play(
      `fallback: Oops\n${cues}\nhotkeys:\n  - { keys: F1, forceScene: BRB }\n  - { keys: F2, command: forceScene, scene: Ad }\n`,
    )
    show.report({ type: 'scenes', scenes: ['A', 'B', 'Oops', 'BRBs'] })
    const nothing = 'Until it is there, its hotkey does nothing.'
    expect(show.state().problems).toMatchObject([
      {
        severity: 'warning',
        line: 9,
        message: expect.stringMatching(`no scene "BRB"; did you mean "BRBs".*${nothing}`),
      },
      { severity: 'warning', line: 10, message: expect.stringMatching(`no scene "Ad".*${nothing}`) },
    ])
  })

  it('that are removed while on air are replaced by the fallback', () => {
    const show = play(`fallback: Oops\n${cues}`)
    show.report({ type: 'scenes', scenes: ['A', 'B', 'Oops'] })
    show.report({ type: 'scenes', scenes: ['B', 'Oops'] })
    expect(show.state().program).toMatchObject({ wanted: 'Oops', cause: 'fallback' })
  })

  it('that OBS shows by itself during a take cause no other take', () => {
    const show = play(cues, { obs: 'silent' })
    const { takeId } = show.effects.at(-1) ?? {}
    show.report({ type: 'seen', scene: 'B', by: 'obs' })
    expect(show.effects.at(-1)?.takeId).toBe(takeId)
    expect(show.log()).toEqual([])
    show.report({ type: 'confirmed', takeId: takeId ?? 0, sentAt: null, already: false })
    show.report({ type: 'seen', scene: 'B', by: 'obs' })
    expect(show.log()).toEqual(['one A command onAir'])
    expect(show.state().program.cause).toBe('reconnect')
  })

  it('are replaced by the fallback under a force too if they are missing', () => {
    const show = play(`fallback: Oops\n${cues}`)
    show.orchestrator.forceScene('BRB')
    show.report({ type: 'scenes', scenes: ['A', 'B', 'Oops'] })
    expect(show.wanted()).toBe('Oops')
  })

  it('that are renamed are followed for this run, with a warning that the file is out of date', () => {
    const show = play(cues)
    show.report({ type: 'scenes', scenes: ['A', 'B'] })
    show.report({ type: 'sceneRenamed', from: 'B', to: 'Bee' })
    show.report({ type: 'sceneRenamed', from: 'A', to: 'Aye' })
    expect(show.state().program).toMatchObject({ wanted: 'Aye', confirmed: 'Aye' })
    expect(show.lines).toHaveLength(1)
    expect(show.state().problems).toMatchObject([
      { severity: 'warning', code: 'sceneRenamed' },
      { code: 'sceneRenamed' },
    ])
    show.wait('1m')
    expect(show.state()).toMatchObject({ cue: { scene: 'B' }, program: { wanted: 'Bee' } })
    expect(problems(show)).not.toContain('unknownScene')
  })

  it('that are renamed keep their states and transition under either name; their items are named as in OBS', () => {
    const show = play(`
scenes: { B: { transition: Fade 300ms, actions: [{ mute: Mic }] } }
cues:
  - { scene: A, duration: 1m, actions: [{ hide: Bug }, { show: { scene: B, item: Title } }] }
`)
    show.report({ type: 'scenes', scenes: ['A', 'B'] })
    show.report({ type: 'sceneRenamed', from: 'A', to: 'Aye' })
    show.report({ type: 'sceneRenamed', from: 'B', to: 'Bee' })
    const items = [
      { kind: 'item', scene: 'Aye', item: 'Bug', visible: false },
      { kind: 'item', scene: 'Bee', item: 'Title', visible: true },
    ]
    expect(show.states()).toEqual(items)
    for (const name of ['B', 'Bee']) {
      show.orchestrator.forceScene(name)
      expect(show.effects.at(-1)?.wanted).toMatchObject({
        scene: 'Bee',
        transition: { name: 'Fade' },
        states: [...items, { kind: 'mute', input: 'Mic', muted: true }],
      })
    }
    show.switchTo('A')
    show.switchTo('Bee')
    expect(show.state()).toMatchObject({ override: { scene: 'Bee', by: 'obs' }, program: { cause: 'manual' } })
    expect(show.states()).toHaveLength(3)
  })

  it('that are missing come on as soon as another scene is renamed to their name', () => {
    const show = play('fallback: Standby\ncues: [{ scene: Interview, duration: 1m }]')
    show.report({ type: 'scenes', scenes: ['Intervew', 'Standby'] })
    expect([show.wanted(), problems(show)]).toEqual(['Standby', ['unknownScene']])
    show.report({ type: 'sceneRenamed', from: 'Intervew', to: 'Interview' })
    show.report({ type: 'scenes', scenes: ['Interview', 'Standby'] })
    expect([show.wanted(), problems(show)]).toEqual(['Interview', []])
  })

  it('renamed and renamed back while we were away are called by their old names', () => {
    const show = play(cues)
    show.report({ type: 'scenes', scenes: ['A', 'B'] })
    show.report({ type: 'sceneRenamed', from: 'A', to: 'A2' })
    expect(show.wanted()).toBe('A2')
    show.report({ type: 'link', phase: 'down' })
    show.report({ type: 'scenes', scenes: ['A', 'B'] })
    expect(show.wanted()).toBe('A')
  })

  it('with the old name of a renamed one are put on by the operator as OBS calls them', () => {
    const show = play(cues)
    show.report({ type: 'scenes', scenes: ['A', 'B', 'C'] })
    show.report({ type: 'sceneRenamed', from: 'B', to: 'B2' })
    show.report({ type: 'scenes', scenes: ['A', 'B2', 'C', 'B'] })
    show.switchTo('B')
    expect(show.wanted()).toBe('B')
    show.report({ type: 'sceneRenamed', from: 'B', to: 'B3' })
    expect(show.wanted()).toBe('B3')
    show.wait('1m')
    expect(show.wanted()).toBe('B2')
  })

  it('renamed are a warning only while the file names them', () => {
    const show = play(cues)
    show.report({ type: 'scenes', scenes: ['A', 'B', 'C'] })
    show.report({ type: 'sceneRenamed', from: 'C', to: 'See' })
    expect(problems(show)).toEqual([])
    show.report({ type: 'sceneRenamed', from: 'B', to: 'Bee' })
    expect(problems(show)).toEqual(['sceneRenamed'])
    show.orchestrator.configure(schedule(cues.replace('scene: B', 'scene: Bee')))
    expect(problems(show)).toEqual([])
    show.wait('1m')
    expect(show.wanted()).toBe('Bee')
  })
})

describe('a problem that OBS has with something in the file', () => {
  const text = `
cues:
  - { scene: A, duration: 1m, actions: [{ hide: Bug }, { hide: Title }] }
  - { scene: B, duration: 1m }`
  const missing = (...items: string[]) => ({
    type: 'problems' as const,
    code: 'unknownItem',
    found: items.map((item) => ({
      message: `there is no ${item}`,
      subject: { kind: 'item' as const, scene: 'Aye', item },
    })),
  })
  const told = (show: Show) => show.state().problems.filter(({ code }) => code === 'unknownItem')

  it('has its place in the file, even if the scene was renamed', () => {
    const show = play(text)
    show.report({ type: 'scenes', scenes: ['A', 'B'] })
    show.report({ type: 'sceneRenamed', from: 'A', to: 'Aye' })
    show.report(missing('Bug', 'Title', 'Other'))
    expect(told(show)).toMatchObject([
      { message: 'there is no Bug', line: 5, col: 41 },
      { message: 'there is no Title', line: 5, col: 56 },
      { message: 'there is no Other' },
    ])
    expect(told(show)[2]).not.toHaveProperty('line')
  })

  it('keeps the time at which it was found, whatever else is found or fixed', () => {
    const show = play(text)
    show.report(missing('Bug'))
    show.wait('10s')
    const { seq } = show.state()
    show.report(missing('Bug'))
    expect(show.state().seq).toBe(seq)
    show.report(missing('Title', 'Bug'))
    expect(told(show)).toMatchObject([
      { message: 'there is no Title', since: noon + 10_000 },
      { message: 'there is no Bug', since: noon },
    ])
    expect(show.state().seq).toBe(seq + 1)
    show.report(missing())
    expect(told(show)).toEqual([])
    const found = (severity: 'error' | 'warning') => [{ message: 'there is no Bug', severity }]
    show.report({ type: 'problems', code: 'unknownItem', found: found('warning') })
    show.report({ type: 'problems', code: 'unknownItem', found: found('error') })
    expect(told(show)).toMatchObject([{ severity: 'error' }])
  })
})

describe('the link that comes back', () => {
  it('finds the same OBS with another scene on air: that was a manual switch', () => {
    const show = play(cues)
    show.report(up('A', null))
    show.report({ type: 'link', phase: 'down' })
    expect(show.state().link).toMatchObject({ phase: 'down', since: show.clock.now() })
    show.wait('5s')
    show.report(up('Rescue', false))
    expect(show.state()).toMatchObject({
      link: { phase: 'up', obs: { version: '32.0.0' } },
      override: { scene: 'Rescue', by: 'obs' },
    })
  })

  it('finds a restarted OBS and puts the wanted scene on air', () => {
    const show = play(cues)
    show.report(up('A', null))
    show.report({ type: 'link', phase: 'down' })
    show.report(up('First Scene', true))
    expect(show.state()).toMatchObject({ override: null, program: { wanted: 'A', confirmed: 'A', cause: 'reconnect' } })
    expect(show.log().at(-1)).toMatch(/^one A reconnect/)
  })

  it('puts the wanted scene on air if it connects for the first time during a show', () => {
    const show = play(cues)
    show.report(up('First Scene', null))
    expect(show.state()).toMatchObject({ override: null, program: { wanted: 'A', cause: 'reconnect' } })
  })

  it('sends nothing while nothing is wanted', () => {
    const show = load(cues)
    const before = show.effects.length
    show.report(up('X', null))
    show.report({ type: 'link', phase: 'down' })
    show.report(up('Y', true))
    expect(show.effects.slice(before).filter(({ wanted }) => wanted !== null)).toEqual([])
    expect(show.state().program).toMatchObject({ wanted: null, confirmed: 'Y' })
  })
})
