import type { Picture } from '../../playout/effect.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import type { Request } from '../mirror/events.ts'
import { GRACE } from '../mirror/media.ts'
import { isHere, type Mirror } from '../mirror/mirror.ts'
import { isBlockedUntil, isTransitionRunning } from '../mirror/program.ts'
import { CURSOR } from '../mirror/readObs.ts'
import { hasTransition, missingTransition } from '../mirror/transitions.ts'
import { type Armed, conform, leaving, type Next } from './conform.ts'

/** What to do next. `wait`: nothing before `until`, unless something happens. `done`: nothing, unless something happens. */
export type Step =
  | { readonly kind: 'ask'; readonly request: Request }
  | { readonly kind: 'wait'; readonly until: Instant; readonly why: string }
  | { readonly kind: 'done' }

/**
 * How a take happens. As long as OBS doesn't show what is wanted, this names the one request that comes next: what `conform` finds
 * missing, in its order, with the scene in the middle; then a look at whether OBS shows the scene. What else has to be learnt from
 * OBS comes after that.
 */
export function plan(wanted: Picture | null, next: Next, mirror: Mirror, armed: Armed): Step {
  if (mirror.leavingSince !== null) return isHere(mirror) ? towardsOperators(mirror, mirror.leavingSince) : done
  if (!isHere(mirror)) return soonest([towardsLoaded(mirror), ...mirror.playing.map(itsEnd)])
  if (mirror.isStale) return look('everything', 'OBS has changed as a whole')
  if (mirror.at < mirror.restsUntil) {
    return soonest([wait(mirror.restsUntil, 'OBS did not answer'), ...mirror.playing.map(itsEnd)])
  }
  return soonest([
    towards(wanted, next, mirror, armed),
    towardsCertainty(mirror),
    mirror.areScenesStale ? look('scenes', 'the scenes have changed') : done,
    ...mirror.playing.map((playback) => towardsItsEnd(playback, mirror)),
    lookAt(mirror.streamLookAt, mirror, 'stream', 'right after its end OBS can still say that a stream runs'),
  ])
}

/** The take itself. */
function towards(wanted: Picture | null, next: Next, mirror: Mirror, armed: Armed): Step {
  const { asked, take, durationLook } = mirror
  if (mirror.program === null && asked === null) return look('scenes', 'what is on air is not known')
  if (wanted === null) return towardsNothing(mirror)
  if (durationLook !== null && mirror.at < durationLook.until) {
    return lookAt(durationLook.at, mirror, 'transition', "the operator's duration can be read only now")
  }
  if (!take.isTransitionChecked && missingTransition(wanted, mirror) !== null) {
    return look('transitions', 'a transition is missing, and OBS does not tell when one is made')
  }
  if (take.isDropped) return setScene(wanted.scene, 'OBS names it, but its transition has not begun', mirror)
  const [first] = conform(wanted, next, mirror, armed)
  if (first?.type === 'scene') return setScene(first.scene, first.reason, mirror)
  if (first) return ask(first)
  return towardsConfirmation(mirror)
}

/**
 * Nothing is wanted: what left the picture before is still undone, and what was asked for before is still waited for, so that what
 * comes after it is not taken for our doing.
 */
function towardsNothing(mirror: Mirror): Step {
  const [left] = leaving(mirror.states)
  return left ? ask(left) : towardsConfirmation(mirror)
}

function towardsConfirmation(mirror: Mirror): Step {
  return mirror.asked === null ? done : lookAt(mirror.asked.lookAt, mirror, 'scenes', 'to verify the take')
}

function setScene(scene: string, reason: string, mirror: Mirror): Step {
  const until = isBlockedUntil(mirror)
  if (until === null) return ask({ type: 'scene', scene, reason })
  if (!isTransitionRunning(mirror) || !mirror.available.has(CURSOR)) return wait(until, 'a transition runs')
  // OBS tells the end of a transition, but at times before its beginning: so it is asked as well.
  const again = Math.max(mirror.runsSince ?? mirror.at, mirror.cursorReadAt) + LOOK_AT_CURSOR_AFTER
  return lookAt(again, mirror, 'cursor', 'does the transition still run')
}

const LOOK_AT_CURSOR_AFTER: Millis = 100

/** Somebody else may have switched OBS; while a scene of ours is on its way, its own verification tells. */
function towardsCertainty(mirror: Mirror): Step {
  const { suspicions, asked } = mirror
  if (asked !== null || suspicions.length === 0) return done
  const due = Math.min(...suspicions.map((suspicion) => suspicion.lookAt))
  return lookAt(due, mirror, 'scenes', 'somebody else may have switched OBS')
}

type Playback = Mirror['playing'][number]

function towardsItsEnd(playback: Playback, mirror: Mirror): Step {
  const { input, isRestartDue, endHeard } = playback
  if (isRestartDue)
    return ask({ type: 'restartMedia', input, reason: 'OBS did not restart it while it was out of sight' })
  const request: Request = { type: 'lookAtMedia', input, reason: 'how it plays' }
  if (endHeard === 'yes') return ask(request)
  if (playback.lookAt !== null && mirror.at >= playback.lookAt) return ask(request)
  return soonest([playback.lookAt === null ? done : wait(playback.lookAt, `${input} plays`), itsEnd(playback)])
}

function itsEnd({ endsAt, input }: Playback): Step {
  return endsAt === null ? done : wait(endsAt + GRACE, `the end of ${input}`)
}

/** A collection that doesn't say when it is loaded is read anyway. */
function towardsLoaded({ link, loadingSince, at }: Mirror): Step {
  if (link !== 'up' || loadingSince === null) return done
  const until = loadingSince + LOADING_LIMIT
  return at < until
    ? wait(until, 'a scene collection loads')
    : look('everything', 'a scene collection has been loading for long')
}

const LOADING_LIMIT: Millis = 30_000

/** The operator's own transition is put back. OBS 32 keeps the old one if it is changed while it runs: a short one is waited for. */
function towardsOperators(mirror: Mirror, since: Instant): Step {
  const { name, duration } = mirror.replaced
  const isNameDue = name !== null && hasTransition(mirror, name)
  if (!isNameDue && duration === null) return done
  if (mirror.at < mirror.restsUntil) return wait(mirror.restsUntil, 'OBS did not answer')
  const until = since + TRANSITION_PATIENCE
  if (mirror.runsSince !== null && mirror.at < until) return wait(until, 'a transition runs')
  const reason = "the operator's own transition is put back"
  if (duration !== null) return ask({ type: 'transitionDuration', duration, reason })
  return isNameDue ? ask({ type: 'transition', name, reason }) : done
}

const TRANSITION_PATIENCE: Millis = 1000

const done: Step = { kind: 'done' }
const ask = (request: Request): Step => ({ kind: 'ask', request })
const wait = (until: Instant, why: string): Step => ({ kind: 'wait', until, why })

type Sight = Extract<Request, { type: 'look' }>['at']
const look = (at: Sight, reason: string): Step => ask({ type: 'look', at, reason })

function lookAt(due: Instant | null, mirror: Pick<Mirror, 'at'>, at: Sight, reason: string): Step {
  if (due === null) return done
  return mirror.at < due ? wait(due, reason) : look(at, reason)
}

/** The first request, in this order; otherwise the earliest wait. */
function soonest(steps: readonly Step[]): Step {
  const first = steps.find(({ kind }) => kind === 'ask')
  if (first) return first
  return steps.reduce((a, b) => (b.kind === 'wait' && (a.kind !== 'wait' || b.until < a.until) ? b : a), done)
}
