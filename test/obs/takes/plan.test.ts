import { describe, expect, it } from 'vitest'
import { type Mirror, noTake, nothingKnown } from '../../../src/obs/mirror/mirror.ts'
import { plan, type Step } from '../../../src/obs/takes/plan.ts'
import type { Picture } from '../../../src/playout/effect.ts'

const known: Mirror = {
  ...nothingKnown,
  at: 10_000,
  link: 'up',
  available: new Set(['GetCurrentSceneTransitionCursor']),
  scenes: ['A', 'B', 'C'],
  program: 'A',
  transitions: [{ name: 'Cut', fixed: true }],
  transition: { name: 'Cut', duration: 300 },
  take: { ...noTake, id: 1, isSettled: false },
}
const picture = (scene: string): Picture => ({ scene, transition: null, media: null, states: [] })
const asked = (lookAt: number | null) => ({ scene: 'B', takeId: 1, sentAt: 9900, lookAt })
const stepWith = (part: Partial<Mirror>, wanted: Picture | null = picture('B')) =>
  inWords(plan(wanted, null, { ...known, ...part }, null))

function inWords(step: Step): string {
  if (step.kind === 'done') return 'done'
  if (step.kind === 'wait') return `wait until ${step.until}`
  const { request } = step
  if (request.type === 'look') return `look at ${request.at}`
  return request.type === 'scene' ? `set ${request.scene}` : request.type
}

describe('the plan of a take', () => {
  it('sets the scene, reads back whether OBS shows it, and is done once it does', () => {
    expect(stepWith({})).toBe('set B')
    expect(stepWith({ asked: asked(10_000) })).toBe('look at scenes')
    expect(stepWith({ asked: asked(10_250) })).toBe('wait until 10250')
    expect(stepWith({ program: 'B' })).toBe('done')
  })

  it('sends nothing while OBS is away, is being read, or loads a scene collection', () => {
    expect(stepWith({ link: 'waiting' })).toBe('done')
    expect(stepWith({ link: 'reading' })).toBe('done')
    expect(stepWith({ loadingSince: 9000 })).toBe('wait until 39000')
    expect(stepWith({ loadingSince: 9000, at: 39_000 })).toBe('look at everything')
  })

  it('reads everything again before anything else once OBS has changed as a whole', () => {
    expect(stepWith({ isStale: true })).toBe('look at everything')
  })

  it('asks nothing for a moment after OBS has given no answer', () => {
    expect(stepWith({ restsUntil: 10_250 })).toBe('wait until 10250')
  })

  it('first looks at what is on air if that is not known', () => {
    expect(stepWith({ program: null })).toBe('look at scenes')
  })

  it('reads the transitions again, once, before it takes a scene without its own', () => {
    const wanted = { ...picture('B'), transition: { name: 'Fade', duration: null } }
    expect(stepWith({}, wanted)).toBe('look at transitions')
    expect(stepWith({ take: { ...known.take, isTransitionChecked: true } }, wanted)).toBe('set B')
  })

  it('waits in studio mode for the end of a running transition, and asks every 100 ms whether it still runs', () => {
    const running = { studioMode: true, runsSince: 9950 }
    expect(stepWith(running)).toBe('wait until 10050')
    expect(stepWith({ ...running, at: 10_050 })).toBe('look at cursor')
    expect(stepWith({ ...running, at: 10_060, cursorReadAt: 10_055 })).toBe('wait until 10155')
    expect(stepWith({ ...running, available: new Set() })).toBe('wait until 30950')
    expect(stepWith({ studioMode: true, owed: [10_900] })).toBe('wait until 10901')
    expect(stepWith({ ...running, studioMode: false })).toBe('set B')
  })

  it('puts a take before whatever else is to be learnt from OBS', () => {
    const suspicions = [{ at: 9900, lookAt: 10_000, isAnnouncement: false, isLooked: false }]
    expect(stepWith({ suspicions, areScenesStale: true, streamLookAt: 10_000 })).toBe('set B')
    expect(stepWith({ suspicions, program: 'B' })).toBe('look at scenes')
    expect(stepWith({ streamLookAt: 10_000, program: 'B' })).toBe('look at stream')
  })

  it('waits for the earliest of several moments', () => {
    expect(stepWith({ asked: asked(10_250), streamLookAt: 10_100 })).toBe('wait until 10100')
  })

  it('undoes what has left the picture and waits for what is on its way, when nothing is wanted any more', () => {
    const states = [{ state: { kind: 'mute', input: 'Mic', muted: true } as const, done: true, sure: true }]
    expect(stepWith({ states }, null)).toBe('state')
    expect(stepWith({ asked: asked(10_000) }, null)).toBe('look at scenes')
    expect(stepWith({}, null)).toBe('done')
  })

  it("puts the operator's transition back when the adapter closes, after a running one but within a second", () => {
    const leaving = { leavingSince: 10_000, replaced: { name: 'Cut', duration: 310 } }
    expect(stepWith({ ...leaving, runsSince: 9900 })).toBe('wait until 11000')
    expect(stepWith(leaving)).toBe('transitionDuration')
    expect(stepWith({ ...leaving, replaced: { name: 'Cut', duration: null } })).toBe('transition')
    expect(stepWith({ ...leaving, replaced: { name: 'Gone', duration: null } })).toBe('done')
    expect(stepWith({ ...leaving, link: 'waiting' })).toBe('done')
  })
})
