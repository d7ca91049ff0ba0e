import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { restore } from '../../src/orchestrator/core/checkpoint.ts'
import type { Context } from '../../src/orchestrator/core/context.ts'
import type { Orchestrator } from '../../src/orchestrator/orchestrator.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { freshFolder } from '../store/folders.ts'
import { type Life, live } from '../store/lives.ts'
import { type Step, type Story, scheduleOf } from '../support/arbitraries.ts'
import { closeCalls } from './closeCalls.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Math.ceil(Number(process.env['LAW_RUNS'] ?? 200) / 4)

it('a show that is killed at any time, and goes on from its files, is where it would be without that', async () => {
  const law = fc.asyncProperty(closeCalls(), fc.array(fc.boolean(), { minLength: 5 }), async (story, kills) => {
    const written = { ...story.written, policies: { afterGap: 'catchUp' } }
    const steps = story.steps.filter(({ happening }) => happening.kind === 'command' || happening.kind === 'tick')
    const watched = await whereItCame({ ...story, written, steps }, () => false)
    expect(await whereItCame({ ...story, written, steps }, (i) => kills[i % kills.length] === true)).toEqual(watched)
  })
  await fc.assert(law, { numRuns })
})

/** Where the show is after each step. `isKilled` before the time of a step passes. */
async function whereItCame({ at, written, steps }: Story, isKilled: (step: number) => boolean) {
  const schedule = scheduleOf(written)
  let life = await live(await freshFolder(), schedule, { clock: manualClock(at) })
  const places: unknown[] = []
  for (const [i, step] of steps.entries()) {
    const { mode } = life.orchestrator.currentState()
    if (isKilled(i) && (mode === 'running' || mode === 'paused')) {
      await life.written()
      const { wait } = step
      const wall = life.clock.wall()
      life = await live(await life.kill(), schedule, { clock: manualClock(wall + wait) })
    } else life.clock.advance(step.wait)
    tell(life.orchestrator, step)
    places.push(placeOf(life))
  }
  return places
}

function tell(orchestrator: Orchestrator, { happening }: Step): void {
  if (happening.kind === 'command') orchestrator.send(happening.command)
}

function placeOf({ orchestrator }: Life) {
  const { mode } = orchestrator.currentState()
  const { show, air }: Context = restore(orchestrator.checkpoint().checkpoint).context
  const { playhead, pause, override } = show
  return {
    mode,
    pause,
    wanted: air.picture,
    // As after a gap.
    playhead: playhead === null ? null : { ...playhead, over: null },
    override: override === null ? null : { ...override, back: null },
  }
}
