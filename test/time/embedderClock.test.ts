import { describe, expect, it } from 'vitest'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import { schedule } from '../support/show.ts'

describe('the clock of an embedder', () => {
  it('may count fractions and go back, but the times of a show are whole milliseconds that never decrease', async () => {
    let now = 1000.4
    const orchestrator = createOrchestrator({
      clock: { now: () => now, setTimer: () => () => {} },
      schedule: schedule('cues: [{ scene: A, duration: 1m }]'),
    })
    orchestrator.start()
    expect(orchestrator.currentState()).toMatchObject({ at: 1000, cue: { enteredAt: 1000, endsAt: 61_000 } })
    now = 900.7
    orchestrator.pause()
    expect(orchestrator.currentState()).toMatchObject({ at: 1000, pausedAt: 1000 })
    expect(orchestrator.now()).toBe(1000)
    await orchestrator.close()
  })
})
