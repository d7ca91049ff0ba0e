import type { Instant, Millis } from '../../time/clock.ts'
import { type ObsError, status } from '../link/obsError.ts'
import type { ObsEvent, ObsReport } from '../mirror/events.ts'
import { type Asked, andThen, isHere, type Mirror, type Observed, silently } from '../mirror/mirror.ts'
import { observe } from '../mirror/observe.ts'
import { nearestInWords, problemReports } from '../mirror/problems.ts'
import { isCredible, sceneRefused, shows, transitionAllowance } from '../mirror/program.ts'
import { transitionProblem } from '../mirror/transitions.ts'
import { conform } from './conform.ts'

/** How long OBS may take to name a scene after it was set; the time of a running transition comes on top. */
const CONFIRMED_WITHIN: Millis = 2000
const LOOK_AGAIN_AFTER: Millis = 250
/** In studio mode a scene that is really taken begins its transition within this time. */
const TRANSITION_BEGINS_WITHIN: Millis = 300
const TRIES = 3

/** What OBS is known to show after an event, and what has become of the present take. */
export function follow(before: Mirror, event: ObsEvent): Observed {
  const observed = andThen(observe(before, event), (mirror) => answer(mirror, event))
  const { mirror, reports } = andThen(observed, (mirror) => verify(transitionProblem(mirror)))
  return { mirror, reports: [...problemReports(before.problems, mirror.problems), ...reports] }
}

/** What an event says of the scene that was asked for. */
function answer(mirror: Mirror, event: ObsEvent): Observed {
  const { asked, take, at } = mirror
  if (event.type === 'sent' && event.request.type === 'scene') {
    const { scene } = event.request
    const sent = { ...take, sentAt: take.sentAt ?? at, tries: take.tries + 1, isDropped: false }
    return silently({ ...mirror, asked: { scene, takeId: take.id, sentAt: at, lookAt: null }, take: sent })
  }
  if (asked === null || !isHere(mirror)) return silently(mirror)
  switch (event.type) {
    case 'programChanged':
      return event.scene === asked.scene && isCredible(mirror) ? shows(mirror, asked.scene) : silently(mirror)
    case 'scenesRead':
      return looked(mirror, asked, event.program)
    case 'done':
      return silently(event.request.type === 'scene' ? { ...mirror, asked: { ...asked, lookAt: at } } : mirror)
    case 'refused':
      return event.request.type === 'scene' ? refused(mirror, asked, event.error) : silently(mirror)
    case 'unanswered':
      return silently(event.request.type === 'scene' ? unanswered(mirror, event.error) : mirror)
    default:
      return silently(mirror)
  }
}

/** OBS shows this, some time after a scene was set. */
function looked(mirror: Mirror, asked: Asked, shown: string): Observed {
  const { take, at, program } = mirror
  const again = (lookAt: Instant) => silently({ ...mirror, asked: { ...asked, lookAt } })
  const isWanted = take.wanted?.scene === asked.scene
  if (shown === asked.scene) {
    if (isCredible(mirror) || !isWanted || take.tries >= TRIES) return shows(mirror, asked.scene)
    const begins = asked.sentAt + TRANSITION_BEGINS_WITHIN
    if (at < begins) return again(begins)
    return silently(sceneRefused({ ...mirror, take: { ...take, isDropped: true } }))
  }
  if (at < asked.sentAt + CONFIRMED_WITHIN + transitionAllowance(mirror)) return again(at + LOOK_AGAIN_AFTER)
  const seen = { ...mirror, asked: null, program: shown }
  if (shown === program) {
    const isHopeless = isWanted && take.tries >= TRIES
    return isHopeless
      ? failed(seen, `OBS has accepted the scene ${TRIES} times and still shows ${shown}`)
      : silently(seen)
  }
  const reason = `somebody put ${shown} on air inside OBS at the same moment`
  const told = isWanted ? failed(seen, reason) : silently(seen)
  return { mirror: told.mirror, reports: [...told.reports, { type: 'seen', scene: shown, by: 'operator', at }] }
}

/** Nobody knows whether the scene was set, unless OBS wasn't ready for any request. */
function unanswered(mirror: Mirror, { reason }: ObsError): Mirror {
  if (reason === 'notReady') return sceneRefused({ ...mirror, asked: null })
  return { ...mirror, asked: null, program: null }
}

function refused(mirror: Mirror, asked: Asked, error: ObsError): Observed {
  const { take, scenes, at } = mirror
  const known = sceneRefused({ ...mirror, asked: null })
  const isMissing = error.code === status.notFound
  // OBS announces a new scene before it finds it by its name.
  const isNotReadyYet = isMissing && scenes.includes(asked.scene) && take.tries < TRIES
  if (isNotReadyYet) return silently({ ...known, restsUntil: at + LOOK_AGAIN_AFTER })
  if (asked.takeId !== take.id || take.wanted === null) return silently(known)
  if (!isMissing) return failed(known, error.message)
  const reason = `OBS has no scene "${asked.scene}"; ${nearestInWords(asked.scene, scenes)}`
  return failed({ ...known, take: { ...take, missing: asked.scene } }, reason)
}

/** Whether the take is over. A scene that it sent counts as soon as OBS names it; one that was on before, once all else is set. */
function verify(mirror: Mirror): Observed {
  const { take, asked, program, scenes } = mirror
  const { wanted } = take
  if (wanted === null) return silently(mirror)
  if (take.missing !== null && take.missing === wanted.scene && scenes.includes(wanted.scene)) {
    // Somebody has made the scene for want of which the take failed: it is carried out late.
    return silently({ ...mirror, take: { ...take, missing: null, isSettled: false, answer: 'late' } })
  }
  if (take.isSettled || asked !== null || program !== wanted.scene || !isHere(mirror)) return silently(mirror)
  const isOver =
    take.sentAt !== null || (mirror.suspicions.length === 0 && conform(wanted, take.next, mirror, null).length === 0)
  return isOver ? confirmed(mirror, wanted.scene) : silently(mirror)
}

function confirmed(mirror: Mirror, scene: string): Observed {
  const { id, sentAt, answer } = mirror.take
  // The failure of a late take was reported, and a take has one answer.
  if (answer === 'late') return settled(mirror, { type: 'seen', scene, by: 'obs', at: mirror.at })
  if (answer === 'given' || id === null) return settled(mirror)
  return settled(mirror, { type: 'confirmed', takeId: id, sentAt, already: sentAt === null, at: mirror.at })
}

function failed(mirror: Mirror, reason: string): Observed {
  const { id, sentAt, answer } = mirror.take
  if (answer !== 'none' || id === null) return settled(mirror)
  return settled(mirror, { type: 'failed', takeId: id, sentAt, reason })
}

function settled(mirror: Mirror, ...reports: readonly ObsReport[]): Observed {
  return { mirror: { ...mirror, take: { ...mirror.take, isSettled: true, answer: 'given' } }, reports }
}
