import type { State } from '../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../time/clock.ts'

/** What OBS is known to show, and what has been asked of it. */
export type Known = {
  /** Top to bottom. */
  readonly scenes: readonly string[]
  /** The program scene as OBS last named it; null: it can't be told. */
  readonly program: string | null
  /** The scene that was set and that OBS has not named as program yet. */
  readonly asked: { readonly scene: string; readonly sentAt: Instant } | null
  /** The present take is over: its scene is the operator's to change. */
  readonly settled: boolean
  /** The run of a media input that this OBS was last told to begin. */
  readonly media: { readonly input: string; readonly run: number } | null
  /** The states of the picture, as far as they were sent. */
  readonly states: readonly SentState[]
  /** What is selected in OBS. `duration` null: not known, as OBS tells it only of transitions that have one. */
  readonly transition: { readonly name: string | null; readonly duration: Millis | null }
  /** The transition was selected while another one ran: OBS 32 accepts that and keeps the old one. */
  readonly isTransitionDoubtful: boolean
  /** What the operator had selected and we have replaced. Null: not replaced. */
  readonly replaced: { readonly name: string | null; readonly duration: Millis | null }
  /** The transition that we selected last. */
  readonly selected: string | null
  readonly transitions: readonly KnownTransition[]
}

/** `fixed`: it has no duration, or one of its own. */
export type KnownTransition = { readonly name: string; readonly fixed: boolean }

/** `done`: OBS has accepted it. `sure`: it was this OBS, not one that has been started again since. */
export type SentState = { readonly state: State; readonly done: boolean; readonly sure: boolean }

export const nothingKnown: Known = {
  scenes: [],
  program: null,
  asked: null,
  settled: true,
  media: null,
  states: [],
  transition: { name: null, duration: null },
  isTransitionDoubtful: false,
  replaced: { name: null, duration: null },
  selected: null,
  transitions: [],
}

/** The one place where what is known of OBS is kept. */
export type Sight = {
  now(): Known
  learn(part: Partial<Known>): void
}

export function createSight(): Sight {
  let known = nothingKnown
  return {
    now: () => known,
    learn: (part) => {
      known = { ...known, ...part }
    },
  }
}

export function sameTarget(a: State, b: State): boolean {
  if (a.kind === 'item') return b.kind === 'item' && a.scene === b.scene && a.item === b.item
  return b.kind === 'mute' && a.input === b.input
}

export function sameState(a: State, b: State): boolean {
  if (!sameTarget(a, b)) return false
  if (a.kind === 'item') return b.kind === 'item' && a.visible === b.visible
  return b.kind === 'mute' && a.muted === b.muted
}

export function opposite(state: State): State {
  return state.kind === 'item' ? { ...state, visible: !state.visible } : { ...state, muted: !state.muted }
}

/** What is known once a state was sent: one that enters the picture is in it, one that leaves it is forgotten. */
export function withState(known: Known, state: State, how: 'enters' | 'leaves', done: boolean): readonly SentState[] {
  const others = known.states.filter((sent) => !sameTarget(sent.state, state))
  return how === 'leaves' ? others : [...others, { state, done, sure: true }]
}
