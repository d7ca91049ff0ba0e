import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { createStage } from './stage.ts'

/** Counterexamples that the laws have found, each as a director would see it. */
const at = Date.parse('2026-05-04T12:00:00Z')
const start: Command = { type: 'start' }

describe('a force that ends at the moment at which the cue ends', () => {
  it('leaves the acts at the end of the cue undone, as they would be without it', () => {
    const cues = [
      { scene: 'A', duration: '6s', actions: [{ chapter: 'never', after: '6s' }] },
      { scene: 'B', duration: '5s' },
    ]
    const stage = createStage({ at, written: { version: 1, timezone: 'UTC', cues } })
    stage.command(start)
    stage.wait(2000)
    stage.command({ type: 'forceScene', scene: 'C', until: '4s' })
    stage.wait(4000)
    expect(stage.core.snapshot().program.wanted).toBe('B')
    expect(stage.acts).toEqual([])
  })
})

describe('a force while OBS is still switching to another scene', () => {
  it('leads back to the scene that OBS was switching to, not to the one before', () => {
    const written = { version: 1, timezone: 'UTC', cues: [{ scene: 'A', duration: '60s' }] }
    const stage = createStage({ at, written }, { ideal: false })
    stage.command(start)
    stage.report({ type: 'confirmed', takeId: 1, sentAt: at, already: false })
    stage.command({ type: 'stop' })
    stage.command({ type: 'forceScene', scene: 'B' })
    stage.report({ type: 'confirmed', takeId: 2, sentAt: at, already: false })
    stage.command({ type: 'release' })
    stage.wait(10)
    stage.command({ type: 'forceScene', scene: 'C' })
    stage.command({ type: 'release' })
    expect(stage.core.snapshot().program.wanted).toBe('A')
  })
})

describe('a cue whose `until` is past when its turn comes', () => {
  const cues = [
    { scene: 'A', duration: '10s' },
    { scene: 'B', until: '12:00:05' },
  ]

  it('is skipped, and the cue before waits for the hard start after it', () => {
    const written = { version: 1, timezone: 'UTC', cues: [...cues, { scene: 'C', at: '12:00:30', duration: '5s' }] }
    const stage = createStage({ at, written })
    stage.command(start)
    stage.wait(29_999)
    expect(stage.core.snapshot().cue?.id).toBe('a')
    stage.wait(1)
    expect(stage.core.snapshot().cue?.id).toBe('c')
    expect(stage.lines.map(({ cue, outcome }) => [cue, outcome])).toEqual([
      ['a', 'onAir'],
      ['b', 'skipped'],
      ['c', 'onAir'],
    ])
  })

  it('leaves the cue before it on until the hard start of the next round if it was the last', () => {
    const [first, last] = cues
    const written = { version: 1, timezone: 'UTC', loop: true, cues: [{ ...first, at: '12:00:00' }, last] }
    const stage = createStage({ at, written })
    stage.command(start)
    stage.wait(86_400_000 - 1)
    expect(stage.core.snapshot().cue).toMatchObject({ id: 'a', round: 0 })
    stage.wait(1)
    expect(stage.core.snapshot().cue).toMatchObject({ id: 'a', round: 1 })
    expect(stage.lines.map(({ cue, outcome }) => [cue, outcome])).toEqual([
      ['a', 'onAir'],
      ['b', 'skipped'],
      ['a', 'already'],
    ])
  })
})

describe('`next`, when the only cues left have an `until` that is past', () => {
  it('is refused, and the show stays where it is', () => {
    const cues = [
      { scene: 'A', duration: '60s' },
      { scene: 'B', until: '12:00:05' },
    ]
    const stage = createStage({ at, written: { version: 1, timezone: 'UTC', cues } })
    stage.command(start)
    stage.wait(10_000)
    stage.command({ type: 'pause' })
    expect(stage.command({ type: 'next' })).toBe('noNextCue')
    expect(stage.core.snapshot()).toMatchObject({ mode: 'paused', cue: { id: 'a' } })
    stage.command({ type: 'resume' })
    expect(stage.command({ type: 'next' })).toBe('noNextCue')
  })
})
