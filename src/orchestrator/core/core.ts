import { type ActorLogic, type AnyActorRef, createActor, fromTransition, type SnapshotFrom } from 'xstate'
import type { Instant } from '../../time/clock.ts'
import type { Context, Yield } from './context.ts'
import { actorStateOf, type Decision, decide } from './decide.ts'
import type { Cause, DueEvent, Input } from './input.ts'
import { machine } from './machine.ts'
import { lossDue } from './policies.ts'
import type { Reason } from './refusals.ts'
import type { Mode, Snapshot } from './snapshot.ts'
import { snapshotOf } from './view.ts'

/** One event and its effect on the state. */
export type Heard = {
  readonly at: Instant
  readonly cause: Cause
  readonly before: Snapshot
  readonly after: Snapshot
  /** Why it was refused; null for an accepted one. */
  readonly refused: Reason | null
  /** What an accepted one yielded; null for a refused one. */
  readonly yielded: Yield | null
}

/** The one owner of the state: a single actor that gets all events in order. It reads no clock. */
export type Core = {
  snapshot(): Snapshot
  context(): Context
  /** The next change that comes by itself; null if none will. */
  due(): DueEvent | null
  /** Plays everything due up to and at `at`: one change per boundary, each at its own time. */
  playTo(at: Instant): void
  /** Judges one event. Play the show up to its `at` first. Returns why it was refused, or null. */
  judge(input: Input, cause: Cause): Reason | null
  close(): void
}

type ActorState = SnapshotFrom<typeof machine>

/** The parent of all actors, which saves each of them an XState system of 2 KB. It holds a core's actor until the core is closed. */
const home = createActor(
  fromTransition((state: null, { actor }: { readonly type: 'close'; readonly actor: AnyActorRef }, { stopChild }) => {
    stopChild(actor)
    return state
  }, null),
).start()

/** Calls `heard` for each event that was refused or changed anything. `from`: the mode and seq of the restored state, if any. */
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
      return isSame ? state : actorStateOf(decision)
    },
  }
  const snapshotThen = actorStateOf({ value: from.mode, context: initial })
  const actor = createActor(logic, { input: initial, snapshot: snapshotThen, parent: home }).start()
  let snapshot: Snapshot = snapshotOf(initial, from.mode, initial.show.at, null, from.seq)
  let due: DueEvent | null = nextDue(initial, from.mode)

  const apply = (input: Input, cause: Cause): Reason | null => {
    const before = snapshot
    const state = actor.getSnapshot()
    actor.send(input)
    const decided = decision
    if (decided === null) return null
    if (decided.refused !== null) {
      heard({ at: input.at, cause, refused: decided.refused, before, after: snapshot, yielded: null })
      return decided.refused
    }
    if (actor.getSnapshot() === state) return null
    due = nextDue(decided.context, decided.value)
    snapshot = snapshotOf(decided.context, decided.value, input.at, before, before.seq + 1)
    heard({ at: input.at, cause, refused: null, before, after: snapshot, yielded: decided })
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

/** The next change that comes by itself; null if none will. */
export function nextDue(context: Context, mode: Mode): DueEvent | null {
  const { change } = context
  if (mode === 'idle') {
    const { arming, show } = context
    const start = arming?.kind === 'time' ? Math.max(arming.wall - show.offset, show.at) : null
    if (start !== null && (change === null || start < change.at)) return { type: 'due.start', at: start }
  }
  if (mode === 'running') {
    const lost = lossDue(context)
    if (lost !== null && (change === null || lost < change.at)) return { type: 'due.stream', at: lost }
  }
  return change
}
