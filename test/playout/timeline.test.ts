import { describe, expect, it } from 'vitest'
import { compile, cueAfter, marksOfScene, sceneSpec } from '../../src/playout/timeline.ts'
import { schedule } from '../support/show.ts'
import { cueAt, ids, threeCues, timelineOf } from './shows.ts'

describe('a compiled schedule', () => {
  it('is the same timeline each time the same schedule is compiled', () => {
    const read = schedule(threeCues)
    expect(compile(read)).toBe(compile(read))
    expect(compile(schedule(threeCues))).not.toBe(compile(read))
  })

  it('leaves skipped cues out but remembers where each cue stands in the file', () => {
    const timeline = timelineOf(`
cues:
  - { id: one, scene: A, duration: 1s, skip: true }
  - { id: two, scene: B, duration: 1s }
  - { id: three, scene: C, duration: 1s, skip: true }
  - { id: four, scene: D, duration: 1s }
`)
    expect(timeline.cues.map(({ id, index, place }) => [id, index, place])).toEqual([
      ['two', 0, 1],
      ['four', 1, 3],
    ])
    expect([...timeline.byId]).toEqual([
      ['two', 0],
      ['four', 1],
    ])
  })

  it('adds up the planned lengths, counting an open hold as nothing', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 10s }, { scene: B, hold: true }, { scene: C, hold: true, duration: 5s }]',
    )
    expect([...timeline.sums]).toEqual([0, 10_000, 10_000, 15_000])
  })

  it('ends a plain run at a hold, at media, at a time of day and at the end of the round', () => {
    const timeline = timelineOf(`
cues:
  - { scene: A, duration: 1s }
  - { scene: B, duration: 1s }
  - { scene: C, duration: 1s, hold: true }
  - { scene: D, duration: 1s, media: Reel }
  - { scene: E, duration: 1s }
  - { scene: F, at: "20:00", duration: 1s }
  - { scene: G, until: "21:00" }
  - { scene: H, duration: 1s }
`)
    expect([...timeline.runs]).toEqual([2, 2, 2, 3, 5, 5, 6, 8, 8])
  })

  it('lists the cues with a hard start, and those with any time of day', () => {
    const timeline = timelineOf(`
cues:
  - { scene: A, duration: 1m }
  - { scene: B, until: "19:00" }
  - { scene: C, at: "20:00", until: "20:30" }
  - { scene: D, due: "20:30", duration: 1m }
`)
    expect(timeline.hard).toEqual([2])
    expect(timeline.timed).toEqual([1, 2])
  })

  it.each([
    ['plain durations', 'cues: [{ scene: A, duration: 1s }, { scene: B, duration: 1s }]', true],
    ['media, which lasts its duration at the longest', 'cues: [{ scene: A, duration: 1s, media: Reel }]', true],
    ['a hold with a planned length', 'cues: [{ scene: A, duration: 1s, hold: true }]', false],
    ['a cue with `until`', 'cues: [{ scene: A, until: "20:00" }]', false],
    ['a hard start', 'cues: [{ scene: A, at: "20:00", duration: 1s }]', false],
  ])('has a fixed length or not: %s', (_, text, isFixed) => {
    expect(timelineOf(text).isFixed).toBe(isFixed)
  })

  it('takes the transition of the cue, else of its scene, else of the schedule', () => {
    const timeline = timelineOf(`
transition: Fade 300ms
scenes: { B: { transition: Cut } }
cues:
  - { scene: A, duration: 1s }
  - { scene: B, duration: 1s }
  - { scene: B, duration: 1s, transition: Stinger }
`)
    expect(timeline.cues.map(({ transition }) => transition?.name)).toEqual(['Fade', 'Cut', 'Stinger'])
  })

  it('does not take a property that every object has for a scene of the schedule', () => {
    const timeline = timelineOf('cues: [{ scene: constructor, duration: 1s }]')
    expect(cueAt(timeline, 0).transition).toBeNull()
    expect(sceneSpec(timeline, 'constructor')).toBeNull()
  })
})

describe('the marks of a cue', () => {
  it('are the offsets at which a state comes or goes or an act is due, ascending, each once', () => {
    const timeline = timelineOf(`
scenes: { A: { actions: [{ mute: Mic, after: 3s, for: 2s }] } }
cues:
  - scene: A
    duration: 1m
    actions:
      - { show: Bug, after: 10s, for: 5s }
      - { do: startRecord, after: 5s }
      - stopStream
`)
    expect(cueAt(timeline, 0).marks).toEqual([0, 3000, 5000, 10_000, 15_000])
  })

  it('include those of the fallback, which may come in the place of the scene', () => {
    const timeline = timelineOf(`
fallback: Oops
scenes: { Oops: { actions: [{ mute: Mic, after: 7s }] } }
cues: [{ scene: A, duration: 1m }]
`)
    expect(cueAt(timeline, 0).marks).toEqual([7000])
  })

  it('are none for a cue without actions', () => {
    expect(timelineOf(threeCues).cues.map(({ marks }) => marks.length)).toEqual([0, 0, 0])
  })
})

describe('the marks of a scene', () => {
  const text = `
scenes: { A: { actions: [{ mute: Mic, after: 3s }] }, Oops: { actions: [{ mute: Desk, after: 7s }] } }
cues: [{ scene: A, duration: 1m }]
`
  it('are its own, and those of the fallback', () => {
    expect(marksOfScene(timelineOf(`fallback: Oops\n${text}`), 'A')).toEqual([3000, 7000])
  })

  it('are those of the fallback for a scene that the schedule says nothing about', () => {
    expect(marksOfScene(timelineOf(`fallback: Oops\n${text}`), 'Z')).toEqual([7000])
    expect(marksOfScene(timelineOf(text), 'Z')).toEqual([])
  })
})

describe('the cue that is on after an offset in a plain run', () => {
  it('is the next one from exactly the boundary on', () => {
    const timeline = timelineOf(threeCues)
    expect([0, 9999, 10_000, 29_999, 30_000, 59_999].map((offset) => cueAfter(timeline, 0, offset))).toEqual([
      0, 0, 1, 1, 2, 2,
    ])
  })

  it('counts from the cue that it is asked from', () => {
    expect(cueAfter(timelineOf(threeCues), 1, 19_999)).toBe(1)
    expect(cueAfter(timelineOf(threeCues), 1, 20_000)).toBe(2)
  })

  it('is the end of the run for an offset beyond it', () => {
    expect(cueAfter(timelineOf(threeCues), 0, 60_000)).toBe(3)
    const held = timelineOf('cues: [{ scene: A, duration: 1s }, { scene: B, hold: true }, { scene: C, duration: 1s }]')
    expect(cueAfter(held, 0, 3_600_000)).toBe(1)
  })

  it('is found among cues of 1 ms', () => {
    const timeline = timelineOf(
      `cues: [${Array.from({ length: 100 }, () => '{ scene: A, duration: 1ms }').join(', ')}]`,
    )
    expect([0, 1, 57, 99, 100].map((offset) => cueAfter(timeline, 0, offset))).toEqual([0, 1, 57, 99, 100])
    expect(ids(timeline.cues).length).toBe(100)
  })
})
