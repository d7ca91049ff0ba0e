import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createObsAdapter } from '../../src/obs/adapter.ts'
import type { ObsReport } from '../../src/obs/mirror/events.ts'
import type { Output } from '../../src/orchestrator/core/output.ts'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import type { Effect } from '../../src/playout/effect.ts'
import { scenes as allScenes, commands, scheduleOf, settings } from '../support/arbitraries.ts'
import { createMemoryObs, type Happening, type Manner } from '../support/memoryObs.ts'
import { type SteppedClock, steppedClock } from '../support/steppedClock.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

const SET_SCENE = 'SetCurrentProgramScene'

const manners: fc.Arbitrary<readonly Manner[]> = fc.array(
  fc.record({
    after: fc.constantFrom(0, 1, 5, 40, 700),
    how: fc.constantFrom<Manner['how'][]>(
      ...(['done', 'done', 'done', 'done', 'done', 'done', 'refused', 'notReady'] as const),
      ...(['lostAfter', 'lostBefore', 'silentAfter', 'silentBefore'] as const),
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

const losable = fc.constantFrom('B', 'C', 'D')
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening[]>(
    ...([{ kind: 'drop' }, { kind: 'restart' }, { kind: 'goDown' }, { kind: 'back' }, { kind: 'back' }] as const),
    ...([
      { kind: 'studioMode', isOn: true },
      { kind: 'studioMode', isOn: false },
    ] as const),
  ),
  fc.constantFrom('A', 'B', 'C', 'D', 'Fallback').map((scene): Happening => ({ kind: 'switch', scene })),
  fc.tuple(fc.constantFrom('remove', 'restore'), losable).map(([kind, scene]): Happening => ({ kind, scene })),
)

const happenings = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, 10, 500, 1000, 5000),
    fc.oneof(
      commands.map((command) => ({ command })),
      happening.map((happening) => ({ happening })),
    ),
  ),
  { maxLength: 25, size: 'max' },
)

it('OBS comes to show what is wanted once it answers, no take that was sent is confirmed unless OBS shows it, and no take is sent again while it is unanswered or once it is confirmed', async () => {
  const law = fc.asyncProperty(settings(), manners, happenings, async ({ at, written }, manners, happenings) => {
    const clock = steppedClock(at)
    const schedule = scheduleOf({ ...written, fallback: 'Fallback' })
    const effects: Effect[] = []
    const confirmed = new Set<number>()
    const wrong: string[] = []
    let switchedAt = Number.NEGATIVE_INFINITY
    let turn = 0
    let isHealthy = false
    const mannerOf = (type: string): Manner => {
      if (type === SET_SCENE) {
        const takeId = effects.at(-1)?.takeId ?? 0
        if (confirmed.has(takeId)) wrong.push(`take ${takeId} was sent again after it had been confirmed`)
        if (obs.unanswered(SET_SCENE).length > 1) wrong.push(`take ${takeId} was sent while OBS had not answered`)
      }
      turn += 1
      const manner = manners[turn % manners.length]
      if (isHealthy || manner === undefined || !/^Set|^GetSceneList/.test(type)) return { after: 1, how: 'done' }
      // A scene that OBS refuses is a take that failed, which nobody repeats.
      return manner.how === 'refused' && !/Transition|Item|Mute/.test(type) ? { ...manner, how: 'done' } : manner
    }
    const obs = createMemoryObs(
      clock,
      { scenes: ['Filler', ...allScenes.filter((name) => name !== 'Filler')] },
      mannerOf,
    )
    // It reports before it is made, while nothing is wanted yet.
    let adapter: Output | null = null
    const orchestrator = createOrchestrator({
      clock,
      onEffect(effect) {
        effects.push(effect)
        adapter?.apply(effect)
      },
    })
    const send = (report: ObsReport) => {
      if (report.type === 'confirmed') {
        confirmed.add(report.takeId)
        const scene = effects.findLast(({ takeId }) => takeId === report.takeId)?.wanted?.scene
        // A take that the core has withdrawn meanwhile has no scene any more.
        // The adapter learns of somebody's switch at the end of its transition, and then looks.
        const isLearning = obs.transitionRuns() || clock.now() < switchedAt + 2000
        if (scene !== undefined && !isLearning && scene !== obs.program() && scene !== obs.onAir())
          wrong.push(`take ${report.takeId} of ${scene} was confirmed while OBS showed ${obs.onAir()}`)
      }
      orchestrator.send(report)
    }
    adapter = createObsAdapter({ url: 'ws://memory', password: null, clock, send, open: obs.open })
    orchestrator.configure(schedule)
    orchestrator.start()
    for (const [wait, one] of happenings) {
      await clock.pass(wait)
      if ('command' in one) orchestrator.send(one.command)
      else {
        if (one.happening.kind === 'switch') switchedAt = clock.now()
        obs.happen(one.happening)
      }
    }

    isHealthy = true
    obs.happen({ kind: 'back' })
    // A force that pauses the show would let it go on by itself.
    orchestrator.release()
    orchestrator.pause()
    await settle(clock, () => effects.length + obs.asked.filter(({ type }) => type === SET_SCENE).length)

    expect(wrong).toEqual([])
    const { program, problems } = orchestrator.currentState()
    expect(effects.at(-1)?.wanted?.scene ?? null).toBe(program.wanted)
    const isLeft = problems.some(({ code }) => code === 'secondController')
    // In studio mode OBS may name a scene that it has dropped; after a lost link nobody can tell.
    const isStudio = happenings.some(([, one]) => 'happening' in one && one.happening.kind === 'studioMode')
    const shown = isStudio ? obs.program() : obs.onAir()
    if (program.wanted !== null && !isLeft) expect(shown).toBe(program.wanted)
    expect(program.confirmed).toBe(shown)
    const closing = adapter.close()
    await clock.pass(5000)
    await closing
    await orchestrator.close()
  })
  await fc.assert(law, { numRuns })
})

/** Lets time pass until nothing more comes of it. */
async function settle(clock: SteppedClock, count: () => number): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const before = count()
    await clock.pass(25_000)
    if (count() === before) return
  }
}
