import { type AnyTransitionDefinition, getNextTransitions, type SnapshotFrom } from 'xstate'
import { none } from '../../playout/timeline.ts'
import { type Context, initialContext, only, type Yield } from './context.ts'
import type { Input } from './input.ts'
import { machine, type Update } from './machine.ts'
import { type Given, isRefusal, type refusals } from './refusals.ts'
import type { Mode } from './snapshot.ts'

/** All state of an orchestrator: its mode, in XState's words the value, and the rest. */
export type State = { readonly value: Mode; readonly context: Context }

/** Either the reason of a refusal, or the new mode and what the update yields. */
export type Decision =
  | { readonly refused: keyof typeof refusals }
  | ({ readonly refused: null; readonly value: Mode } & Yield)

type Guard = (given: Given, params: undefined) => boolean
/** One transition of the machine. `mode`: where it leads; null if it stays. */
type Transition = {
  readonly guard: Guard | null
  readonly refusal: keyof typeof refusals | null
  readonly update: Update | null
  readonly mode: Mode | null
}

/**
 * Decides about one event, by the machine alone. Pure. It reads the machine's transitions into a table once and replays them from
 * there, because XState's interpreter, made for nested and parallel states, takes five times as long. A test compares the two.
 * This relies on how the pinned version of XState defines transitions.
 */
export function decide({ value, context }: State, event: Input): Decision {
  for (const { guard, refusal, update, mode } of table[value].on.get(event.type) ?? noTransitions) {
    if (guard !== null && !guard({ context, event }, undefined)) continue
    if (refusal !== null) return { refused: refusal }
    const { context: changed, lines, passed, acts } = update === null ? only(context) : update(context, event)
    return { refused: null, value: following(mode ?? value, changed, event), context: changed, lines, passed, acts }
  }
  return { refused: null, value, context, lines: none, passed: none, acts: none }
}

/** The mode that follows from a change, by the machine's `always`. */
function following(mode: Mode, context: Context, event: Input): Mode {
  for (const { guard, mode: target } of table[mode].always)
    if (target !== null && (guard === null || guard({ context, event }, undefined)))
      return following(target, context, event)
  return mode
}

const modes = ['unconfigured', 'idle', 'running', 'paused', 'stopped', 'finished'] as const satisfies Mode[]
const noTransitions: readonly Transition[] = []

type Row = { readonly on: ReadonlyMap<string, readonly Transition[]>; readonly always: readonly Transition[] }

/** XState's own state in each mode. Only the context in it ever differs. */
const actorStates = byMode((mode) => machine.resolveState({ value: mode, context: initialContext(0, true) }))
const table = byMode(rowOf)

type ActorState = SnapshotFrom<typeof machine>

/** XState's own state for this mode and context. It shares everything but the context with the others of its mode. */
export function actorStateOf({ value, context }: State): ActorState {
  const state: ActorState = Object.create(actorStates[value])
  state.context = context
  return state
}

function byMode<T>(make: (mode: Mode) => T): Readonly<Record<Mode, T>> {
  return {
    unconfigured: make('unconfigured'),
    idle: make('idle'),
    running: make('running'),
    paused: make('paused'),
    stopped: make('stopped'),
    finished: make('finished'),
  }
}

/** The transitions for each event in a mode, in XState's order: the mode's own ones, then the machine's. */
function rowOf(mode: Mode): Row {
  const node = machine.states[mode]
  if (node?.type !== 'atomic' || node.entry.length + node.exit.length + node.invoke.length > 0)
    throw new Error(`the mode ${mode} does more than transitions can say: decide() can't replay it`)
  const on = new Map<string, Transition[]>()
  for (const transition of getNextTransitions(actorStates[mode])) {
    if (transition.eventType === '') continue
    const known = on.get(transition.eventType)
    if (known === undefined) on.set(transition.eventType, [transitionOf(transition)])
    else known.push(transitionOf(transition))
  }
  return { on, always: (node.always ?? []).map(transitionOf) }
}

/** Throws if the transition does anything that `decide` can't replay. */
function transitionOf({ eventType, guard, actions, target, reenter }: AnyTransitionDefinition): Transition {
  const { implementations } = machine
  const check = guard === undefined ? null : implementations.guards[String(guard)]
  const named: readonly unknown[] = actions.map((action) => implementations.actions[String(action)])
  const updates = named.filter(hasUpdate)
  const mode =
    target === undefined ? null : modes.find((key) => target.length === 1 && machine.states[key] === target[0])
  if (check === undefined || mode === undefined || reenter || updates.length < actions.length || updates.length > 1)
    throw new Error(`the transition for ${eventType} can't be replayed by decide()`)
  const update = updates[0]?.update ?? null
  return { guard: check, refusal: update === null && mode === null && isRefusal(guard) ? guard : null, update, mode }
}

function hasUpdate(action: unknown): action is { readonly update: Update } {
  return typeof action === 'function' && 'update' in action && typeof action.update === 'function'
}
