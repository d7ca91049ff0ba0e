import type { AdapterEvent } from '../../src/orchestrator/core/events.ts'
import type { Effect } from '../../src/playout/effect.ts'
import type { Clock, Millis } from '../../src/time/clock.ts'
import { scenes as allScenes } from '../support/arbitraries.ts'

/** How one request is answered: so much later, and how. `lost`: the link goes down instead of an answer. */
export type Answer = { readonly after: Millis; readonly how: 'done' | 'lostAfter' | 'lostBefore' }

/** What happens in OBS by itself. */
export type Fault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'back' }
  | { readonly kind: 'switch'; readonly scene: string; readonly by: 'operator' | 'obs' }
  | { readonly kind: 'remove' | 'restore'; readonly scene: string }

const obs = { version: '32.0.0', websocket: '5.6.0', platform: 'linux' }

/**
 * An OBS and the plainest adapter to it: it carries out the latest wish, one request at a time, each take once, and
 * resends a take only if the link went down before its answer.
 */
export function createModelObs(clock: Clock, answers: () => readonly Answer[], send: (event: AdapterEvent) => void) {
  let scenes: readonly string[] = allScenes
  let program = 'Filler'
  let isUp = false
  let hasBeenUp = false
  let hasRestarted = false
  let wish: Effect | null = null
  let underWay: { readonly takeId: number } | null = null
  let answered = 0
  let sentAt: number | null = null
  let requests = 0
  const sent: { readonly takeId: number; readonly scene: string }[] = []
  const wrong: string[] = []

  const drop = () => {
    isUp = false
    underWay = null
    send({ type: 'link', phase: 'down' })
  }

  const answer = (takeId: number, event: AdapterEvent) => {
    answered = takeId
    send(event)
  }

  const pump = () => {
    if (wish === null || wish.wanted === null || !isUp || underWay !== null || wish.takeId === answered) return
    const { takeId, wanted } = wish
    if (program === wanted.scene) {
      const already = sentAt === null
      return answer(takeId, { type: 'confirmed', takeId, sentAt, already })
    }
    const { after, how } = answers()[requests++ % answers().length] ?? { after: 1, how: 'done' }
    if (takeId <= answered) wrong.push(`take ${takeId} was sent after ${answered} had been answered`)
    sent.push({ takeId, scene: wanted.scene })
    sentAt = clock.now()
    const mine = { takeId }
    underWay = mine
    clock.setTimer(clock.now() + after, () => {
      if (underWay !== mine) return
      underWay = null
      if (how !== 'lostBefore' && scenes.includes(wanted.scene)) program = wanted.scene
      if (how !== 'done') return drop()
      const isStillWanted = wish?.takeId === takeId && wish.wanted !== null
      if (isStillWanted && !scenes.includes(wanted.scene))
        answer(takeId, { type: 'failed', takeId, sentAt, reason: `OBS has no scene "${wanted.scene}"` })
      else if (isStillWanted) answer(takeId, { type: 'confirmed', takeId, sentAt, already: false })
      else send({ type: 'seen', scene: program, by: 'obs' })
      pump()
    })
  }

  const show = (scene: string, by: 'operator' | 'obs') => {
    if (!scenes.includes(scene) || scene === program) return
    program = scene
    // Somebody else's switch in the middle of our own take can't be told from it.
    if (isUp && underWay === null) send({ type: 'seen', scene, by })
  }

  const happen = (fault: Fault) => {
    switch (fault.kind) {
      case 'drop':
        if (isUp) drop()
        return
      case 'restart':
        if (isUp) drop()
        hasRestarted = true
        program = 'Filler'
        return
      case 'back': {
        if (isUp) return
        isUp = true
        const restarted = hasBeenUp ? hasRestarted : null
        hasBeenUp = true
        hasRestarted = false
        send({ type: 'scenes', scenes })
        send({ type: 'link', phase: 'up', obs, restarted, program })
        return pump()
      }
      case 'switch':
        return show(fault.scene, fault.by)
      case 'remove':
        scenes = scenes.filter((scene) => scene !== fault.scene)
        if (isUp) send({ type: 'scenes', scenes })
        if (program === fault.scene) show('Filler', 'obs')
        return
      case 'restore':
        if (!scenes.includes(fault.scene)) scenes = [...scenes, fault.scene]
        if (isUp) send({ type: 'scenes', scenes })
        return
    }
  }

  return {
    sent,
    wrong,
    happen,
    program: () => program,
    apply(effect: Effect) {
      if (effect.takeId !== wish?.takeId) sentAt = null
      wish = effect
      pump()
    },
  }
}
