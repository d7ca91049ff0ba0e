import { describe, expect, it } from 'vitest'
import type { Action, CueSpec, Schedule } from '../../src/schedule/model/schedule.ts'
import { sceneryOf } from '../../src/simulator/sceneryOf.ts'
import { stations, typesOf } from './station.ts'

const station = stations()

describe('the scenes of the simulator', () => {
  it('begin with the scene that is asked for', async () => {
    const { simulator } = await station({ program: 'Green' })
    expect(simulator.onAir()).toBe('Green')
  })

  it('can be set: missing ones are added, others removed, and the one on air stays on', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.setScenes(['Red', 'News'])
    expect(await me.ask('GetSceneList')).toMatchObject({
      currentProgramSceneName: 'Red',
      scenes: [{ sceneName: 'News' }, { sceneName: 'Red' }],
    })
    expect(typesOf(me)).toContain('SceneCreated')
    expect(typesOf(me)).toContain('SceneRemoved')
  })

  it('can be added to without removing any', async () => {
    const { simulator, client } = await station()
    simulator.furnish({ scenes: ['Red', 'News'], items: [{ scene: 'News', item: 'Logo' }] })
    const me = await client()
    expect((await me.ask('GetSceneList'))['scenes']).toHaveLength(4)
    expect(await me.ask('GetSceneItemId', { sceneName: 'News', sourceName: 'Logo' })).toEqual({ sceneItemId: 1 })
  })

  it('take their inputs with them, except those that other scenes use', async () => {
    const { client } = await station({
      inputs: [{ name: 'Mic', kind: 'pulse_input_capture' }],
      items: [
        { scene: 'Blue', item: 'Logo' },
        { scene: 'Green', item: 'Logo' },
        { scene: 'Blue', item: 'Clock' },
      ],
    })
    const me = await client()
    await me.ask('RemoveScene', { sceneName: 'Blue' })
    const { inputs } = await me.ask('GetInputList')
    expect(inputs).toMatchObject([{ inputName: 'Mic' }, { inputName: 'Logo' }])
  })

  it('can’t be switched to by an unknown name', async () => {
    const { simulator } = await station()
    expect(() => simulator.switchProgram('Nope')).toThrow('The simulator has no scene Nope')
  })

  it('show the scene before if studio mode drops one in mid-transition', async () => {
    const { simulator, clock, client } = await station()
    const me = await client()
    await me.ask('SetStudioModeEnabled', { studioModeEnabled: true })
    simulator.switchProgram('Green')
    clock.advance(100)
    simulator.switchProgram('Blue')
    clock.advance(1000)
    await me.event('CurrentProgramSceneChanged', { sceneName: 'Blue' })
    expect(await me.ask('GetCurrentProgramScene')).toMatchObject({ sceneName: 'Blue' })
    expect(simulator.onAir()).toBe('Green')
    simulator.switchProgram('Blue')
    expect(simulator.onAir()).toBe('Blue')
  })
})

describe('what a simulator provides for a schedule', () => {
  it('is the scene that is on first, then every scene in the schedule', () => {
    const schedule: Schedule = {
      ...empty,
      fallback: 'Technical Issues',
      filler: 'Loop',
      scenes: { Wide: { transition: null, actions: [] } },
      cues: [cue('Main'), cue('Break'), cue('Main')],
      recurring: [{ scene: 'Ident', duration: 1, days: null, when: { kind: 'every', interval: 1 } }],
      hotkeys: [
        { keys, command: { type: 'forceScene', scene: 'BRB' } },
        { keys, command: { type: 'next' } },
      ],
    }
    expect(sceneryOf(schedule).scenes).toEqual([
      'Simulator',
      'Main',
      'Break',
      'Wide',
      'Ident',
      'BRB',
      'Technical Issues',
      'Loop',
    ])
  })

  it('is every input and item in its actions, with sound or media as needed', async () => {
    const scenery = sceneryOf({
      ...empty,
      cues: [
        cue('Main', [
          { after: 0, for: null, state: { kind: 'item', scene: 'Camera 2', item: 'Bug', visible: false } },
          { after: 0, for: null, state: { kind: 'mute', input: 'Mic', muted: true } },
          { after: 0, act: { kind: 'text', input: 'Title', value: 'x' } },
        ]),
        { ...cue('Sponsor'), media: 'Reel', duration: 90_000 },
      ],
      whenFinished: [{ kind: 'media', input: 'Outro', do: 'play' }],
    })
    const { simulator, clock, client } = await station({ ...scenery, program: 'Simulator' })
    const me = await client()
    await me.ask('SetInputMute', { inputName: 'Mic', inputMuted: true })
    await me.ask('SetInputSettings', { inputName: 'Title', inputSettings: { text: 'x' } })
    await me.ask('GetSceneItemId', { sceneName: 'Camera 2', sourceName: 'Bug' })
    await me.ask('GetMediaInputStatus', { inputName: 'Outro' })
    simulator.switchProgram('Sponsor')
    clock.advance(90_000)
    await me.event('MediaInputPlaybackEnded', { inputName: 'Reel' })
  })

  it('is every transition in the schedule', async () => {
    const transition = { name: 'Stinger', duration: null }
    const { transitions } = sceneryOf({
      ...empty,
      transition,
      cues: [{ ...cue('Main'), transition: { name: 'Swipe', duration: 500 } }],
    })
    expect(transitions).toEqual(['Stinger', 'Swipe'])
    const me = await (await station({ transitions })).client()
    await me.ask('SetCurrentSceneTransition', { transitionName: 'Stinger' })
    expect(await me.ask('GetCurrentSceneTransition')).toMatchObject({ transitionFixed: true })
  })
})

const keys = { ctrl: true, alt: true, shift: false, meta: false, code: 'KeyB', label: 'Ctrl+Alt+B' }

const cue = (scene: string, actions: readonly Action[] = []): CueSpec => ({
  id: scene,
  explicitId: false,
  title: scene,
  scene,
  note: null,
  skip: false,
  duration: 1000,
  until: null,
  at: null,
  due: null,
  hold: false,
  media: null,
  warning: null,
  danger: null,
  transition: null,
  actions,
})

const empty: Schedule = {
  version: 1,
  title: null,
  timezone: 'UTC',
  start: { kind: 'manual' },
  days: null,
  rounds: 1,
  whenFinished: [],
  obs: { url: null },
  transition: null,
  fallback: null,
  filler: null,
  policies: {
    manualSwitch: 'adopt',
    afterGap: 'catchUp',
    streamLost: 'continue',
    streamGrace: 0,
    streamStopped: 'continue',
  },
  scenes: {},
  cues: [],
  recurring: [],
  hotkeys: [],
  digest: '',
}
