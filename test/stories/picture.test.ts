import { describe, expect, it } from 'vitest'
import { play, type Show } from '../support/show.ts'

const words = (show: Show) =>
  show
    .states()
    .map((state) =>
      state.kind === 'item'
        ? `${state.scene}/${state.item} ${state.visible ? 'shown' : 'hidden'}`
        : `${state.input} ${state.muted ? 'muted' : 'open'}`,
    )

describe('a state', () => {
  it('of a cue is in the picture while the cue is', () => {
    const show = play(`
cues:
  - { scene: A, duration: 10s, actions: [{ show: Bug }, { hide: { scene: Other, item: Logo } }, { mute: Mic }, { unmute: Music }] }
  - { scene: B, duration: 10s }`)
    expect(words(show)).toEqual(['A/Bug shown', 'Other/Logo hidden', 'Mic muted', 'Music open'])
    show.wait('10s')
    expect(words(show)).toEqual([])
  })

  it('comes after its offset and goes after its time', () => {
    const show = play('cues: [{ scene: A, duration: 1m, actions: [{ show: Bug, after: 10s, for: 8s }] }]')
    show.wait('9s999ms')
    expect(words(show)).toEqual([])
    show.wait('1ms')
    expect(words(show)).toEqual(['A/Bug shown'])
    show.wait('7s999ms')
    expect(words(show)).toEqual(['A/Bug shown'])
    show.wait('1ms')
    expect(words(show)).toEqual([])
  })

  it('waits in a pause with the show’s clock', () => {
    const show = play('cues: [{ scene: A, duration: 1m, actions: [{ show: Bug, after: 10s, for: 8s }] }]')
    show.wait('12s')
    show.orchestrator.pause()
    show.wait('1h')
    expect(words(show)).toEqual(['A/Bug shown'])
    show.orchestrator.resume()
    show.wait('6s')
    expect(words(show)).toEqual([])
  })

  it('is set at once if the operator goes to a point within it, and not if beyond it', () => {
    const show = play('cues: [{ id: a, scene: A, duration: 1m, actions: [{ show: Bug, after: 10s, for: 8s }] }]')
    show.orchestrator.goTo('a', { offset: '12s' })
    expect(words(show)).toEqual(['A/Bug shown'])
    show.orchestrator.goTo('a', { offset: '20s' })
    expect(words(show)).toEqual([])
  })

  it('of a scene comes with the scene, by a cue or by a force', () => {
    const show = play(`
scenes: { A: { actions: [{ mute: Mic }] }, BRB: { actions: [{ mute: Mic }, { mute: Game }] } }
cues: [{ scene: A, duration: 10s }, { scene: B, duration: 10s }]`)
    expect(words(show)).toEqual(['Mic muted'])
    show.wait('10s')
    expect(words(show)).toEqual([])
    show.orchestrator.forceScene('BRB')
    expect(words(show)).toEqual(['Mic muted', 'Game muted'])
    show.orchestrator.release()
    expect(words(show)).toEqual([])
  })

  it('of a cue stays under a force, unlike that of its scene', () => {
    const show = play(`
scenes: { A: { actions: [{ mute: Game }] } }
cues: [{ scene: A, duration: 10s, actions: [{ mute: Mic }] }]`)
    show.orchestrator.forceScene('BRB')
    expect(words(show)).toEqual(['Mic muted'])
  })

  it('of a forced scene runs in real time, which no pause stops', () => {
    const show = play(`
scenes: { BRB: { actions: [{ mute: Mic, after: 5s, for: 5s }] } }
cues: [{ scene: A, duration: 1m }]`)
    show.orchestrator.pause()
    show.orchestrator.forceScene('BRB')
    expect(words(show)).toEqual([])
    show.wait('5s')
    expect(words(show)).toEqual(['Mic muted'])
    show.wait('5s')
    expect(words(show)).toEqual([])
  })

  it('of a forced scene wins over the cue’s on the same target, the cue’s over its scene’s, a later line over an earlier one', () => {
    const show = play(`
scenes:
  A: { actions: [{ mute: Mic }, { mute: Game }, { show: Bug }, { hide: Bug }] }
  BRB: { actions: [{ mute: Mic }] }
cues: [{ scene: A, duration: 1m, actions: [{ unmute: Mic }] }]`)
    expect(words(show).toSorted()).toEqual(['A/Bug hidden', 'Game muted', 'Mic open'])
    show.orchestrator.forceScene('BRB')
    expect(words(show)).toEqual(['Mic muted'])
  })

  it('leaves at the end of the show, when nothing is wanted any more', () => {
    const show = play('cues: [{ scene: A, duration: 10s, actions: [{ mute: Mic }] }]')
    show.wait('10s')
    expect(show.effects.at(-1)?.wanted).toBeNull()
  })
})

describe('the filler', () => {
  it('brings the states of its scene, and the states of the cue leave', () => {
    const show = play(`
filler: Standby
fallback: Oops
scenes: { Standby: { transition: Cut, actions: [{ mute: Game }] }, A: { actions: [{ mute: Music }] } }
cues:
  - { scene: A, duration: 10s, actions: [{ mute: Mic }] }
  - { scene: B, at: "13:00", duration: 10s }`)
    show.wait('10s')
    expect(show.effects.at(-1)?.wanted).toMatchObject({ scene: 'Standby', transition: { name: 'Cut' } })
    expect(words(show)).toEqual(['Game muted'])
    show.report({ type: 'sceneRenamed', from: 'Standby', to: 'Wait' })
    show.orchestrator.forceScene('X')
    show.orchestrator.release()
    expect(show.wanted()).toBe('Wait')
    expect(words(show)).toEqual(['Game muted'])
  })

  it('brings each state at its time, counted from when the filler came on', () => {
    const show = play(`
filler: Standby
scenes: { Standby: { actions: [{ show: Clock, after: 5s, for: 5s }, { mute: Game, after: 2s }] } }
cues:
  - { scene: A, duration: 10s, actions: [{ mute: Mic, after: 13s }] }
  - { scene: B, at: "13:00", duration: 10s }`)
    show.wait('11s999ms')
    expect(words(show)).toEqual([])
    show.wait('1ms')
    expect(words(show)).toEqual(['Game muted'])
    show.wait('3s')
    expect(words(show).toSorted()).toEqual(['Game muted', 'Standby/Clock shown'])
    show.orchestrator.pause()
    show.wait('1m')
    expect(words(show)).toContain('Standby/Clock shown')
    show.orchestrator.resume()
    show.wait('5s')
    expect(words(show)).toEqual(['Game muted'])
  })

  it('continues if a command leaves the cue past its end, and otherwise starts over', () => {
    const show = play(`
filler: Standby
scenes: { Standby: { actions: [{ show: Clock, for: 5s }] } }
cues:
  - { scene: A, duration: 10s }
  - { scene: B, at: "13:00", duration: 10s }`)
    show.wait('13s')
    show.orchestrator.extend('1s')
    show.wait('1s')
    expect(words(show)).toEqual(['Standby/Clock shown'])
    show.wait('1s')
    expect(words(show)).toEqual([])
    show.orchestrator.extend('9s')
    expect(show.wanted()).toBe('A')
    show.wait('5s')
    expect(show.wanted()).toBe('Standby')
    expect(words(show)).toEqual(['Standby/Clock shown'])
  })

  it('leaves at once if the cue is extended in a pause', () => {
    const show = play(`
filler: Standby
cues: [{ scene: A, duration: 10s }, { scene: B, at: "13:00", duration: 10s }]`)
    show.wait('11s')
    show.orchestrator.pause()
    show.orchestrator.extend('500ms')
    expect(show.wanted()).toBe('Standby')
    show.orchestrator.extend('1m')
    expect(show.wanted()).toBe('A')
  })

  it('is replaced by the fallback if this OBS does not have it, and the log says so', () => {
    const show = play(`
filler: Standby
fallback: Oops
cues: [{ scene: A, duration: 10s }, { scene: B, at: "13:00", duration: 10s }]`)
    show.report({ type: 'scenes', scenes: ['A', 'B', 'Oops'] })
    show.wait('10s')
    expect(show.log().at(-1)).toBe('- Oops fallback onAir')
  })

  it('comes and goes with cause `schedule`, even if a command moved the cue’s end or ended its hold', () => {
    const show = play(`
filler: Standby
cues: [{ scene: A, duration: 10s }, { scene: B, at: "13:00", duration: 10s }]`)
    show.wait('5s')
    show.orchestrator.hold()
    show.wait('10s')
    show.orchestrator.unhold()
    show.orchestrator.extend('1m')
    expect(show.log()).toEqual(['a A command onAir', '- Standby schedule onAir', 'a A schedule onAir'])
  })

  it('does not come on for a cue that holds', () => {
    const show = play(`
filler: Standby
cues: [{ scene: A, duration: 10s, hold: true }, { scene: B, at: "13:00", duration: 10s }]`)
    show.wait('1m')
    expect(show.wanted()).toBe('A')
  })
})

describe('a transition', () => {
  it('is the cue’s, else the scene’s, else the schedule’s; otherwise OBS keeps its own', () => {
    const transition = (head: string, cue: string) =>
      play(`${head}\ncues: [{ scene: A, duration: 10s${cue} }]`).effects.at(-1)?.wanted?.transition
    const scene = 'scenes: { A: { transition: Cut } }'
    expect(transition(`transition: Fade 300ms\n${scene}`, ', transition: Stinger')).toEqual({
      name: 'Stinger',
      duration: null,
    })
    expect(transition(`transition: Fade 300ms\n${scene}`, '')).toEqual({ name: 'Cut', duration: null })
    expect(transition('transition: Fade 300ms', '')).toEqual({ name: 'Fade', duration: 300 })
    expect(transition('', '')).toBeNull()
  })

  it('to the fallback is the fallback’s own', () => {
    const show = play(`
fallback: Oops
scenes: { Oops: { transition: Cut } }
cues: [{ scene: A, duration: 10s, transition: Stinger }]`)
    show.report({ type: 'scenes', scenes: ['Oops'] })
    expect(show.effects.at(-1)?.wanted).toMatchObject({ scene: 'Oops', transition: { name: 'Cut' } })
  })
})

describe('the fallback', () => {
  it('brings each of its states at its time, in place of a cue’s scene or a forced one', () => {
    const show = play(`
fallback: Oops
scenes: { Oops: { actions: [{ show: Clock, after: 5s, for: 5s }] } }
cues: [{ scene: A, duration: 1m }]`)
    show.report({ type: 'scenes', scenes: ['BRB', 'Oops'] })
    const clockComesAndGoes = () => {
      show.wait('4s999ms')
      expect(words(show)).toEqual([])
      show.wait('1ms')
      expect(words(show)).toEqual(['Oops/Clock shown'])
      show.wait('5s')
      expect(words(show)).toEqual([])
    }
    clockComesAndGoes()
    show.orchestrator.forceScene('BRB')
    show.report({ type: 'scenes', scenes: ['Oops'] })
    clockComesAndGoes()
  })
})

describe('what comes next', () => {
  it('is given to the adapter with its picture and its time', () => {
    const show = play('cues: [{ scene: A, duration: 10s }, { scene: B, duration: 10s }]')
    expect(show.effects.at(-1)?.next).toMatchObject({ at: show.clock.now() + 10_000, picture: { scene: 'B' } })
    show.orchestrator.hold()
    expect(show.effects.at(-1)?.next).toBeNull()
    show.orchestrator.forceScene('BRB', { until: '5s' })
    expect(show.effects.at(-1)?.next).toMatchObject({ at: show.clock.now() + 5000, picture: { scene: 'A' } })
  })

  it('looks past changes that leave the picture as it is', () => {
    const show = play(`
cues: [{ scene: A, duration: 10s, actions: [{ chapter: Half, after: 5s }] }, { scene: A, duration: 10s }, { scene: B, duration: 10s }]`)
    expect(show.effects.at(-1)?.next).toMatchObject({ at: show.clock.now() + 20_000, picture: { scene: 'B' } })
  })
})
