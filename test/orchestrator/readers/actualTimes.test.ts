import { describe, expect, it } from 'vitest'
import { createActualTimes } from '../../../src/orchestrator/readers/actualTimes.ts'
import { load, type Show, time } from '../../support/show.ts'

const cues = 'cues: [{ scene: A, duration: 10s }, { scene: B, duration: 20s }, { scene: C, duration: 30s }]'

const watched = (text: string, { from = load(text) }: { from?: Show } = {}) => {
  const actual = createActualTimes(from.state())
  from.orchestrator.subscribe(actual.note)
  const of = (cue: string) => {
    const times = actual.of(cue)
    return times === null ? null : [time(times.at), time(times.endsAt)]
  }
  return { ...from, of }
}

describe('when a cue was on', () => {
  it('is known from when it goes on, and its end once it is over', () => {
    const { orchestrator, wait, of } = watched(cues)
    expect(of('a')).toBeNull()
    orchestrator.start()
    expect(of('a')).toEqual(['12:00:00', null])
    wait('12s')
    expect([of('a'), of('b'), of('c')]).toEqual([['12:00:00', '12:00:10'], ['12:00:10', null], null])
  })

  it('is not moved by a pause', () => {
    const { orchestrator, wait, of } = watched(cues)
    orchestrator.start()
    wait('5s')
    orchestrator.pause()
    wait('1m')
    orchestrator.resume()
    wait('5s')
    expect([of('a'), of('b')]).toEqual([
      ['12:00:00', '12:01:10'],
      ['12:01:10', null],
    ])
  })

  it('is the last time for a cue that is played twice', () => {
    const { orchestrator, wait, of } = watched(cues)
    orchestrator.start()
    wait('12s')
    orchestrator.previous()
    expect(of('a')).toEqual(['12:00:12', null])
    wait('3s')
    orchestrator.goTo('a')
    expect(of('a')).toEqual(['12:00:15', null])
  })

  it('stays until the next show, and begins anew with each round', () => {
    const { orchestrator, wait, of } = watched(`loop: true\n${cues}`)
    orchestrator.start()
    wait('61s')
    expect([of('a'), of('b')]).toEqual([['12:01:00', null], null])
    orchestrator.stop()
    expect(of('a')).toEqual(['12:01:00', '12:01:01'])
    orchestrator.start({ cue: 'c' })
    expect([of('a'), of('c')]).toEqual([null, ['12:01:01', null]])
  })

  it('is known for a cue that was on before anybody looked', () => {
    const from = load(cues)
    from.orchestrator.start()
    from.wait('4s')
    const { of } = watched(cues, { from })
    expect(of('a')).toEqual(['12:00:00', null])
  })
})
