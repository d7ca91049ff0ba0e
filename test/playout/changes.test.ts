import { describe, expect, it } from 'vitest'
import { type Change, nextChange, step, stepOf } from '../../src/playout/changes.ts'
import { lookAhead } from '../../src/playout/endings.ts'
import { force, pause } from '../../src/playout/override.ts'
import { emptyShow, type Override, playheadWith, type Show, showWith } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import { noon } from '../support/show.ts'
import { begun, ids, on, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const next = (timeline: Timeline, show: Show): Change | null => nextChange(timeline, show, lookAhead(timeline, show))

const forced = (show: Show, ends: Override['ends'], pauses = false): Show =>
  force(show, show.at, { scene: 'F', ends, by: 'operator', pause: pauses, transition: null }, 'A')

/** The changes up to `until`, in order, as `type at`, with the instant in seconds after noon. */
function changesUpTo(timeline: Timeline, from: Show, until: number): readonly string[] {
  const changes: string[] = []
  let show = from
  for (let change = next(timeline, show); change !== null && change.at <= until; change = next(timeline, show)) {
    changes.push(`${change.type} ${(change.at - noon) / 1000}`)
    show = step(timeline, show, change).show
  }
  return changes
}

describe('the next change', () => {
  it('is the end of the cue', () => {
    const timeline = timelineOf(threeCues)
    expect(next(timeline, begun(timeline))).toEqual({
      type: 'due.cue',
      at: seconds(10),
      to: { round: 0, index: 1, day: null },
    })
  })

  it('is the end of the show after the last cue, and then none', () => {
    const timeline = timelineOf(threeCues)
    const last = begun(timeline, noon, 2)
    const end = next(timeline, last)
    expect(end).toEqual({ type: 'due.cue', at: seconds(30), to: null })
    if (end !== null) expect(next(timeline, step(timeline, last, end).show)).toBeNull()
  })

  it('is never before the last one: what became known late comes at that moment', () => {
    const timeline = timelineOf(threeCues)
    expect(next(timeline, showWith(begun(timeline), { at: seconds(15) }))?.at).toBe(seconds(15))
  })

  it('is none for a show that holds and has nothing else to come', () => {
    const timeline = timelineOf('cues: [{ scene: A, hold: true }]')
    expect(next(timeline, begun(timeline))).toBeNull()
  })

  it('may be the end of a force while no show is on, without any schedule', () => {
    const show = forced({ ...emptyShow, at: noon }, seconds(5))
    expect(nextChange(null, show, null)).toEqual({ type: 'due.release', at: seconds(5) })
  })

  it('is the end of a force in a pause too, but not the end of the cue', () => {
    const timeline = timelineOf(threeCues)
    const paused = pause(begun(timeline), noon, 'operator')
    expect(next(timeline, paused)).toBeNull()
    expect(next(timeline, forced(paused, seconds(30)))).toEqual({ type: 'due.release', at: seconds(30) })
  })

  it('is a hard start that passes in a pause, since it changes what comes at resume', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 1m }, { scene: B, at: "12:05", duration: 1m }]')
    const paused = pause(begun(timeline), seconds(10), 'operator')
    expect(next(timeline, paused)).toEqual({ type: 'due.picture', at: today('12:05') })
    expect(next(timeline, showWith(paused, { at: today('12:05') }))).toBeNull()
  })

  it('is the moment at which a cue passes its own end, once', () => {
    const timeline = timelineOf(
      'filler: Z\ncues: [{ scene: A, duration: 1m }, { scene: B, at: "12:05", duration: 1m }]',
    )
    expect(changesUpTo(timeline, begun(timeline), today('12:05'))).toEqual(['due.picture 60', 'due.cue 300'])
  })
})

describe('changes of one instant', () => {
  it('come in this order: a force ends, the cue changes, the picture changes, a recurring entry begins', () => {
    const timeline = timelineOf(`
cues:
  - { scene: A, duration: 10s }
  - { scene: B, duration: 1m, actions: [{ mute: Mic, after: 5s, for: 5s }] }
recurring: [{ every: 20s, scene: Ident, duration: 1s }]
`)
    const show = forced(begun(timeline), seconds(10))
    expect(changesUpTo(timeline, show, seconds(20))).toEqual([
      'due.release 10',
      'due.cue 10',
      'due.picture 15',
      'due.picture 20',
      'due.recur 20',
    ])
  })

  it('may be the ends of several cues, where a boundary was reached late', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 1ms }, { scene: B, duration: 1ms }, { scene: C, hold: true }]',
    )
    expect(changesUpTo(timeline, begun(timeline), seconds(1))).toEqual(['due.cue 0.001', 'due.cue 0.002'])
  })
})

describe('a step over the end of a cue', () => {
  it('puts the next cue on at its exact boundary', () => {
    const timeline = timelineOf(threeCues)
    const { show, skipped } = step(timeline, begun(timeline), {
      type: 'due.cue',
      at: seconds(10),
      to: { round: 0, index: 1, day: null },
    })
    expect(playheadOf(show)).toMatchObject({ index: 1, enteredAt: seconds(10) })
    expect(skipped).toEqual([])
  })

  it('names the cues that a hard start cuts out', () => {
    const timeline = timelineOf(`
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 1m }
  - { id: three, scene: C, duration: 1m }
  - { id: four, scene: D, at: "12:05", duration: 1m }
`)
    const change = next(timeline, begun(timeline))
    expect(change?.at).toBe(today('12:05'))
    if (change !== null) expect(ids(step(timeline, begun(timeline), change).skipped)).toEqual(['two', 'three'])
  })

  it('names those of whole rounds that were missed, in order', () => {
    const timeline = timelineOf(
      'loop: true\ncues: [{ id: one, scene: A, at: "08:00", duration: 1h }, { id: two, scene: B, at: "12:00", duration: 1h }]',
    )
    const show = showWith(begun(timeline, today('12:30')), { at: on('2026-03-05T12:30:00') })
    const change = next(timeline, show)
    expect(change).toMatchObject({ at: on('2026-03-05T12:30:00'), to: { round: 3, index: 1 } })
    if (change !== null) expect(ids(step(timeline, show, change).skipped)).toEqual(['one', 'two', 'one', 'two', 'one'])
  })

  it('makes the acts of the end of the show due, at its end', () => {
    const timeline = timelineOf(`whenFinished: [stopRecord, stopStream]\n${threeCues}`)
    const { show, acts } = step(timeline, begun(timeline, noon, 2), { type: 'due.cue', at: seconds(30), to: null })
    expect(show.playhead).toBeNull()
    expect(acts).toEqual([
      { at: seconds(30), cue: null, act: { kind: 'stopRecord' } },
      { at: seconds(30), cue: null, act: { kind: 'stopStream' } },
    ])
  })

  it('makes no act of the end due before that', () => {
    const timeline = timelineOf(`whenFinished: [stopRecord]\n${threeCues}`)
    const change = next(timeline, begun(timeline))
    if (change !== null) expect(step(timeline, begun(timeline), change).acts).toEqual([])
  })
})

describe('what follows from a changed show', () => {
  const timeline = timelineOf(`
cues:
  - { id: one, scene: A, duration: 10s, actions: [startRecord, { do: saveReplay, after: 4s }, { do: stopRecord, after: 10s }] }
  - { id: two, scene: B, duration: 10s }
`)

  it('is the acts whose offset the play has passed, each with its own instant', () => {
    const late = showWith(begun(timeline), { at: seconds(7) })
    expect(stepOf(timeline, late).acts).toEqual([{ at: seconds(4), cue: 'one', act: { kind: 'saveReplay' } }])
  })

  it('is no act twice', () => {
    const once = stepOf(timeline, showWith(begun(timeline), { at: seconds(4) })).show
    expect(stepOf(timeline, showWith(once, { at: seconds(5) })).acts).toEqual([])
  })

  it('is no act at the very end of its cue, where the next cue is on', () => {
    expect(stepOf(timeline, showWith(begun(timeline), { at: seconds(10) })).acts).toEqual([])
  })

  it('is no act in a pause', () => {
    const paused = showWith(pause(begun(timeline), seconds(2), 'operator'), { at: seconds(7) })
    expect(stepOf(timeline, paused).acts).toEqual([])
  })

  it('is how far a cue has passed its own end, until the end is moved again', () => {
    const held = timelineOf('cues: [{ scene: A, duration: 10s, hold: true }]')
    const over = stepOf(held, showWith(begun(held), { at: seconds(12) })).show
    expect(playheadOf(over).over).toBe(12_000)
    const longer = showWith(over, { at: seconds(13), playhead: playheadWith(playheadOf(over), { adjusted: 60_000 }) })
    expect(playheadOf(stepOf(held, longer).show).over).toBeNull()
  })
})
