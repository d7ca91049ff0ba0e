import type { Picture } from '../../playout/effect.ts'
import type { State } from '../../schedule/model/schedule.ts'
import type { Target } from './problems.ts'

/** `done`: OBS has accepted it. `sure`: it was this OBS, not one that has been started again since. */
export type SentState = { readonly state: State; readonly done: boolean; readonly sure: boolean }

function sameTarget(a: State, b: State): boolean {
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

/** The states that were sent for another picture and have no place in this one. */
export function whatHasLeft(picture: Picture | null, sent: readonly SentState[]): readonly SentState[] {
  return sent.filter((one) => picture?.states.some((state) => sameTarget(state, one.state)) !== true)
}

/** The states sent once this one was sent too: one that enters the picture is in it, one that leaves it is forgotten. */
export function withState(
  sent: readonly SentState[],
  state: State,
  how: 'enters' | 'leaves',
  done: boolean,
): readonly SentState[] {
  const others = sent.filter((one) => !sameTarget(one.state, state))
  return how === 'leaves' ? others : [...others, { state, done, sure: true }]
}

/** What a problem with it is about. */
export function targetOf(state: State): Target {
  if (state.kind === 'mute') return inputTarget(state.input)
  const { scene, item } = state
  return { code: 'unknownItem', about: `${item} in ${scene}`, subject: { kind: 'item', scene, item } }
}

export function inputTarget(input: string): Target {
  return { code: 'unknownInput', about: input, subject: { kind: 'input', input } }
}
