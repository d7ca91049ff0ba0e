import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { Story } from '../support/arbitraries.ts'
import { closeCalls } from './closeCalls.ts'
import { createStage } from './stage.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

it('a gap with catchUp leaves the show where it would be without the gap', () => {
  const law = fc.property(closeCalls(), (story) => {
    const missed = whereItCame(story, 'gap')
    const watched = whereItCame(story, 'tick')
    expect(missed).toEqual(watched)
  })
  fc.assert(law, { numRuns })
})

/** Where the show is after each step, with the gaps of the story as gaps or as time that passed. */
function whereItCame({ steps, ...setting }: Story, kind: 'gap' | 'tick') {
  const written = { ...setting.written, policies: { afterGap: 'catchUp' } }
  const stage = createStage({ ...setting, written })
  return steps.map((step) => {
    stage.play(step.happening.kind === 'gap' ? { wait: step.wait, happening: { kind } } : step)
    const { mode } = stage.core.snapshot()
    const { playhead, pause, override } = stage.core.context().show
    return {
      mode,
      pause,
      // The time since which the cue is past its end may differ: hard starts that pass in a pause cause another look.
      playhead: playhead === null ? null : { ...playhead, over: null },
      // Where a release leads back to may differ: cues that passed in a gap were never on air.
      override: override === null ? null : { ...override, back: null },
    }
  })
}
