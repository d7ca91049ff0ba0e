import { describe, expect, it } from 'vitest'
import { load, noon } from '../support/show.ts'

const cues = 'cues: [{ id: one, scene: A, duration: 1m }, { id: two, scene: B, duration: 1m }]'
const obs = { version: '32.0.0', websocket: '5.6', platform: 'linux' }

/** A show on a main output and a backup, whose reports the test makes. */
function onTwo() {
  const show = load(cues, { obs: 'silent' })
  show.orchestrator.attach(() => {}, 'backup')
  show.report({ type: 'link', phase: 'up', obs, restarted: null, program: 'X' })
  show.orchestrator.start()
  return show
}

describe('an output besides the first one', () => {
  it('confirms nothing for the show', () => {
    const show = onTwo()
    show.report({ type: 'confirmed', takeId: 1, sentAt: noon, already: false, output: 'backup' })
    expect(show.state().program).toMatchObject({ wanted: 'A', confirmed: 'X' })
    expect(show.lines).toEqual([])
    show.report({ type: 'confirmed', takeId: 1, sentAt: noon, already: false, output: 'main' })
    expect(show.state().program.confirmed).toBe('A')
    expect(show.log()).toEqual(['one A command onAir'])
  })

  it('has a link of its own', () => {
    const show = onTwo()
    const before = show.state()
    show.report({ type: 'link', phase: 'down', output: 'backup' })
    expect(show.state()).toBe(before)
    expect(show.orchestrator.checkpoint().checkpoint.outside.others).toMatchObject([
      { name: 'backup', link: { phase: 'down' } },
    ])
  })

  it('decides nothing: neither its stream, nor a switch by hand, nor its scenes and media', () => {
    const show = onTwo()
    show.report({ type: 'seen', scene: 'Y', by: 'operator', output: 'backup' })
    show.report({ type: 'scenes', scenes: ['Y'], output: 'backup' })
    show.report({ type: 'recording', phase: 'recording', output: 'backup' })
    show.orchestrator.updateStreamStatus('live', { output: 'backup' })
    expect(show.state()).toMatchObject({
      override: null,
      problems: [],
      recording: { phase: 'off' },
      stream: { phase: 'offline' },
    })
  })

  it('has problems of its own, which leave those of the first one alone', () => {
    const show = onTwo()
    const found = [{ message: 'no such input' }]
    show.report({ type: 'problems', code: 'unknownInput', found })
    show.report({ type: 'problems', code: 'unknownInput', found, output: 'backup' })
    show.report({ type: 'failed', takeId: 1, sentAt: noon, reason: 'no such scene', output: 'backup' })
    expect(show.state().problems.map(({ code, output }) => [code, output])).toEqual([
      ['unknownInput', undefined],
      ['unknownInput', 'backup'],
      ['takeFailed', 'backup'],
    ])
    show.report({ type: 'problems', code: 'unknownInput', found: [] })
    expect(show.state().problems.map(({ output }) => output)).toEqual(['backup', 'backup'])
    expect(show.lines).toEqual([])
  })
})
