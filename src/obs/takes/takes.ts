import type { Effect, Picture } from '../../playout/effect.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import { asObsError, type ObsError, status } from '../link/obsError.ts'
import type { Problems } from '../link/problems.ts'
import type { ProgramWatch } from '../mirror/programWatch.ts'
import { type AnswersPort, createAnswers } from './answers.ts'
import { conform, leaving, missingTransition, whatHasLeft } from './conform.ts'
import type { Surroundings } from './perform.ts'
import { forgetWhatLeft, sayMissingTransition } from './pictureProblems.ts'
import { createWorker } from './worker.ts'

export type TakesPort = AnswersPort & {
  readonly watch: ProgramWatch
  readonly problems: Problems
  /** Whether requests may be sent now. */
  isUp(): boolean
  setScene(scene: string, reason: string): Promise<unknown>
  /** What is on air, as OBS names it. */
  look(reason: string): Promise<string>
  transitionRuns(): Promise<boolean>
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
  /** Resolves once the present take is past its scene: OBS has accepted it, shows it already, or can't. */
  pastScene(): Promise<void>
  /** Resolves when no request of a take is under way. */
  finish(): Promise<void>
}

/** How long OBS may take to name a scene after it was set; the time of a running transition comes on top. */
const CONFIRMED_WITHIN: Millis = 2000
const LONGEST_TRANSITION: Millis = 21_000
const LOOK_AGAIN_AFTER: Millis = 250
/** OBS tells the end of a transition, which ends the wait at once; this is for the ends that it tells too early. */
const BLOCKED_LOOK_AGAIN_AFTER: Millis = 100
const TRIES = 3
/** In studio mode a scene that is really taken begins its transition within so long. */
const TRANSITION_BEGINS_WITHIN: Millis = 300

export function createTakes(port: TakesPort): Takes {
  const { clock, sight, watch, problems, log } = port
  const answers = createAnswers(port)
  let wish: Effect | null = null
  /** Whether the transition of the present take has been looked for in OBS. */
  let hasTransition = false
  /** OBS has said that the scene of the present take is on, but it can't be. */
  let isDropped = false
  let waiting: readonly (() => void)[] = []

  const isPastScene = () => {
    const { asked, settled } = sight.now()
    return settled || wish === null || asked?.scene === wish.wanted?.scene
  }

  const step = async (): Promise<boolean> => {
    const isMoreToDo = await doNext()
    if (isPastScene()) {
      for (const resolve of waiting) resolve()
      waiting = []
    }
    return isMoreToDo
  }

  /** One request, or one wait. */
  const doNext = async (): Promise<boolean> => {
    const effect = wish
    if (effect === null) return false
    try {
      return effect.wanted === null ? await letGo(effect) : await towards(effect, effect.wanted)
    } catch (thrown) {
      const error = asObsError(thrown)
      if (error.reason === 'timeout') port.check()
      if (error.reason !== 'closed') log.warn(`${error.message}; asked again`, { takeId: effect.takeId })
      if (port.isUp()) await worker.rest(LOOK_AGAIN_AFTER)
      return true
    }
  }
  const worker = createWorker(clock, port.isUp, step)

  /**
   * Nothing is wanted: what has left the picture before is still undone, and the answer to what was asked before is waited for,
   * as what comes after it is not our doing.
   */
  const letGo = async (effect: Effect): Promise<boolean> => {
    const { asked, states } = sight.now()
    const [left] = leaving(states)
    if (left) {
      await port.perform(left)
      return true
    }
    if (asked !== null) await confirm(effect, asked.sentAt)
    return asked !== null
  }

  const towards = async (effect: Effect, wanted: Picture): Promise<boolean> => {
    const known = sight.now()
    if (known.program === null && known.asked === null) {
      sight.learn({ program: await port.look('what is on air is not known') })
      return true
    }
    if (!hasTransition) {
      hasTransition = true
      if (missingTransition(wanted, known) !== null) await port.readTransitions()
      sayMissingTransition(wanted, sight, problems)
      return true
    }
    const [request] = conform(wanted, effect.next, known, null)
    if (isDropped) await setScene(effect, { scene: wanted.scene, reason: 'its transition has not begun' })
    else if (request?.type === 'scene') await setScene(effect, request)
    else if (request) await port.perform(request)
    else if (known.asked !== null) await confirm(effect, known.asked.sentAt)
    else if (known.settled) return false
    else answers.confirmed(effect, wanted.scene, answers.sentAt, clock.now())
    return true
  }

  const setScene = async (effect: Effect, { scene, reason }: { readonly scene: string; readonly reason: string }) => {
    if (isBlocked()) return await waitForTransition()
    const { program } = sight.now()
    isDropped = false
    sight.learn({ asked: { scene, sentAt: answers.sent(scene) } })
    watch.sceneSent()
    try {
      await port.setScene(scene, reason)
    } catch (thrown) {
      const error = asObsError(thrown)
      const wasRefused = error.reason === 'refused'
      if (sight.now().asked?.scene === scene) sight.learn({ asked: null, program: wasRefused ? program : null })
      if (wasRefused) watch.sceneRefused()
      if (!wasRefused || isNotReadyYet(scene, error)) throw error
      if (answers.takeId === effect.takeId) answers.refused(effect, scene, error)
    }
  }

  /** OBS announces a new scene before it finds it by its name. */
  const isNotReadyYet = (scene: string, error: ObsError) =>
    error.code === status.notFound && sight.now().scenes.includes(scene) && answers.tries < TRIES

  /** In studio mode OBS drops a scene that is set in the middle of a transition, and says that it was taken. */
  const isBlocked = () => watch.studioMode && (watch.isTransitionDue || isTransitionRunning())

  const isTransitionRunning = () => watch.runsSince !== null && clock.now() - watch.runsSince < LONGEST_TRANSITION

  /** OBS says that it has ended, but at times before it says that it has begun: so it is asked as well. */
  const waitForTransition = async () => {
    await worker.rest(BLOCKED_LOOK_AGAIN_AFTER)
    if (isTransitionRunning() && !(await port.transitionRuns())) watch.transitionEnded()
  }

  /** Reads back until OBS names the scene, an event does so first, somebody wants something else, or time is up. */
  const confirm = async (effect: Effect, sentAt: Instant) => {
    const before = sight.now()
    const shown = await port.look('to verify the take')
    const { asked } = sight.now()
    if (asked === null || asked !== before.asked) return
    if (shown === asked.scene && !watch.isCredible && answers.tries < TRIES) return await doubt(asked)
    if (shown === asked.scene) {
      sight.learn({ program: shown, asked: null })
      return named(shown, asked.sentAt, clock.now())
    }
    if (wish?.takeId !== effect.takeId) return
    const patience = CONFIRMED_WITHIN + (watch.runsSince === null ? 0 : LONGEST_TRANSITION)
    if (clock.now() < sentAt + patience) return await worker.rest(LOOK_AGAIN_AFTER)
    sight.learn({ program: shown, asked: null })
    const isSomebodys = shown !== before.program
    if (effect.wanted !== null && isSomebodys) {
      answers.failed(effect, asked.scene, `somebody put ${shown} on air inside OBS at the same moment`)
    } else if (effect.wanted !== null && answers.tries >= TRIES) {
      answers.failed(effect, asked.scene, `OBS has accepted the scene ${TRIES} times and still shows ${shown}`)
    }
    if (isSomebodys) port.send({ type: 'seen', scene: shown, by: 'operator' })
  }

  const doubt = async ({ scene, sentAt }: { readonly scene: string; readonly sentAt: Instant }) => {
    if (clock.now() < sentAt + TRANSITION_BEGINS_WITHIN) return await worker.rest(TRANSITION_BEGINS_WITHIN)
    log.warn(`OBS says that ${scene} is on air, but no transition has begun: set again`)
    watch.sceneRefused()
    isDropped = true
  }

  const named = (scene: string, sentAt: Instant, at: Instant) => {
    if (wish?.wanted?.scene === scene && !sight.now().settled) answers.confirmed(wish, scene, sentAt, at)
    worker.stir()
  }

  const begin = (takeId: number) => {
    answers.begin(takeId)
    hasTransition = false
    isDropped = false
    const { transition, isTransitionDoubtful, states } = sight.now()
    if (isTransitionDoubtful) sight.learn({ transition: { ...transition, name: null }, isTransitionDoubtful: false })
    // What OBS has refused is tried again with each take: somebody may have mended it, and OBS doesn't tell.
    sight.learn({ settled: false, states: states.filter(({ done }) => done) })
  }

  return {
    wish: (effect) => {
      const before = wish?.wanted ?? null
      wish = effect
      const { wanted, takeId } = effect
      if (wanted === null) {
        answers.begin(null)
        sight.learn({ settled: true, states: port.isUp() ? whatHasLeft(before, sight.now().states) : [] })
      } else {
        if (takeId !== answers.takeId) begin(takeId)
        forgetWhatLeft(wanted, sight, problems)
      }
      worker.stir()
    },
    named,
    stir: () => {
      if (answers.isPossibleNow(wish?.wanted?.scene)) sight.learn({ settled: false })
      if (wish?.wanted === null && !port.isUp()) sight.learn({ states: [] })
      worker.stir()
    },
    pastScene: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve]
        worker.stir()
      }),
    finish: worker.finish,
  }
}
