import type { Effect, Picture } from '../playout/effect.ts'
import type { Clock, Instant, Millis } from '../time/clock.ts'
import { conform, missingTransition } from './conform.ts'
import { type Sight, sameTarget } from './known.ts'
import type { Log } from './log.ts'
import { nearestInWords } from './nearest.ts'
import { asObsError, type ObsError, status } from './obsError.ts'
import { itemName, type Surroundings } from './perform.ts'
import type { Problems } from './problems.ts'
import type { ProgramWatch } from './programWatch.ts'
import type { ObsReport } from './report.ts'

export type TakeReport = {
  readonly takeId: number
  readonly scene: string
  readonly phase: 'sent' | 'confirmed' | 'failed'
  readonly at: Instant
}

export type TakesPort = {
  readonly clock: Clock
  readonly sight: Sight
  readonly watch: ProgramWatch
  readonly problems: Problems
  readonly log: Log
  send(event: ObsReport): void
  onTake(take: TakeReport): void
  /** Whether requests may be sent now. */
  isUp(): boolean
  setScene(scene: string, reason: string): Promise<unknown>
  transitionRuns(): Promise<boolean>
  look(reason: string): Promise<string>
  perform(request: Surroundings): Promise<void>
  /** A transition may have been made since they were read: OBS doesn't tell. */
  readTransitions(): Promise<void>
  /** OBS has not answered: is it still there? */
  check(): void
}

/** Carries out the latest wish, one request at a time; after each it looks again at what is wanted by now. */
export type Takes = {
  wish(effect: Effect): void
  /** OBS has named the scene that was asked for. */
  named(scene: string, sentAt: Instant, at: Instant): void
  /** Something has changed that a wish may wait for. */
  stir(): void
  /** Resolves when no request of a take is under way. */
  finish(): Promise<void>
}

/** How long OBS may take to name a scene after it was set; the time of a running transition comes on top. */
const CONFIRMED_WITHIN: Millis = 2000
const LONGEST_TRANSITION: Millis = 21_000
const LOOK_AGAIN_AFTER: Millis = 250
const TRIES = 3
/** In studio mode a scene that is really taken begins its transition within so long. */
const TRANSITION_BEGINS_WITHIN: Millis = 1000

export function createTakes(port: TakesPort): Takes {
  const { clock, sight, watch, problems, log } = port
  let wish: Effect | null = null
  /** What has become of the present take: when its scene was sent, how often, and whether it was answered. */
  let take: TakeState = newTake
  let work: Promise<void> = Promise.resolve()
  let isWorking = false
  let isStirred = false
  let wake = () => {}

  const rest = (limit: Millis) =>
    new Promise<void>((resolve) => {
      const disarm = clock.setTimer(clock.now() + limit, resolve)
      wake = () => {
        disarm()
        resolve()
      }
    })

  const stir = () => {
    isStirred = true
    wake()
    if (!isWorking) work = carryOn()
  }

  /** A stir that comes while the last step already says that nothing is left to do is not lost. */
  const carryOn = async () => {
    isWorking = true
    do {
      isStirred = false
      while (port.isUp() && (await step())) {}
    } while (isStirred && port.isUp())
    isWorking = false
  }

  /** One request, or one wait. False: nothing is left to do. */
  const step = async (): Promise<boolean> => {
    const effect = wish
    if (effect === null) return false
    try {
      return effect.wanted === null ? await letGo(effect) : await towards(effect, effect.wanted)
    } catch (thrown) {
      const error = asObsError(thrown)
      if (error.reason === 'timeout') port.check()
      if (error.reason !== 'closed') log.warn(`${error.message}; asked again`, { takeId: effect.takeId })
      if (port.isUp()) await rest(LOOK_AGAIN_AFTER)
      return true
    }
  }

  /** Nothing is wanted: only the answer to what was asked before is waited for, as what comes after it is not our doing. */
  const letGo = async (effect: Effect): Promise<boolean> => {
    const { asked } = sight.now()
    if (asked !== null) await confirm(effect, asked.sentAt)
    return asked !== null
  }

  const towards = async (effect: Effect, wanted: Picture): Promise<boolean> => {
    const known = sight.now()
    if (known.program === null && known.asked === null) {
      sight.learn({ program: await port.look('what is on air is not known') })
      return true
    }
    if (!take.hasTransition) {
      take = { ...take, hasTransition: true }
      if (missingTransition(wanted, known) !== null) await port.readTransitions()
      sayTransition(wanted)
      return true
    }
    const [request] = conform(wanted, effect.next, known, null)
    if (take.isDropped) await setScene(effect, { scene: wanted.scene, reason: 'its transition has not begun' })
    else if (request?.type === 'scene') await setScene(effect, request)
    else if (request) await port.perform(request)
    else if (known.asked !== null) await confirm(effect, known.asked.sentAt)
    else if (known.settled) return false
    else confirmed(effect, wanted, take.sentAt, clock.now())
    return true
  }

  /** In studio mode OBS drops a scene that is set in the middle of a transition, and says that it was taken. */
  const isBlocked = () =>
    watch.studioMode && watch.runsSince !== null && clock.now() - watch.runsSince < LONGEST_TRANSITION

  /** OBS says that it has ended, but at times before it says that it has begun: so it is asked as well. */
  const waitForTransition = async () => {
    await rest(LOOK_AGAIN_AFTER)
    if (isBlocked() && !(await port.transitionRuns())) watch.transitionEnded()
  }

  const setScene = async (effect: Effect, request: { readonly scene: string; readonly reason: string }) => {
    if (isBlocked()) return await waitForTransition()
    const sentAt = clock.now()
    const before = sight.now().program
    const begun = watch.begun
    take = { ...take, sentAt: take.sentAt ?? sentAt, tries: take.tries + 1, isDropped: false }
    sight.learn({ asked: { scene: request.scene, sentAt } })
    watch.sceneSent()
    port.onTake({ takeId: effect.takeId, scene: request.scene, phase: 'sent', at: sentAt })
    try {
      await port.setScene(request.scene, request.reason)
      if (watch.studioMode) expectTransition(request.scene, begun)
    } catch (thrown) {
      const error = asObsError(thrown)
      const wasRefused = error.reason === 'refused'
      if (sight.now().asked?.scene === request.scene) sight.learn({ asked: null, program: wasRefused ? before : null })
      if (!wasRefused) throw error
      if (wish?.takeId === effect.takeId) failed(effect, request.scene, error)
    }
  }

  /** Reads back until OBS names the scene, an event does so first, somebody wants something else, or time is up. */
  const confirm = async (effect: Effect, sentAt: Instant) => {
    const before = sight.now()
    const shown = await port.look('to verify the take')
    const { asked } = sight.now()
    if (asked === null || asked !== before.asked) return
    if (shown === asked.scene) {
      sight.learn({ program: shown, asked: null })
      return named(shown, asked.sentAt, clock.now())
    }
    const patience = CONFIRMED_WITHIN + (watch.runsSince === null ? 0 : LONGEST_TRANSITION)
    if (clock.now() < sentAt + patience) return await rest(LOOK_AGAIN_AFTER)
    sight.learn({ program: shown, asked: null })
    if (shown !== before.program) {
      fail(effect, asked.scene, `somebody put ${shown} on air inside OBS at the same moment`)
      port.send({ type: 'seen', scene: shown, by: 'operator' })
    } else if (take.tries >= TRIES) {
      fail(effect, asked.scene, `OBS has accepted the scene ${TRIES} times and still shows ${shown}`)
    }
  }

  const named = (scene: string, sentAt: Instant, at: Instant) => {
    const isAnswer = wish?.wanted?.scene === scene && !sight.now().settled
    if (wish !== null && wish.wanted !== null && isAnswer) confirmed(wish, wish.wanted, sentAt, at)
    stir()
  }

  const confirmed = (effect: Effect, wanted: Picture, sentAt: Instant | null, at: Instant) => {
    sight.learn({ settled: true })
    if (take.isLate) port.send({ type: 'seen', scene: wanted.scene, by: 'obs', at })
    if (take.isAnswered) return
    take = { ...take, isAnswered: true }
    const already = sentAt === null
    log.info(`${wanted.scene} is on air`, { takeId: effect.takeId, already, cause: effect.cause })
    port.onTake({ takeId: effect.takeId, scene: wanted.scene, phase: 'confirmed', at })
    port.send({ type: 'confirmed', takeId: effect.takeId, sentAt, already, at })
  }

  const failed = (effect: Effect, scene: string, error: ObsError) => {
    if (error.code !== status.notFound) return fail(effect, scene, error.message)
    const { scenes } = sight.now()
    take = { ...take, missing: scene }
    fail(effect, scene, `OBS has no scene "${scene}"; ${nearestInWords(scene, scenes)}`)
  }

  const fail = (effect: Effect, scene: string, reason: string) => {
    sight.learn({ settled: true })
    if (take.isAnswered) return
    take = { ...take, isAnswered: true }
    log.error(`${scene} is not on air: ${reason}`, { takeId: effect.takeId, cause: effect.cause })
    port.onTake({ takeId: effect.takeId, scene, phase: 'failed', at: clock.now() })
    port.send({ type: 'failed', takeId: effect.takeId, sentAt: take.sentAt, reason })
  }

  /** A transition of the operator's may have come first by a few milliseconds; then ours never begins, whatever OBS says. */
  const expectTransition = (scene: string, begun: number) => {
    const { takeId } = take
    clock.setTimer(clock.now() + TRANSITION_BEGINS_WITHIN, () => {
      const { program, asked } = sight.now()
      const isStillOurs = take.takeId === takeId && wish?.wanted?.scene === scene && (asked?.scene ?? program) === scene
      if (!port.isUp() || watch.begun > begun || !isStillOurs || take.tries >= TRIES) return
      log.warn(`OBS says that ${scene} is on air, but no transition has begun: set again`)
      take = { ...take, isDropped: true }
      stir()
    })
  }

  const sayTransition = (wanted: Picture) => {
    const known = sight.now()
    const missing = missingTransition(wanted, known)
    if (missing === null) return problems.clear('unknownTransition')
    const names = known.transitions.map(({ name }) => name)
    const message = `OBS has no transition "${missing}"; ${nearestInWords(missing, names)}. ${wanted.scene} comes with the selected one`
    problems.keepOnly('unknownTransition', [missing])
    problems.raise('unknownTransition', missing, message, 'warning')
  }

  return {
    wish: (effect) => {
      const isNew = effect.takeId !== wish?.takeId
      wish = effect
      const { wanted } = effect
      if (wanted === null) sight.learn({ settled: true, states: [] })
      else {
        if (isNew) {
          take = { ...newTake, takeId: effect.takeId }
          const { transition, isTransitionDoubtful } = sight.now()
          if (isTransitionDoubtful)
            sight.learn({ transition: { ...transition, name: null }, isTransitionDoubtful: false })
          sight.learn({ settled: false })
        }
        forgetWhatLeft(wanted, sight, problems)
      }
      stir()
    },
    named,
    stir: () => {
      const { scenes } = sight.now()
      const isThereNow = take.missing !== null && take.missing === wish?.wanted?.scene && scenes.includes(take.missing)
      if (isThereNow) {
        take = { ...take, missing: null, isLate: true }
        sight.learn({ settled: false })
      }
      stir()
    },
    finish: async () => {
      wake()
      await work
    },
  }
}

type TakeState = {
  readonly takeId: number | null
  readonly sentAt: Instant | null
  readonly tries: number
  readonly isAnswered: boolean
  /** It has failed, and can be carried out after all. */
  readonly isLate: boolean
  /** OBS has said that the scene is on, but it can't be. */
  readonly isDropped: boolean
  /** Whether OBS has its transition has been looked into. */
  readonly hasTransition: boolean
  /** The scene that OBS did not have. */
  readonly missing: string | null
}

const newTake: TakeState = {
  takeId: null,
  sentAt: null,
  tries: 0,
  isAnswered: false,
  isLate: false,
  isDropped: false,
  hasTransition: false,
  missing: null,
}

/** States that OBS has refused have no opposite to be sent, and their problems end with their place in the picture. */
function forgetWhatLeft(wanted: Picture, sight: Sight, problems: Problems): void {
  const { states } = sight.now()
  sight.learn({
    states: states.filter((sent) => sent.done || wanted.states.some((state) => sameTarget(state, sent.state))),
  })
  const inputs = wanted.states.flatMap((state) => (state.kind === 'mute' ? [state.input] : []))
  problems.keepOnly('unknownInput', wanted.media === null ? inputs : [...inputs, wanted.media.input])
  problems.keepOnly(
    'unknownItem',
    wanted.states.flatMap((state) => (state.kind === 'item' ? [itemName(state)] : [])),
  )
}
