import type { Picture } from '../../playout/effect.ts'
import type { State, Transition } from '../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import { type Known, opposite, type SentState, sameState, sameTarget } from '../mirror/known.ts'

/** One thing to ask of OBS, and why, in words for the log. */
export type Request =
  | { readonly type: 'transition'; readonly name: string; readonly reason: string }
  | { readonly type: 'transitionDuration'; readonly duration: Millis; readonly reason: string }
  | { readonly type: 'state'; readonly state: State; readonly how: 'enters' | 'leaves'; readonly reason: string }
  | {
      readonly type: 'media'
      readonly input: string
      readonly run: number
      /** The scene that it is taken with. */
      readonly scene: string
      readonly reason: string
    }
  | { readonly type: 'scene'; readonly scene: string; readonly reason: string }

export type Next = { readonly at: Instant; readonly picture: Picture } | null

/** A change that OBS already holds and carries out by itself at `at`, from this slot. */
export type Armed = { readonly slot: 1 | 2; readonly scene: string; readonly at: Instant } | null

/**
 * What to ask of OBS, in this order, so that it shows what is wanted. Empty: it does, as far as is known.
 *
 * What viewers must not see or hear is set before the scene; what may be seen or heard again, and what belongs to the scene that
 * goes off, after it.
 */
export function conform(wanted: Picture | null, _next: Next, known: Known, _armed: Armed): readonly Request[] {
  if (wanted === null) return []
  const scene = sceneRequest(wanted, known)
  if (scene !== null && !known.scenes.includes(wanted.scene)) return [scene]
  const states = stateRequests(wanted, known)
  return [
    ...(scene === null ? [] : transitionRequests(wanted, known)),
    ...states.filter(comesBefore),
    ...mediaRequests(wanted, known),
    ...(scene === null ? [] : [scene]),
    ...states.filter((request) => !comesBefore(request)),
  ]
}

/** The wanted transition that this OBS doesn't have; its scene is then cut to with what OBS has selected. */
export function missingTransition(wanted: Picture, known: Known): string | null {
  if (wanted.transition === null) return null
  return has(known, wanted.transition.name) ? null : wanted.transition.name
}

function sceneRequest(wanted: Picture, known: Known): Extract<Request, { type: 'scene' }> | null {
  const onTheWay = known.asked?.scene ?? known.program
  if (known.settled || onTheWay === wanted.scene) return null
  return { type: 'scene', scene: wanted.scene, reason: `program is ${onTheWay ?? 'unknown'}, wanted ${wanted.scene}` }
}

function transitionRequests(wanted: Picture, known: Known): readonly Request[] {
  const target = targetTransition(wanted, known)
  const { name, duration } = known.transition
  const requests: Request[] = []
  if (target.name !== null && target.name !== name) {
    requests.push({
      type: 'transition',
      name: target.name,
      reason: `transition is ${name ?? 'unknown'}, wanted ${target.name}`,
    })
  }
  if (target.duration !== null && target.duration !== duration) {
    requests.push({
      type: 'transitionDuration',
      duration: target.duration,
      reason: `transition takes ${duration === null ? 'an unknown time' : `${duration} ms`}, wanted ${target.duration} ms`,
    })
  }
  return requests
}

type Target = { readonly name: string | null; readonly duration: Millis | null }

/** Without a transition, or without a duration, OBS's own counts: what we had replaced is put back, else nothing is set. */
function targetTransition({ transition }: Picture, known: Known): Target {
  if (transition === null) return has(known, known.replaced.name) ? known.replaced : { ...known.replaced, name: null }
  if (!has(known, transition.name)) return { name: null, duration: null }
  return { name: transition.name, duration: targetDuration(transition, known) }
}

function targetDuration({ name, duration }: Transition, known: Known): Millis | null {
  if (known.transitions.some((transition) => transition.name === name && transition.fixed)) return null
  return duration === null ? known.replaced.duration : Math.min(Math.max(duration, SHORTEST), LONGEST)
}

/** SetCurrentSceneTransitionDuration refuses anything outside (obs-websocket protocol). */
const SHORTEST: Millis = 50
const LONGEST: Millis = 20_000

function has(known: Known, name: string | null): boolean {
  return known.transitions.some((transition) => transition.name === name)
}

function stateRequests(wanted: Picture, known: Known): readonly StateRequest[] {
  const entering = wanted.states.filter(
    (state) => !known.states.some((sent) => sent.sure && sameState(sent.state, state)),
  )
  return [
    ...entering.map((state) => stateRequest(state, 'enters', `belongs to the picture of ${wanted.scene}`)),
    ...leaving(whatHasLeft(wanted, known.states)),
  ]
}

/** The states that were sent for another picture and have no place in this one. */
export function whatHasLeft(picture: Picture | null, sent: readonly SentState[]): readonly SentState[] {
  return sent.filter((one) => picture?.states.some((state) => sameTarget(state, one.state)) !== true)
}

/** The opposite of each state that is in the picture no more; one that OBS has refused has none. */
export function leaving(states: readonly SentState[]): readonly StateRequest[] {
  return states
    .filter(({ done }) => done)
    .map(({ state }) => stateRequest(opposite(state), 'leaves', 'has left the picture'))
}

type StateRequest = Extract<Request, { type: 'state' }>

function stateRequest(state: State, how: 'enters' | 'leaves', why: string): StateRequest {
  const target = state.kind === 'item' ? `${state.item} in ${state.scene}` : state.input
  return { type: 'state', state, how, reason: `${target} ${why}` }
}

function comesBefore({ state, how }: StateRequest): boolean {
  return state.kind === 'mute' ? state.muted : how === 'enters'
}

function mediaRequests({ media, scene }: Picture, known: Known): readonly Request[] {
  if (media === null || (known.media?.input === media.input && known.media.run === media.run)) return []
  return [{ type: 'media', ...media, scene, reason: `restarted with the take of ${scene}` }]
}
