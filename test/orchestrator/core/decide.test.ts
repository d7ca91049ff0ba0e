import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialTransition, type SnapshotFrom, transition } from 'xstate'
import { initialContext } from '../../../src/orchestrator/core/context.ts'
import { nextDue } from '../../../src/orchestrator/core/core.ts'
import { actorStateOf, decide } from '../../../src/orchestrator/core/decide.ts'
import type { Input } from '../../../src/orchestrator/core/input.ts'
import { machine } from '../../../src/orchestrator/core/machine.ts'
import { parseCommand } from '../../../src/orchestrator/core/parse.ts'
import { type Happening, scheduleOf, stories } from '../../support/arbitraries.ts'

type State = SnapshotFrom<typeof machine>

/** What `decide` makes of XState's own state. */
function decided(state: State, event: Input): State {
  const decision = decide(state, event)
  if (decision.refused !== null) return state
  const { value, context } = decision
  return value === state.value && context === state.context ? state : actorStateOf(decision)
}

/** Every field of a snapshot, those that it shares with others in its mode included. */
function fieldsOf(state: State): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name in state) fields[name] = Reflect.get(state, name)
  return fields
}

/** Each event by the interpreter and by `decide`, from the same state. Returns how many, and from which modes to which. */
function playBoth(atLeast: number): { events: number; ways: Set<string> } {
  const ways = new Set<string>()
  let events = 0
  for (let seed = 1; events < atLeast; seed++) {
    for (const { at, written, steps } of fc.sample(stories(), { numRuns: 50, seed })) {
      let now = at
      let [state] = initialTransition(machine, initialContext(at, seed % 2 === 0))
      const play = (input: Input) => {
        const [interpreted] = transition(machine, state, input)
        const again = decided(state, input)
        // All that isn't the event's doing is the same object in both, so that this doesn't take long.
        if (!isDeepStrictEqual(fieldsOf(again), fieldsOf(interpreted)))
          expect(fieldsOf(again)).toEqual(fieldsOf(interpreted))
        if (interpreted === state) expect(again).toBe(state)
        ways.add(`${state.value} ${input.type} ${again.value}`)
        state = interpreted
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
      const takeId = context.air.take?.id ?? 0
      return happening.good
        ? { type: 'confirmed', takeId, sentAt: at, already: false, at }
        : { type: 'failed', takeId, sentAt: at, reason: 'OBS said no.', at }
    }
    case 'tick':
      return null
  }
}

describe('a decision', () => {
  it('leaves the snapshot that XState leaves, field by field, for each of 60,000 random events', () => {
    const { events, ways } = playBoth(60_000)
    expect(events).toBeGreaterThanOrEqual(60_000)
    // Many events in each mode: there was something to agree on.
    expect(ways.size).toBeGreaterThan(150)
  }, 120_000)
})
