import type { Instant, Millis } from '../../time/clock.ts'
import type { ObsReport } from './events.ts'
import { type Mirror, type Observed, type Suspicion, silently } from './mirror.ts'

/**
 * Tells program changes that follow from our takes from those that somebody made and those that mean nothing. OBS announces a
 * program scene at the end of its transition, and in studio mode also when nothing has changed, so an announcement that no take of
 * ours explains is only a reason to look.
 */

/** Switching studio mode off announces the preview scene, then the program: 45 ms apart on OBS 29. */
const SETTLE: Millis = 250
/** OBS may announce that the scene on air was removed a moment after what it shows instead. */
const REMOVAL_IS_TOLD_WITHIN: Millis = 100
/** OBS says that a transition has begun within a frame or two of the request. */
const TRANSITION_BEGINS_WITHIN: Millis = 1000
const LONGEST_TRANSITION: Millis = 21_000

/** A scene is being set: what OBS announces from now on may follow from it. */
export function sceneSent(mirror: Mirror): Mirror {
  const owed = [...mirror.owed, mirror.at + TRANSITION_BEGINS_WITHIN]
  return { ...mirror, hasBegun: false, owed, suspicions: [] }
}

/** OBS has refused or dropped the scene, so no transition follows; one that began meanwhile was somebody else's. */
export function sceneRefused(mirror: Mirror): Mirror {
  return suspect({ ...mirror, owed: mirror.owed.slice(0, -1) }, false)
}

export function transitionStarted(mirror: Mirror): Mirror {
  const owed = mirror.owed.filter((until) => until >= mirror.at).slice(1)
  const running = lookSoon({ ...mirror, hasBegun: true, runsSince: mirror.at, owed })
  // It may be that of a take which was confirmed before: OBS knows.
  return mirror.asked === null ? suspect(running, false) : running
}

export function transitionEnded(mirror: Mirror): Mirror {
  return lookSoon({ ...mirror, runsSince: null })
}

/** OBS announces a program scene that is not the one we asked for. */
export function programChanged(mirror: Mirror, scene: string): Mirror {
  if (mirror.asked !== null || scene === mirror.program) return mirror
  return suspect(mirror, mirror.runsSince === null)
}

/** OBS is being asked what it shows: that will judge the suspicions that are due. */
export function programLooked(mirror: Mirror): Mirror {
  const looked = (one: Suspicion) => (one.lookAt <= mirror.at ? { ...one, isLooked: true } : one)
  return { ...mirror, suspicions: mirror.suspicions.map(looked) }
}

/** What OBS shows, as it says itself, while no scene of ours is on its way. */
export function programRead(mirror: Mirror, scene: string): Observed {
  const [judged] = mirror.suspicions.filter(({ isLooked }) => isLooked)
  const known = { ...mirror, suspicions: mirror.suspicions.filter(({ isLooked }) => !isLooked) }
  const { program } = mirror
  if (program === null) return shows(known, scene)
  if (judged === undefined || scene === program) return silently(known)
  const followsStudioMode = judged.isAnnouncement && mirror.at < mirror.studioModeChangedAt + SETTLE
  const by = followsStudioMode || mirror.removed.includes(program) ? 'obs' : 'operator'
  return { mirror: { ...known, program: scene }, reports: [{ type: 'seen', scene, by, at: judged.at }] }
}

/** OBS shows a scene for a reason of ours: a take tells it, unless nothing is wanted any more. */
export function shows(mirror: Mirror, scene: string): Observed {
  const { take, at } = mirror
  const reports: readonly ObsReport[] = take.wanted === null ? [{ type: 'seen', scene, by: 'obs', at }] : []
  return { mirror: { ...mirror, asked: null, program: scene }, reports }
}

export function isTransitionRunning({ runsSince, at }: Mirror): boolean {
  return runsSince !== null && at - runsSince < LONGEST_TRANSITION
}

/**
 * In studio mode OBS drops a scene that is set in the middle of a transition, and says that it was taken. OBS may answer 50 ms
 * before it announces the transition. Null: nothing is in the way. Otherwise the instant at which nothing will be.
 */
export function isBlockedUntil(mirror: Mirror): Instant | null {
  if (!mirror.studioMode) return null
  if (isTransitionRunning(mirror)) return (mirror.runsSince ?? mirror.at) + LONGEST_TRANSITION
  const owed = mirror.owed.filter((until) => until >= mirror.at)
  return owed.length === 0 ? null : Math.max(...owed) + 1
}

/**
 * Whether to believe what OBS says of the scene that was set. In studio mode it drops a scene at times, also without a running
 * transition (seen on 30.2), and names it all the same; then no transition begins.
 */
export function isCredible({ hasBegun, studioMode }: Mirror): boolean {
  return hasBegun || !studioMode
}

/** How much longer than usual a scene may take to be named. */
export function transitionAllowance({ runsSince }: Mirror): Millis {
  return runsSince === null ? 0 : LONGEST_TRANSITION
}

/** Without a transition that has begun, an announcement often means nothing: what follows it has the last word. */
function suspect(mirror: Mirror, isAnnouncement: boolean): Mirror {
  const lookAt = mirror.at + (isAnnouncement ? SETTLE : REMOVAL_IS_TOLD_WITHIN)
  return { ...mirror, suspicions: [...mirror.suspicions, { at: mirror.at, lookAt, isAnnouncement, isLooked: false }] }
}

/** A transition has begun or ended: it is worth looking whether the scene that was set is on. */
function lookSoon(mirror: Mirror): Mirror {
  const { asked, at } = mirror
  return asked === null || asked.lookAt === null ? mirror : { ...mirror, asked: { ...asked, lookAt: at } }
}
