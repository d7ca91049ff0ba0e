import { type ActorLogic, type AnyActorRef, createActor, fromTransition, type SnapshotFrom } from 'xstate'
import type { Instant } from '../../time/clock.ts'
import type { Context, Outcome } from './context.ts'
import { type Decision, decide, snapshotIn } from './decide.ts'
import { nextDue } from './due.ts'
import type { Cause, DueEvent, Input } from './input.ts'
import { machine } from './machine.ts'
import type { Reason } from './refusals.ts'
import type { Mode, Snapshot } from './snapshot.ts'
import { blank, snapshotOf } from './view.ts'

/** One event, and what it has made of the state. */
export type Heard = {
  readonly at: Instant
  readonly cause: Cause
  readonly before: Snapshot
  readonly after: Snapshot
  /** Why it was refused; null for an accepted one. */
  readonly refused: Reason | null
  /** What an accepted one has yielded; null for a refused one. */
  readonly outcome: Outcome | null
}

/** The one owner of the state: a single actor that is told of events in order. It reads no clock. */
export type Core = {
  snapshot(): Snapshot
  context(): Context
  /** What comes next by itself. */
  due(): DueEvent | null
  /** Plays all that is due up to and at `at`, one change a boundary, each at its own time. */
  playTo(at: Instant): void
  /** Judges one event as of its `at`, up to which all has been played. Returns why it was refused, or null. */
  judge(input: Input, cause: Cause): Reason | null
  close(): void
}

type ActorState = SnapshotFrom<typeof machine>

/** The parent of all actors: they share its system, which takes 2 KB. It knows a core until that is closed. */
const home = createActor(
  fromTransition((state: null, { actor }: { readonly type: 'close'; readonly actor: AnyActorRef }, { stopChild }) => {
    stopChild(actor)
    return state
  }, null),
).start()

/** `heard` is told of each event that was refused or has changed anything. `from`: the state to go on from, if not the first. */
export function createCore(
  initial: Context,
  heard: (event: Heard) => void,
  from: { readonly mode: Mode; readonly seq: number } = { mode: 'unconfigured', seq: 0 },
): Core {
  let decision: Decision | null = null
  const logic: ActorLogic<ActorState, Input, Context> = {
    getInitialSnapshot: machine.getInitialSnapshot,
    getPersistedSnapshot: (state) => machine.getPersistedSnapshot(machine.resolveState(state)),
    transition(state, event) {
      decision = decide(state, event)
      if (decision.refused !== null) return state
      const isSame = decision.value === state.value && decision.context === state.context
      return isSame ? state : snapshotIn(decision)
    },
  }
  const snapshotThen = snapshotIn({ value: from.mode, context: initial })
  const actor = createActor(logic, { input: initial, snapshot: snapshotThen, parent: home }).start()
  let snapshot: Snapshot = snapshotOf(initial, from.mode, initial.show.at, { ...blank, seq: from.seq - 1 })
  let due: DueEvent | null = nextDue(initial, from.mode)

  const apply = (input: Input, cause: Cause): Reason | null => {
    const before = snapshot
    const state = actor.getSnapshot()
    actor.send(input)
    const outcome = decision
    if (outcome === null) return null
    if (outcome.refused !== null) {
      heard({ at: input.at, cause, refused: outcome.refused, before, after: snapshot, outcome: null })
      return outcome.refused
    }
    if (actor.getSnapshot() === state) return null
    due = nextDue(outcome.context, outcome.value)
    snapshot = snapshotOf(outcome.context, outcome.value, input.at, before)
    heard({ at: input.at, cause, refused: null, before, after: snapshot, outcome })
    return null
  }

  return {
    snapshot: () => snapshot,
    context: () => actor.getSnapshot().context,
    due: () => due,
    playTo(at) {
      while (due !== null && due.at <= at) apply(due, { type: due.type })
    },
    judge: apply,
    close: () => home.send({ type: 'close', actor }),
  }
}
