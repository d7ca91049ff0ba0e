import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActor, initialTransition, type SnapshotFrom, transition } from 'xstate'
import { initialContext } from '../../../src/orchestrator/core/context.ts'
import { nextDue } from '../../../src/orchestrator/core/due.ts'
import type { Input } from '../../../src/orchestrator/core/input.ts'
import { machine } from '../../../src/orchestrator/core/machine.ts'
import { parseCommand } from '../../../src/orchestrator/core/parse.ts'
import { replayed } from '../../../src/orchestrator/core/replayed.ts'
import { type Happening, scheduleOf, stories } from '../../support/arbitraries.ts'

type State = SnapshotFrom<typeof machine>

/** Each event at the interpreter's hand and by replay, from the same state. Returns how many, and from which modes to which. */
function playBoth(atLeast: number): { events: number; ways: Set<string> } {
  const ways = new Set<string>()
  let events = 0
  for (let seed = 1; events < atLeast; seed++) {
    for (const { at, written, steps } of fc.sample(stories(), { numRuns: 50, seed })) {
      let now = at
      let [state] = initialTransition(machine, initialContext(at, seed % 2 === 0))
      const play = (input: Input) => {
        const [interpreted] = transition(machine, state, input)
        const [again] = transition(replayed, state, input)
        // All that isn't the event's doing is the same object in both, so that this doesn't take long.
        if (!isDeepStrictEqual(again, interpreted)) expect(again).toEqual(interpreted)
        if (interpreted === state) expect(again).toBe(state)
        ways.add(`${state.value} ${input.type} ${again.value}`)
        state = again
        events++
      }
      play({ type: 'configure', schedule: scheduleOf(written), at })
      for (const { wait, happening } of steps) {
        now += wait
        for (let i = 0; i < 100; i++) {
          const due = nextDue(state.context, state.value)
          if (due === null || due.at > now) break
          play(due)
        }
        const input = inputOf(happening, state, Math.max(now, state.context.show.at))
        if (input !== null) play(input)
      }
    }
  }
  return { events, ways }
}

function inputOf(happening: Happening, { context }: State, at: number): Input | null {
  switch (happening.kind) {
    case 'command': {
      const parsed = parseCommand(happening.command, at)
      return 'input' in parsed ? parsed.input : null
    }
    case 'configure':
      return { type: 'configure', schedule: scheduleOf(happening.written), at }
    case 'report':
      return { ...happening.report, at }
    case 'clock':
      return { ...happening.event, at }
    case 'gap':
      return { type: 'gap', since: at - 5000, at }
    case 'answer': {
      const takeId = context.take?.id ?? 0
      return happening.good
        ? { type: 'confirmed', takeId, sentAt: at, already: false, at }
        : { type: 'failed', takeId, sentAt: at, reason: 'OBS said no.', at }
    }
    case 'tick':
      return null
  }
}

describe('the replayed machine', () => {
  it('leaves the snapshots that XState leaves, field by field, by 60 000 random events', () => {
    const { events, ways } = playBoth(60_000)
    expect(events).toBeGreaterThanOrEqual(60_000)
    // Many events in each mode: the two have not agreed on nothing.
    expect(ways.size).toBeGreaterThan(150)
  }, 120_000)

  it('leaves to XState only what no mode knows', () => {
    const interpreted = (events: readonly Input[]): number => {
      let microsteps = 0
      const inspect = ({ type }: { type: string }) => {
        if (type === '@xstate.microstep') microsteps++
      }
      const actor = createActor(replayed, { input: initialContext(0, true), inspect })
      actor.start()
      microsteps = 0
      for (const event of events) actor.send(event)
      return microsteps
    }
    const schedule = scheduleOf({
      version: 1,
      cues: [
        { scene: 'A', duration: '1m' },
        { scene: 'B', hold: true },
      ],
    })
    expect(
      interpreted([
        { type: 'pause', at: 0 },
        { type: 'configure', schedule, at: 0 },
        { type: 'start', at: 0 },
        { type: 'pause', at: 1 },
        { type: 'resume', at: 2 },
        { type: 'next', at: 3 },
        { type: 'stop', at: 4 },
      ]),
    ).toBe(0)
    expect(interpreted([{ type: 'due.start', at: 0 }])).toBe(1)
  })
})
