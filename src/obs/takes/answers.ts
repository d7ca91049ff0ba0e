import type { Effect } from '../../playout/effect.ts'
import type { Clock, Instant } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { type ObsError, status } from '../link/obsError.ts'
import type { ObsReport } from '../link/report.ts'
import type { Sight } from '../mirror/known.ts'
import { nearestInWords } from './nearest.ts'

/** What happens to a take, for whoever counts and times. */
export type TakeReport = {
  readonly takeId: number
  readonly scene: string
  readonly phase: 'sent' | 'confirmed' | 'failed'
  readonly at: Instant
}

/** The present take, as it is told to the core: once, whatever becomes of it afterwards. */
export type Answers = {
  begin(takeId: number | null): void
  readonly takeId: number | null
  /** When its scene was first sent. */
  readonly sentAt: Instant | null
  /** How often its scene was sent. */
  readonly tries: number
  sent(scene: string): Instant
  confirmed(effect: Effect, scene: string, sentAt: Instant | null, at: Instant): void
  refused(effect: Effect, scene: string, error: ObsError): void
  failed(effect: Effect, scene: string, reason: string): void
  /** Whether the take has failed for want of a scene that is there by now: it is then carried out late. */
  isPossibleNow(scene: string | undefined): boolean
}

export type AnswersPort = {
  readonly clock: Clock
  readonly sight: Sight
  readonly log: Log
  send(event: ObsReport): void
  onTake(take: TakeReport): void
}

type Take = {
  readonly takeId: number | null
  readonly sentAt: Instant | null
  readonly tries: number
  readonly answer: 'none' | 'given' | 'late'
  readonly missing: string | null
}

export function createAnswers({ clock, sight, log, send, onTake }: AnswersPort): Answers {
  let take: Take = newTake(null)

  const failed = (effect: Effect, scene: string, reason: string) => {
    sight.learn({ settled: true })
    if (take.answer !== 'none') return
    take = { ...take, answer: 'given' }
    log.error(`${scene} is not on air: ${reason}`, { takeId: effect.takeId, cause: effect.cause })
    onTake({ takeId: effect.takeId, scene, phase: 'failed', at: clock.now() })
    send({ type: 'failed', takeId: effect.takeId, sentAt: take.sentAt, reason })
  }

  return {
    begin: (takeId) => {
      take = newTake(takeId)
    },
    get takeId() {
      return take.takeId
    },
    get sentAt() {
      return take.sentAt
    },
    get tries() {
      return take.tries
    },
    sent: (scene) => {
      const at = clock.now()
      take = { ...take, sentAt: take.sentAt ?? at, tries: take.tries + 1 }
      if (take.takeId !== null) onTake({ takeId: take.takeId, scene, phase: 'sent', at })
      return at
    },
    confirmed: ({ takeId, cause }, scene, sentAt, at) => {
      sight.learn({ settled: true })
      const { answer } = take
      take = { ...take, answer: 'given' }
      // Its failure has been told, and a take has one answer.
      if (answer === 'late') send({ type: 'seen', scene, by: 'obs', at })
      if (answer !== 'none') return
      const already = sentAt === null
      log.info(`${scene} is on air`, { takeId, already, cause })
      onTake({ takeId, scene, phase: 'confirmed', at })
      send({ type: 'confirmed', takeId, sentAt, already, at })
    },
    failed,
    refused: (effect, scene, error) => {
      if (error.code !== status.notFound) return failed(effect, scene, error.message)
      take = { ...take, missing: scene }
      failed(effect, scene, `OBS has no scene "${scene}"; ${nearestInWords(scene, sight.now().scenes)}`)
    },
    isPossibleNow: (scene) => {
      const isIt = take.missing !== null && take.missing === scene && sight.now().scenes.includes(scene)
      if (isIt) take = { ...take, missing: null, answer: 'late' }
      return isIt
    },
  }
}

const newTake = (takeId: number | null): Take => ({ takeId, sentAt: null, tries: 0, answer: 'none', missing: null })
