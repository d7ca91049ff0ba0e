import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Context } from '../../src/orchestrator/core/context.ts'
import { roundTimes } from '../../src/playout/roundTimes.ts'
import type { Instant } from '../../src/time/clock.ts'
import { closeCalls } from './closeCalls.ts'
import { createStage } from './stage.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

describe('hard starts that lie close together', () => {
  it('are taken if they are the last that passed while the cue was on, and never if they came before the cue', () => {
    const law = fc.property(closeCalls(), (story) => {
      const stage = createStage(story)
      for (const step of story.steps) {
        stage.play(step)
        const context = stage.core.context()
        if (stage.core.snapshot().mode === 'running') expect(passedBy(context, stage.now())).toEqual([])
      }
      for (const { cause, at, contextBefore, context } of stage.heard) {
        if (cause.type !== 'due.cue') continue
        const before = contextBefore.show.playhead
        const after = context.show.playhead
        if (before === null || after === null || before.round !== after.round) continue
        const taken = passedBy(contextBefore, at).at(-1)
        if (taken !== undefined) expect(after.index).toBe(taken)
        else {
          expect(after.index).toBe(before.index + 1)
          expect(endOf(contextBefore)).toBeLessThanOrEqual(at)
        }
      }
    })
    fc.assert(law, { numRuns })
  })
})

/** Later cues of the round whose time has come while the current one was on. */
function passedBy({ timeline, show }: Context, at: Instant): readonly number[] {
  const { playhead } = show
  if (timeline === null || playhead === null) return []
  return [...roundTimes(timeline, playhead.day).at]
    .filter(([index, wall]) => index > playhead.index && wall > playhead.arrivedWall)
    .filter(([, wall]) => wall - show.offset <= at)
    .map(([index]) => index)
}

/** The cue's own end; Infinity if it holds. */
function endOf({ ahead, show }: Context): Instant {
  const holds = show.playhead?.held ?? ahead?.cue.hold ?? true
  return (holds ? null : ahead?.own) ?? Number.POSITIVE_INFINITY
}
