import { describe, expect, it } from 'vitest'
import { endForce, endShow, force, pause, resume } from '../../src/playout/override.ts'
import { emptyShow, type Override, type Show, showWith } from '../../src/playout/show.ts'
import { noon } from '../support/show.ts'
import { begun, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const timeline = timelineOf(threeCues)
const idle: Show = { ...emptyShow, at: noon }

const asked = (scene: string, changes: Partial<Override> = {}) => ({
  scene,
  ends: 'release' as const,
  by: 'operator' as const,
  pause: false,
  transition: null,
  ...changes,
})

describe('a force', () => {
  it('is laid over the show and leaves the playhead alone', () => {
    const show = begun(timeline)
    const forced = force(show, seconds(3), asked('BRB'), 'A')
    expect(forced.override).toMatchObject({ scene: 'BRB', since: seconds(3), reached: -1, back: 'A' })
    expect([forced.at, forced.playhead, forced.pause]).toEqual([seconds(3), show.playhead, null])
  })

  it('replaces the one before, and still leads back to the scene before the first', () => {
    const first = force(idle, seconds(1), asked('BRB'), 'A')
    const second = force(first, seconds(2), asked('Slate'), 'BRB')
    expect(second.override).toMatchObject({ scene: 'Slate', since: seconds(2), back: 'A' })
  })

  it('pauses a running show if it is meant to, but leaves an operator’s pause alone', () => {
    const pausing = asked('BRB', { pause: true })
    expect(force(begun(timeline), seconds(3), pausing, 'A').pause).toEqual({ since: seconds(3), by: 'force' })
    const paused = pause(begun(timeline), seconds(1), 'operator')
    expect(force(paused, seconds(3), pausing, 'A').pause).toEqual({ since: seconds(1), by: 'operator' })
  })

  it('pauses nothing while no show is on', () => {
    expect(force(idle, seconds(3), asked('BRB', { pause: true }), null).pause).toBeNull()
  })

  it('takes the pause of the one before with it', () => {
    const first = force(begun(timeline), seconds(3), asked('BRB', { pause: true }), 'A')
    const second = force(first, seconds(8), asked('Slate'), 'A')
    expect(second.pause).toBeNull()
    expect(playheadOf(second).enteredAt).toBe(seconds(5))
  })

  it('forgets the scene that an earlier release led back to', () => {
    expect(force({ ...idle, back: 'A' }, seconds(1), asked('BRB'), 'A').back).toBeNull()
  })
})

describe('the end of a force', () => {
  it('wants the scene before it back only while no show is on', () => {
    expect(endForce(force(idle, noon, asked('BRB'), 'A'), seconds(5))).toMatchObject({ override: null, back: 'A' })
    expect(endForce(force(begun(timeline), noon, asked('BRB'), 'A'), seconds(5)).back).toBeNull()
  })

  it('resumes the show if the force paused it, and moves the cue by the length of the pause', () => {
    const forced = force(begun(timeline), seconds(3), asked('BRB', { pause: true }), 'A')
    const ended = endForce(forced, seconds(10))
    expect(ended.pause).toBeNull()
    expect(playheadOf(ended)).toMatchObject({ enteredAt: seconds(7), startedAt: seconds(7) })
  })

  it('leaves a pause by the operator', () => {
    const paused = pause(force(begun(timeline), noon, asked('BRB'), 'A'), seconds(2), 'operator')
    expect(endForce(paused, seconds(10)).pause?.by).toBe('operator')
  })

  it('changes nothing where no force is on', () => {
    expect(endForce(idle, seconds(10))).toBe(idle)
  })
})

describe('a pause', () => {
  it('moves all that stands on the show’s clock by its length, to the millisecond', () => {
    const resumed = resume(pause(begun(timeline), seconds(3), 'operator'), seconds(3) + 1)
    expect(playheadOf(resumed)).toMatchObject({ enteredAt: noon + 1, startedAt: noon + 1, arrivedAt: noon })
    expect([resumed.at, resumed.pause]).toEqual([seconds(3) + 1, null])
  })

  it('leaves out a recurring time of day that passed in it, but not one that comes at its end', () => {
    const resumed = resume(pause(begun(timeline), seconds(3), 'operator'), today('12:30'))
    expect(resumed.recurred).toEqual({ position: 0, wall: today('12:30') - 1 })
  })

  it('does not give a recurring time again after the clock was set back', () => {
    const show = showWith(begun(timeline), { offset: -3_600_000 })
    expect(resume(pause(show, seconds(3), 'operator'), seconds(10)).recurred).toEqual(show.recurred)
  })

  it('that never was is not ended', () => {
    const show = begun(timeline)
    expect(resume(show, seconds(3))).toBe(show)
  })
})

describe('a show that is taken off', () => {
  it('has no cue and no pause', () => {
    expect(endShow(pause(begun(timeline), noon, 'operator'), seconds(3), 'A')).toMatchObject({
      at: seconds(3),
      playhead: null,
      pause: null,
      override: null,
    })
  })

  it('leaves a force on, which leads back to the last cue’s scene from then on', () => {
    const forced = force(begun(timeline), noon, asked('BRB'), 'A')
    expect(endShow(forced, seconds(3), 'C').override).toMatchObject({ scene: 'BRB', back: 'C' })
    expect(endShow(forced, seconds(3), null).override?.back).toBe('A')
  })

  it('ends a force that was to last until the end of the cue', () => {
    const forced = force(begun(timeline), noon, asked('BRB', { ends: 'cueEnd' }), 'A')
    expect(endShow(forced, seconds(3), 'C').override).toBeNull()
  })
})
