import { fps, type Obs, type Requests } from '../obs.ts'
import { theTransition } from '../sources.ts'
import type { Transition } from '../world.ts'

export function transitionRequests(obs: Obs): Requests {
  const { world } = obs
  return {
    GetSceneTransitionList: () => {
      const { transition, transitions } = world.collection
      return {
        currentSceneTransitionName: transition.name,
        currentSceneTransitionUuid: transition.uuid,
        currentSceneTransitionKind: transition.kind,
        transitions: transitions.map(described),
      }
    },
    GetCurrentSceneTransition: () => {
      const { transition, transitionDuration } = world.collection
      return {
        ...described(transition),
        transitionDuration: transition.length === null ? transitionDuration : null,
        transitionSettings: null,
      }
    },
    GetCurrentSceneTransitionCursor: () => {
      const { sinceFrame = 0, length = 0 } = world.running ?? {}
      // 1 while no transition runs.
      return {
        transitionCursor: length === 0 ? 1 : Math.min(1, ((obs.framesRendered() - sinceFrame) * 1000) / fps / length),
      }
    },
    SetCurrentSceneTransition: (fields) => {
      const transition = theTransition(world, fields.string('transitionName'))
      world.collection.transition = transition
      obs.emit('CurrentSceneTransitionChanged', { transitionName: transition.name, transitionUuid: transition.uuid })
    },
    SetCurrentSceneTransitionDuration: (fields) => {
      const transitionDuration = Math.floor(fields.number('transitionDuration', 50, 20000))
      if (transitionDuration === world.collection.transitionDuration) return
      world.collection.transitionDuration = transitionDuration
      obs.emit('CurrentSceneTransitionDurationChanged', { transitionDuration })
    },
  }
}

const described = ({ name, uuid, kind, length }: Transition) => ({
  transitionName: name,
  transitionUuid: uuid,
  transitionKind: kind,
  transitionFixed: length !== null,
  transitionConfigurable: false,
})
