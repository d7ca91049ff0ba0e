import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/orchestrator/events.ts'
import { createStage } from './stage.ts'

/** What the laws have found, each told as it would be seen. */
const at = Date.parse('2026-05-04T12:00:00Z')
const start: Command = { type: 'start' }

describe('a force that ends in the moment in which the cue ends', () => {
  it('leaves the acts at the end of the cue undone, as without it', () => {
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

describe('a force while OBS is still on its way to another scene', () => {
  it('leads back to the scene that was on its way, not to the one before', () => {
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
