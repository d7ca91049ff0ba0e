import fc from 'fast-check'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { commanded, type Happening, moves, type Step, type Story, type Written } from '../support/arbitraries.ts'

/** A Monday noon in UTC. */
const noon = Date.parse('2026-05-04T12:00:00Z')

/**
 * Stories of half a minute in which hard starts lie seconds apart, cues begin and end on them, and pauses, gaps and a clock
 * that is set lead past several at once.
 */
export const closeCalls = (): fc.Arbitrary<Story> =>
  fc
    .record({
      cues: fc.array(
        fc.record({ length: fc.integer({ min: 1, max: 16 }), hold: oneIn(5), isHard: oneIn(2), gap: few(1, 4) }),
        { minLength: 2, maxLength: 6 },
      ),
      first: fc.integer({ min: -3, max: 6 }),
      loop: oneIn(4),
      afterGap: fc.constantFrom('catchUp', 'resume'),
      steps: fc.array(steps(), { minLength: 3, maxLength: 20, size: 'max' }),
    })
    .map(({ cues, first, loop, afterGap, steps }) => ({
      at: noon,
      written: { version: 1, timezone: 'UTC', loop, policies: { afterGap }, cues: withTimes(cues, first) },
      steps: [{ wait: 0, happening: { kind: 'command', command: { type: 'start' } } }, ...steps.flat()],
    }))

/** Named as in the commands of other stories. */
const ids = ['a', 'b', 'c', 'd', 'one', 'two']

type CloseCue = { readonly length: number; readonly hold: boolean; readonly isHard: boolean; readonly gap: number }

function withTimes(cues: readonly CloseCue[], first: number): readonly Written[] {
  let seconds = first
  return cues.map(({ length, hold, isHard, gap }, i) => {
    if (isHard) seconds += gap
    const at = isHard ? { at: new Date(noon + seconds * 1000).toISOString().slice(11, 19) } : {}
    return { id: ids[i], scene: 'ABCD'.charAt(i % 4), duration: `${length * 500}ms`, hold, ...at }
  })
}

function steps(): fc.Arbitrary<readonly Step[]> {
  const pauseForce = fc
    .tuple(fc.constantFrom('A', 'B'), few(1, 12))
    .map(([scene, n]): Command => ({ type: 'forceScene', scene, pause: true, until: `${n * 500}ms` }))
  const clocks = fc
    .integer({ min: -8, max: 12 })
    .map((seconds): Happening => ({ kind: 'clock', event: { type: 'clock', offset: seconds * 1000 } }))
  const gap = fc.constant<Happening>({ kind: 'gap' })
  const plain = fc.constantFrom<Command>({ type: 'previous' }, { type: 'pause' }, { type: 'resume' })
  return fc.oneof(
    { weight: 4, arbitrary: one(commanded(moves)) },
    { weight: 4, arbitrary: one(commanded(plain)) },
    { weight: 2, arbitrary: one(clocks) },
    { weight: 2, arbitrary: one(gap) },
    { weight: 2, arbitrary: one(fc.constant<Happening>({ kind: 'tick' })) },
    { weight: 2, arbitrary: inTurn(one(commanded(pauseForce)), one(gap)) },
    { weight: 2, arbitrary: inTurn(one(commanded(fc.constant<Command>({ type: 'pause' }))), one(clocks)) },
  )
}

const one = (happening: fc.Arbitrary<Happening>): fc.Arbitrary<readonly Step[]> =>
  fc
    .record({
      wait: fc.oneof(
        fc.constant(0),
        few(0, 12).map((n) => n * 500),
      ),
      happening,
    })
    .map((step): readonly Step[] => [step])

const inTurn = (first: fc.Arbitrary<readonly Step[]>, second: fc.Arbitrary<readonly Step[]>) =>
  fc.tuple(first, second).map((both): readonly Step[] => both.flat())

function oneIn(times: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: times }).map((n) => n === times)
}

function few(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max })
}
