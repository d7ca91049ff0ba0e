import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { AdapterEvent } from '../../src/orchestrator/core/events.ts'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import type { Effect } from '../../src/playout/effect.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { commands, scheduleOf, settings } from '../support/arbitraries.ts'
import { type Answer, createModelObs, type Fault } from './modelObs.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

const answers: fc.Arbitrary<readonly Answer[]> = fc.array(
  fc.record({
    after: fc.constantFrom(0, 1, 5, 40, 700),
    how: fc.constantFrom('done', 'done', 'done', 'done', 'lostAfter', 'lostBefore'),
  }),
  { minLength: 1, maxLength: 6 },
)

const losable = fc.constantFrom('B', 'C', 'D')
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>({ kind: 'drop' }, { kind: 'restart' }, { kind: 'back' }, { kind: 'back' }),
  fc
    .tuple(fc.constantFrom('A', 'B', 'C', 'D', 'Fallback'), fc.constantFrom('operator', 'obs'))
    .map(([scene, by]): Fault => ({ kind: 'switch', scene, by })),
  fc.tuple(fc.constantFrom('remove', 'restore'), losable).map(([kind, scene]): Fault => ({ kind, scene })),
)

const happenings = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, 10, 500, 1000, 5000),
    fc.oneof(
      commands.map((command) => ({ command })),
      fault.map((fault) => ({ fault })),
    ),
  ),
  { maxLength: 25, size: 'max' },
)

it('OBS comes to show what is wanted once it answers, and no take is sent again once it was answered', () => {
  const law = fc.property(settings(), answers, happenings, ({ at, written }, answers, happenings) => {
    const clock = manualClock(at)
    const schedule = scheduleOf({ ...written, fallback: 'Fallback' })
    const effects: Effect[] = []
    let healthy: readonly Answer[] = answers
    const orchestrator = createOrchestrator({
      clock,
      onEffect(effect) {
        effects.push(effect)
        obs.apply(effect)
      },
    })
    const send = (event: AdapterEvent) => void orchestrator.send(event)
    const obs = createModelObs(clock, () => healthy, send)
    orchestrator.configure(schedule)
    orchestrator.start()
    obs.happen({ kind: 'back' })
    for (const [wait, one] of happenings) {
      clock.advance(wait)
      if ('command' in one) orchestrator.send(one.command)
      else obs.happen(one.fault)
    }

    healthy = [{ after: 1, how: 'done' }]
    orchestrator.pause()
    obs.happen({ kind: 'back' })
    settle(clock.advance, () => effects.length + obs.sent.length)
    obs.happen({ kind: 'back' })
    settle(clock.advance, () => effects.length + obs.sent.length)

    expect(obs.wrong).toEqual([])
    const { program, problems } = orchestrator.currentState()
    expect(effects.at(-1)?.wanted?.scene ?? null).toBe(program.wanted)
    const isLeft = problems.some(({ code }) => code === 'secondController')
    if (program.wanted !== null && !isLeft) expect(obs.program()).toBe(program.wanted)
    expect(program.confirmed).toBe(obs.program())
    void orchestrator.close()
  })
  fc.assert(law, { numRuns })
})

/** Lets time pass until nothing more comes of it. */
function settle(advance: (by: number) => void, count: () => number): void {
  for (let i = 0; i < 200; i++) {
    const before = count()
    advance(25_000)
    if (count() === before) return
  }
}
