import type { Picture } from '../../playout/effect.ts'
import type { State, Transition } from '../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { Change } from '../mirror/events.ts'
import { type Mirror, onTheWay, type SelectedTransition } from '../mirror/mirror.ts'
import { opposite, type SentState, sameState, whatHasLeft } from '../mirror/states.ts'
import { hasTransition } from '../mirror/transitions.ts'

export type Next = { readonly at: Instant; readonly picture: Picture } | null

/** A change that OBS already holds and carries out by itself at `at`, from this slot. */
export type Armed = { readonly slot: 1 | 2; readonly scene: string; readonly at: Instant } | null

/**
 * What to ask of OBS, in this order, so that it shows what is wanted. Empty: it does, as far as is known.
 *
 * What viewers must not see or hear is set before the scene; what may be seen or heard again, and what belongs to the scene that
 * goes off air, after it.
 */
export function conform(wanted: Picture | null, _next: Next, mirror: Mirror, _armed: Armed): readonly Change[] {
  if (wanted === null) return []
  const scene = sceneRequest(wanted, mirror)
  if (scene !== null && !mirror.scenes.includes(wanted.scene)) return [scene]
  const states = stateRequests(wanted, mirror)
  return [
    ...(scene === null ? [] : transitionRequests(wanted, mirror)),
    ...states.filter(comesBefore),
    ...mediaRequests(wanted, mirror),
    ...(scene === null ? [] : [scene]),
    ...states.filter((request) => !comesBefore(request)),
  ]
}

/** The opposite of each state that is no longer in the picture; one that OBS has refused has none. */
export function leaving(states: readonly SentState[]): readonly StateRequest[] {
  return states
    .filter(({ done }) => done)
    .map(({ state }) => stateRequest(opposite(state), 'leaves', 'has left the picture'))
}

function sceneRequest(wanted: Picture, mirror: Mirror): Extract<Change, { type: 'scene' }> | null {
  const shown = onTheWay(mirror)
  if (mirror.take.isSettled || shown === wanted.scene) return null
  return { type: 'scene', scene: wanted.scene, reason: `program is ${shown ?? 'unknown'}, wanted ${wanted.scene}` }
}

function transitionRequests(wanted: Picture, mirror: Mirror): readonly Change[] {
  const target = targetTransition(wanted, mirror)
  const { name, duration } = mirror.transition
  const requests: Change[] = []
  if (target.name !== null && target.name !== name) {
    const reason = `transition is ${name ?? 'unknown'}, wanted ${target.name}`
    requests.push({ type: 'transition', name: target.name, reason })
  }
  if (target.duration !== null && target.duration !== duration) {
    const now = duration === null ? 'an unknown time' : `${duration} ms`
    const reason = `transition takes ${now}, wanted ${target.duration} ms`
    requests.push({ type: 'transitionDuration', duration: target.duration, reason })
  }
  return requests
}

/** Without a transition, or without a duration, OBS's own counts: what we had replaced is put back, else nothing is set. */
function targetTransition({ transition }: Picture, mirror: Mirror): SelectedTransition {
  const { replaced } = mirror
  if (transition === null) return hasTransition(mirror, replaced.name) ? replaced : { ...replaced, name: null }
  if (!hasTransition(mirror, transition.name)) return { name: null, duration: null }
  return { name: transition.name, duration: targetDuration(transition, mirror) }
}

function targetDuration({ name, duration }: Transition, { transitions, replaced }: Mirror): Millis | null {
  if (transitions.some((known) => known.name === name && known.fixed)) return null
  return duration === null ? replaced.duration : Math.min(Math.max(duration, SHORTEST), LONGEST)
}

/** SetCurrentSceneTransitionDuration refuses anything outside (obs-websocket protocol). */
const SHORTEST: Millis = 50
const LONGEST: Millis = 20_000

function stateRequests(wanted: Picture, mirror: Mirror): readonly StateRequest[] {
  const entering = wanted.states.filter(
    (state) => !mirror.states.some((sent) => sent.sure && sameState(sent.state, state)),
  )
  return [
    ...entering.map((state) => stateRequest(state, 'enters', `belongs to the picture of ${wanted.scene}`)),
    ...leaving(whatHasLeft(wanted, mirror.states)),
  ]
}

type StateRequest = Extract<Change, { type: 'state' }>

function stateRequest(state: State, how: 'enters' | 'leaves', why: string): StateRequest {
  const target = state.kind === 'item' ? `${state.item} in ${state.scene}` : state.input
  return { type: 'state', state, how, reason: `${target} ${why}` }
}

function comesBefore({ state, how }: StateRequest): boolean {
  return state.kind === 'mute' ? state.muted : how === 'enters'
}

function mediaRequests({ media, scene }: Picture, mirror: Mirror): readonly Change[] {
  if (media === null || (mirror.media?.input === media.input && mirror.media.run === media.run)) return []
  return [{ type: 'media', ...media, scene, reason: `restarted with the take of ${scene}` }]
}
