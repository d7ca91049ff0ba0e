import { describe, expect, it } from 'vitest'
import { play, type Show, schedule } from '../support/show.ts'

const text = `
whenFinished: [stopRecord, stopStream]
cues:
  - { id: one, scene: A, duration: 1m, actions: [startRecord, { chapter: Half, after: 30s }] }
  - { id: two, scene: B, duration: 1m, actions: [{ text: Clock, value: "5" }, { media: Reel, do: pause }, { hotkey: Foo }] }
  - { id: three, scene: C, duration: 1m, actions: [saveReplay] }`

const kinds = (show: Show) => show.acts().map(({ kind }) => kind)

describe('acts', () => {
  it('are due at the entry of their cue or at their offset into it, in the order of time', () => {
    const show = play(text)
    expect(kinds(show)).toEqual(['startRecord'])
    show.wait('29s999ms')
    expect(kinds(show)).toEqual(['startRecord'])
    show.wait('1ms')
    expect(show.acts().at(-1)).toEqual({ kind: 'chapter', title: 'Half' })
    show.wait('30s')
    expect(kinds(show)).toEqual(['startRecord', 'chapter', 'text', 'media', 'hotkey'])
  })

  it('name the cue that asks for them and have unique ids', () => {
    const show = play(text)
    show.wait('3m')
    const acts = show.effects.flatMap((effect) => effect.acts)
    expect(new Set(acts.map(({ id }) => id)).size).toBe(acts.length)
    expect(acts.map(({ cue }) => cue)).toEqual(['one', 'one', 'two', 'two', 'two', 'three', null, null])
  })

  it('of the end of the show happen only if the show ends while running', () => {
    const show = play(text)
    show.wait('3m')
    expect(kinds(show).slice(-2)).toEqual(['stopRecord', 'stopStream'])
    const stopped = play(text)
    stopped.orchestrator.stop()
    expect(kinds(stopped)).toEqual(['startRecord'])
  })

  it('happen under a force too', () => {
    const show = play(text)
    show.orchestrator.forceScene('BRB')
    show.wait('1m')
    expect(kinds(show)).toContain('text')
  })

  it('happen again each time their cue is entered', () => {
    const show = play(text)
    show.orchestrator.next()
    show.orchestrator.previous()
    expect(kinds(show).filter((kind) => kind === 'startRecord')).toHaveLength(2)
  })

  it('are not repeated by a pause, a hold, an extension or a force', () => {
    const show = play(text)
    show.wait('30s')
    show.orchestrator.pause()
    show.wait('10s')
    show.orchestrator.resume()
    show.orchestrator.hold()
    show.orchestrator.unhold()
    show.orchestrator.extend('10s')
    show.orchestrator.forceScene('BRB')
    show.orchestrator.release()
    show.wait('20s')
    expect(kinds(show)).toEqual(['startRecord', 'chapter'])
  })

  it('wait in a pause until the show goes on', () => {
    const show = play(text)
    show.wait('20s')
    show.orchestrator.pause()
    show.wait('1m')
    expect(kinds(show)).toEqual(['startRecord'])
    show.orchestrator.resume()
    show.wait('10s')
    expect(kinds(show)).toEqual(['startRecord', 'chapter'])
  })

  it('of a cue put on in a pause happen at resume', () => {
    const show = play(text)
    show.orchestrator.pause()
    show.orchestrator.next()
    expect(kinds(show)).toEqual(['startRecord'])
    show.orchestrator.resume()
    expect(kinds(show)).toEqual(['startRecord', 'text', 'media', 'hotkey'])
  })

  it('do not happen if a goTo jumps past them', () => {
    const show = play(text)
    show.orchestrator.goTo('one', { offset: '40s' })
    show.wait('10s')
    expect(kinds(show)).toEqual(['startRecord'])
    show.orchestrator.goTo('one', { offset: '30s' })
    expect(kinds(show)).toEqual(['startRecord', 'chapter'])
  })

  it('that a reload adds in a pause do not happen at resume', () => {
    const show = play('cues: [{ scene: A, duration: 5m }, { scene: B, duration: 5m }]')
    show.wait('30s')
    show.orchestrator.pause()
    const acts =
      'startRecord, { chapter: Past, after: 10s }, { chapter: Now, after: 30s }, { chapter: Later, after: 31s }'
    show.orchestrator.configure(
      schedule(`cues: [{ scene: A, duration: 5m, actions: [${acts}] }, { scene: B, duration: 5m }]`),
    )
    show.orchestrator.resume()
    expect(show.acts()).toEqual([])
    show.wait('1s')
    expect(show.acts()).toEqual([{ kind: 'chapter', title: 'Later' }])
  })

  it('of a cue that was put on in a pause happen at resume, even after a reload', () => {
    const show = play(text)
    show.orchestrator.pause()
    show.wait('10s')
    show.orchestrator.goTo('three')
    show.orchestrator.configure(schedule(text.replace('scene: B', 'scene: B2')))
    show.wait('10s')
    show.orchestrator.configure(schedule(text))
    show.orchestrator.resume()
    expect(kinds(show)).toEqual(['startRecord', 'saveReplay'])
  })

  it('are neither triggered nor repeated by a reload', () => {
    const show = play(text)
    show.wait('10s')
    show.orchestrator.configure(schedule(text.replace('[startRecord,', '[startRecord, { chapter: New }, saveReplay,')))
    show.wait('1s')
    expect(kinds(show)).toEqual(['startRecord'])
    show.wait('19s')
    expect(kinds(show)).toEqual(['startRecord', 'chapter'])
  })

  it('of a skipped cue do not happen', () => {
    const show = play(text.replace('{ id: two, scene: B,', '{ id: two, scene: B, skip: true,'))
    show.wait('1m')
    expect(kinds(show)).toEqual(['startRecord', 'chapter', 'saveReplay'])
  })
})
