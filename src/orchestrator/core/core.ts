import { createActor } from 'xstate'
import type { Instant } from '../../time/clock.ts'
import type { Context } from './context.ts'
import { type Due, nextDue } from './due.ts'
import { type Reason, refusals } from './guards.ts'
import type { Cause, Input } from './input.ts'
import { machine } from './machine.ts'
import { replayed, stateIn } from './replayed.ts'
import type { Mode, Snapshot } from './snapshot.ts'
import { blank, snapshotOf } from './view.ts'

/** One event, and what it has made of the state. */
export type Heard = {
  readonly at: Instant
  readonly cause: Cause
  /** Why it was refused; null for an accepted one. */
  readonly refused: Reason | null
  readonly before: Snapshot
  readonly after: Snapshot
  readonly contextBefore: Context
  readonly context: Context
}

/** The one owner of the state: a single actor that is told of events in order. It reads no clock. */
export type Core = {
  snapshot(): Snapshot
  context(): Context
  /** What comes next by itself. */
  due(): Due | null
  /** Plays all that is due up to and at `at`, one change a boundary, each at its own time. */
  playTo(at: Instant): void
  /** Judges one event as of its `at`, up to which all has been played. Returns why it was refused, or null. */
  judge(input: Input, cause: Cause): Reason | null
}

/** `heard` is told of each event that was refused or has changed anything. `from`: the state to go on from, if not the first. */
export function createCore(
  initial: Context,
  heard: (event: Heard) => void,
  from: { readonly mode: Mode; readonly seq: number } = { mode: 'unconfigured', seq: 0 },
): Core {
  const { mode, seq } = from
  const actor = createActor(replayed, { input: initial, snapshot: stateIn(mode, initial) })
  actor.start()
  let state = actor.getSnapshot()
  let snapshot: Snapshot = snapshotOf(initial, mode, initial.show.at, { ...blank, seq: seq - 1 })
  let due: Due | null = nextDue(initial, mode)

  const apply = (input: Input, cause: Cause): Reason | null => {
    const { context: contextBefore } = state
    const before = snapshot
    actor.send(input)
    const after = actor.getSnapshot()
    const refused = after === state ? refusalOf(input) : null
    if (after === state && refused === null) return null
    if (refused === null) {
      state = after
      const mode: Mode = after.value
      due = nextDue(after.context, mode)
      snapshot = snapshotOf(after.context, mode, input.at, before)
    }
    heard({ at: input.at, cause, refused, before, after: snapshot, contextBefore, context: state.context })
    return refused
  }

  const refusalOf = (input: Input): Reason | null => {
    const [transition] = machine.getTransitionData(state, input) ?? []
    if (transition === undefined || transition.target !== undefined || transition.actions.length > 0) return null
    return typeof transition.guard === 'string' && isReason(transition.guard) ? transition.guard : null
  }

  return {
    snapshot: () => snapshot,
    context: () => state.context,
    due: () => due,
    playTo(at) {
      while (due !== null && due.at <= at) apply(due, { type: due.type })
    },
    judge: apply,
  }
}

const isReason = (guard: string): guard is keyof typeof refusals => Object.hasOwn(refusals, guard)
