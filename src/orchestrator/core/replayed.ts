import { type ActorLogic, type AnyTransitionDefinition, getNextTransitions, type SnapshotFrom } from 'xstate'
import { type Context, initialContext } from './context.ts'
import type { Input } from './input.ts'
import { machine } from './machine.ts'
import type { Mode } from './snapshot.ts'

type State = SnapshotFrom<typeof machine>
type Given = { readonly context: Context; readonly event: Input }
type Guard = (given: Given, params: undefined) => boolean
type Update = (given: Given) => Context

/** One transition of the machine. `mode`: the one that it leads to; null where it names none. */
type Replay = { readonly guard: Guard | null; readonly updates: readonly Update[]; readonly mode: Mode | null }

/**
 * The machine with its transitions read once into a table, mode by event, and replayed from there: XState's interpreter is
 * made for nested and parallel states, and takes five times as long. The machine stays the only place that says what is legal
 * when; what is more than guards, named updates and a next mode is left to XState. Replayed transitions send no microstep
 * events to an inspector. It rests on how the pinned version of XState defines transitions; a test holds one against the other.
 */
export const replayed: ActorLogic<State, Input, Context> = {
  getInitialSnapshot: machine.getInitialSnapshot,
  getPersistedSnapshot: machine.getPersistedSnapshot,
  transition(state, event, scope) {
    const candidates = state.status === 'active' ? table.get(state.value)?.get(event.type) : undefined
    if (candidates === undefined) return machine.transition(state, event, scope)
    for (const { guard, updates, mode } of candidates) {
      if (guard !== null && !guard({ context: state.context, event }, undefined)) continue
      let { context } = state
      for (const update of updates) context = update({ context, event })
      const value = mode ?? state.value
      return value === state.value && context === state.context ? state : stateIn(value, context)
    }
    return state
  },
}

const modes = ['unconfigured', 'idle', 'running', 'paused', 'stopped', 'finished'] as const satisfies Mode[]
const nodes = Object.values(machine.states)
const snapshotIn = (value: Mode): State => machine.resolveState({ value, context: initialContext(0, true) })
/** What XState says of each mode; all but the context is always the same. */
const snapshots: Readonly<Record<Mode, State>> = {
  unconfigured: snapshotIn('unconfigured'),
  idle: snapshotIn('idle'),
  running: snapshotIn('running'),
  paused: snapshotIn('paused'),
  stopped: snapshotIn('stopped'),
  finished: snapshotIn('finished'),
}

/** XState's own state of the machine in a mode. */
export const stateIn = (mode: Mode, context: Context): State => ({ ...snapshots[mode], context })

/** With anything to be done at the border of a mode, nothing is replayed. */
const isPlain = nodes.every(
  ({ type, entry, exit, invoke, always }) =>
    type === 'atomic' && entry.length + exit.length + invoke.length === 0 && always === undefined,
)
const table = new Map(modes.map((mode) => [mode, isPlain ? replaysIn(mode) : new Map<string, Replay[]>()]))

/** What each event does in a mode, in the order in which XState asks: the mode's own transitions, then the machine's. */
function replaysIn(mode: Mode): ReadonlyMap<string, readonly Replay[]> {
  const replays = new Map<string, Replay[]>()
  const transitions = getNextTransitions(snapshots[mode])
  for (const type of new Set(transitions.map(({ eventType }) => eventType))) {
    const candidates = transitions.filter(({ eventType }) => eventType === type)
    const replayed = candidates.map(replayOf).filter((replay) => replay !== null)
    if (replayed.length === candidates.length) replays.set(type, replayed)
  }
  return replays.has('*') ? new Map() : replays
}

/** Null: there is more to it than can be replayed. */
function replayOf({ guard, actions, target, reenter }: AnyTransitionDefinition): Replay | null {
  const { implementations } = machine
  const check = guard === undefined ? null : implementations.guards[String(guard)]
  const named: readonly unknown[] = actions.map((action) => implementations.actions[String(action)])
  const updates = named.filter(isAssign)
  const mode =
    target === undefined ? null : modes.find((key) => target.length === 1 && machine.states[key] === target[0])
  if (check === undefined || mode === undefined || reenter || updates.length < actions.length) return null
  return { guard: check, updates: updates.map(({ assignment }) => assignment), mode }
}

/** What XState's `assign` returns carries the update; those of the machine return the whole context. */
function isAssign(action: unknown): action is { readonly assignment: Update } {
  return typeof action === 'function' && 'assignment' in action && typeof action.assignment === 'function'
}
