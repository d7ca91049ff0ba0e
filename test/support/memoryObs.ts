import type { Connection } from '../../src/obs/link/connection.ts'
import { ObsError, status } from '../../src/obs/link/obsError.ts'
import { allRequests, answerTo } from '../../src/simulator/answer.ts'
import { createObs } from '../../src/simulator/obs.ts'
import { setStudioMode } from '../../src/simulator/program.ts'
import type { Fields } from '../../src/simulator/protocol.ts'
import {
  addScene,
  furnish,
  removeScene,
  renameScene,
  type Scenery,
  switchProgram,
} from '../../src/simulator/scenery.ts'
import { newCollection, newTransition, newWorld } from '../../src/simulator/world.ts'
import type { Clock, Millis } from '../../src/time/clock.ts'

/**
 * How OBS takes one request: so much later it does it and answers, refuses it, answers that it isn't ready, or gives no answer until
 * the deadline; `lost`: the link goes down instead of an answer.
 */
export type Manner = {
  readonly after: Millis
  readonly how: 'done' | 'refused' | 'notReady' | 'lostAfter' | 'lostBefore' | 'silentAfter' | 'silentBefore'
}

/** What happens in OBS by itself. */
export type Happening =
  | { readonly kind: 'drop' | 'restart' | 'goDown' | 'back' }
  | { readonly kind: 'switch' | 'remove' | 'restore'; readonly scene: string }
  | { readonly kind: 'rename'; readonly scene: string; readonly to: string }
  | { readonly kind: 'studioMode'; readonly isOn: boolean }

export type Asked = { readonly type: string; readonly fields: Readonly<Record<string, unknown>>; readonly at: number }

/** How long OBS may take to answer before the connection gives up. */
const LIMIT: Millis = 5000

/** The world of the simulator, reached without a socket, so that it runs on a clock that a test steps. */
export function createMemoryObs(clock: Clock, scenery: Scenery, mannerOf: (type: string) => Manner = () => AT_ONCE) {
  const collection = newCollection('Untitled', scenery.scenes, ['Cut', 'Fade'].map(newTransition))
  const lives = new Set<{ hear(event: string, fields: Fields): void; lose(): void }>()
  const asked: Asked[] = []
  const unanswered = new Set<Asked>()
  const emit = (event: string, fields: Fields = {}) => {
    for (const live of [...lives]) live.hear(event, fields)
  }
  const boot = () => createObs(clock, newWorld([collection], collection, clock.now()), emit)
  let obs = boot()
  let known = allRequests(obs)
  let isDown = false
  furnish(obs, scenery)

  const lose = () => {
    for (const live of [...lives]) live.lose()
  }
  const sceneNamed = (name: string) => collection.scenes.find((scene) => scene.name === name)

  const open = async (): Promise<Connection> => {
    if (isDown) throw new ObsError('unreachable', 'no OBS in memory')
    const heard = new Map<string, ((fields: never) => void)[]>()
    const pending = new Map<Asked, (error: ObsError) => void>()
    const farewells: ((error: ObsError) => void)[] = []
    const end = () => {
      lives.delete(live)
      for (const [request, reject] of pending) {
        unanswered.delete(request)
        reject(new ObsError('closed', 'the link to the OBS in memory is gone'))
      }
    }
    const live = {
      hear: (event: string, fields: Fields) => {
        for (const hear of heard.get(event) ?? []) Reflect.apply(hear, null, [fields])
      },
      lose: () => {
        end()
        for (const hear of farewells) hear(new ObsError('closed', 'the link to the OBS in memory is gone'))
      },
    }
    lives.add(live)

    const call: Connection['call'] = (type, fields) =>
      new Promise((resolve, reject) => {
        if (!lives.has(live)) return reject(new ObsError('closed', 'the link to the OBS in memory is gone'))
        const request = { type, fields: { ...fields }, at: clock.now() }
        asked.push(request)
        unanswered.add(request)
        pending.set(request, reject)
        const { after, how } = mannerOf(type)
        const mine = obs
        const carryOut = () => (mine === obs ? answerTo(known, type, fields) : undefined)
        const settle = (work: () => void) => {
          unanswered.delete(request)
          pending.delete(request)
          work()
        }
        if (how.startsWith('silent')) {
          clock.setTimer(clock.now() + LIMIT, () =>
            settle(() => reject(new ObsError('timeout', `no answer to ${type}`))),
          )
        }
        clock.setTimer(clock.now() + after, () => {
          if (!lives.has(live)) return settle(() => {})
          if (how === 'lostBefore') return live.lose()
          if (how === 'silentBefore') return
          if (how === 'refused')
            return settle(() => reject(new ObsError('refused', `no ${type}`, status.notPossibleNow)))
          if (how === 'notReady') return settle(() => reject(new ObsError('notReady', 'not ready', status.notReady)))
          const answer = carryOut()
          if (how === 'lostAfter') return live.lose()
          if (how === 'silentAfter' || answer === undefined) return
          const { result, code, comment } = answer.requestStatus
          settle(() => {
            // That an answer has the right fields, the contract suite tells, not the compiler.
            if (result) Reflect.apply(resolve, null, [answer.responseData ?? {}])
            else reject(new ObsError('refused', `OBS refused ${type}: ${comment}`, Number(code)))
          })
        })
      })

    return {
      call,
      batch: () => Promise.reject(new ObsError('refused', 'no batches in memory')),
      on: (event, hear) => {
        heard.set(event, [...(heard.get(event) ?? []), (fields: never) => hear(fields)])
      },
      onClosed: (hear) => {
        farewells.push(hear)
      },
      close: async () => end(),
    }
  }

  const happen = (happening: Happening) => {
    switch (happening.kind) {
      case 'drop':
        return lose()
      case 'goDown':
        isDown = true
        return lose()
      case 'back':
        isDown = false
        return
      case 'restart': {
        obs.end()
        lose()
        const [first] = collection.scenes
        if (first) collection.program = first
        collection.transition = collection.transitions[1] ?? collection.transition
        obs = boot()
        known = allRequests(obs)
        return
      }
      case 'switch':
        if (sceneNamed(happening.scene)) switchProgram(obs, happening.scene)
        return
      case 'remove': {
        const scene = sceneNamed(happening.scene)
        if (scene) removeScene(obs, scene)
        return
      }
      case 'restore':
        if (!sceneNamed(happening.scene)) addScene(obs, happening.scene)
        return
      case 'rename': {
        const scene = sceneNamed(happening.scene)
        if (scene && !sceneNamed(happening.to)) renameScene(obs, scene, happening.to)
        return
      }
      case 'studioMode':
        return setStudioMode(obs, happening.isOn)
    }
  }

  return {
    open,
    happen,
    /** All requests, oldest first. */
    asked,
    /** Requests of this type that OBS has not answered yet. */
    unanswered: (type: string) => [...unanswered].filter((request) => request.type === type),
    /** What OBS says is on air. */
    program: () => obs.world.collection.program.name,
    /** What the frames show, whatever OBS says. */
    onAir: () => obs.world.onAir.name,
    transitionRuns: () => obs.world.running !== null,
    obs: () => obs,
  }
}

const AT_ONCE: Manner = { after: 1, how: 'done' }
