import { describe, expect, it } from 'vitest'
import { controlOf } from '../../src/orchestrator/control.ts'
import { crossesCue } from '../../src/orchestrator/cueGuard.ts'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { schedule } from '../support/show.ts'

const show = schedule('cues: [{ scene: A, duration: 10s }, { scene: B, duration: 10s }]')

describe('the control that surfaces get', () => {
  it('sends commands and shows what they did', () => {
    const clock = manualClock(1000)
    const control = controlOf(createOrchestrator({ schedule: show, clock }))
    const seen: string[] = []
    control.subscribe(({ mode }) => seen.push(mode))
    control.asRun(({ scene }) => seen.push(scene))
    expect(control.send({ type: 'start' })).toMatchObject({ accepted: true })
    expect(control.currentState().cue?.id).toBe('a')
    expect(control.forecast().cues).toHaveLength(2)
    expect(control.now()).toBe(1000)
    expect(seen.sort()).toEqual(['A', 'running'])
  })

  it("knows OBS's scenes once the adapter has reported them", () => {
    const orchestrator = createOrchestrator({ clock: manualClock() })
    const control = controlOf(orchestrator)
    expect(control.scenes()).toBeNull()
    orchestrator.send({ type: 'scenes', scenes: ['B', 'A'] })
    expect(control.scenes()).toEqual(['B', 'A'])
  })
})

describe('in the first 500 ms of a cue', () => {
  const orchestrator = createOrchestrator({ schedule: show, clock: manualClock(10_000) })
  orchestrator.start()
  const state = orchestrator.currentState()

  it.each(['next', 'previous', 'skipCurrentScene'])('a key for %s is ignored', (command) => {
    expect(crossesCue(command, state, 10_499)).toBe('the cue began less than 500 ms ago')
    expect(crossesCue(command, state, 10_500)).toBeNull()
  })

  it('a scene can still be forced', () => {
    expect(crossesCue('forceScene', state, 10_000)).toBeNull()
  })

  it('next is sent if there is no cue, so that the orchestrator can say why not', () => {
    expect(crossesCue('next', { ...state, cue: null }, 10_000)).toBeNull()
  })
})

describe('an orchestrator', () => {
  it('can have send taken off it, but no command method', () => {
    const { send, start } = createOrchestrator({ schedule: show, clock: manualClock() })
    expect(send({ type: 'start' })).toMatchObject({ accepted: true })
    // @ts-expect-error A method needs its orchestrator.
    expect(() => start()).toThrow(TypeError)
  })

  it('knows its schedule and how far the wall clock is ahead', () => {
    const orchestrator = createOrchestrator({ clock: manualClock() })
    expect([orchestrator.schedule(), orchestrator.wallOffset()]).toEqual([null, 0])
    orchestrator.configure(show)
    orchestrator.send({ type: 'clock', offset: 3_600_000 })
    expect([orchestrator.schedule(), orchestrator.wallOffset()]).toEqual([show, 3_600_000])
  })
})
