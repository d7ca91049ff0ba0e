import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { forecastOf } from '../../src/playout/forecast.ts'
import { closeCalls } from './closeCalls.ts'
import { createStage, type Stage } from './stage.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

it('the forecast of a round comes true if a pause ends now and each hold ends after its planned length', () => {
  const law = fc.property(closeCalls(), (story) => {
    const stage = createStage(story)
    for (const step of story.steps) stage.play(step)
    const { timeline, show } = stage.core.context()
    const { cue } = stage.core.snapshot()
    if (cue === null) return
    const expected = forecastOf(timeline, show, stage.now()).cues.map(({ id, expectedAt }) => [id, expectedAt])
    const from = stage.entries.length
    if (stage.core.snapshot().mode === 'paused') stage.command({ type: 'resume' })
    playRound(stage, cue.round)
    const came = new Map<string, number>([[cue.id, cue.enteredAt]])
    for (const { id, at, round } of stage.entries.slice(from)) if (round === cue.round) came.set(id, at)
    expect(expected).toEqual(expected.map(([id]) => [id, came.get(String(id)) ?? null]))
  })
  fc.assert(law, { numRuns })
})

/** Plays the rest of a round, with an operator who ends each hold as planned. */
function playRound(stage: Stage, round: number): void {
  for (;;) {
    const { cue } = stage.core.snapshot()
    const due = stage.core.due()?.at ?? Number.POSITIVE_INFINITY
    if (cue === null || cue.round !== round) return
    const heldUntil = isHeld(stage) ? Math.max(cue.plannedEndsAt ?? 0, stage.now()) : Number.POSITIVE_INFINITY
    if (heldUntil < due) {
      stage.wait(heldUntil - stage.now())
      stage.command({ type: 'unhold' })
    } else stage.wait(due - stage.now())
  }
}

function isHeld(stage: Stage): boolean {
  const { timeline, show } = stage.core.context()
  return show.playhead?.held ?? timeline?.cues[show.playhead?.index ?? -1]?.hold ?? false
}
