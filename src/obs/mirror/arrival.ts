import type { LinkState } from '../link/link.ts'
import type { ObsError } from '../link/obsError.ts'
import type { ObsReport, Reading } from './events.ts'
import { andThen, type FrameCount, type Mirror, type Observed, silently } from './mirror.ts'
import { outputsRead } from './outputs.ts'
import { clear, raise } from './problems.ts'
import { scenesRead } from './scenes.ts'

/** The link has changed its state: the core is told, without a word for each quick try. */
export function linkChanged(mirror: Mirror, state: LinkState): Observed {
  const next = { ...mirror, link: state }
  if (state === 'up') return arrived(next)
  // The states of a show that is over stay as they are once OBS has been away.
  const away = mirror.take.wanted === null ? { ...next, states: [] } : next
  switch (state) {
    case 'connecting':
      // An OBS that isn't there is tried twice a second: it is `down` until it lets us in.
      return mirror.toldLink === null ? told(away, 'connecting') : silently(away)
    case 'reading':
      // Another scene collection is read on a link that stays up.
      return mirror.toldLink === 'up' ? silently(away) : told(away, 'connecting')
    default:
      // The end of a loading collection would have been told on the link that is lost; all of it is read again.
      return told({ ...away, loadingSince: null, isStale: false }, 'down')
  }
}

/** What an attempt to reach OBS failed of. */
export function linkTroubled(mirror: Mirror, error: ObsError): Mirror {
  const code = linkProblems[error.reason] ?? UNREACHABLE
  const others = Object.values(linkProblems).filter((other) => other !== code)
  return raise(others.reduce(clearAll, mirror), code, 'link', { message: error.message })
}

/** OBS is going to be read: only what it says from now on counts. */
export function readingBegun(mirror: Mirror): Mirror {
  return {
    ...mirror,
    ...{ areScenesStale: false, isStale: false, suspicions: [], isStreamHeard: false, isRecordingHeard: false },
  }
}

/** Whether what is being read has changed in the meantime. */
export function isReadingOutdated({ areScenesStale, isStale }: Mirror): boolean {
  return areScenesStale || isStale
}

/** Another scene collection has been loaded, or counts as such after a while. */
export function collectionLoaded(mirror: Mirror): Mirror {
  return { ...mirror, loadingSince: null, isStale: true, isNewCollection: true }
}

/** Whether OBS's frame counter, which begins at 0 with the process, has begun again. */
export function hasRestarted(before: FrameCount, now: FrameCount): boolean {
  const seconds = Math.max(0, (now.at - before.at) / 1000 - STALL_SECONDS)
  return now.frames < before.frames + seconds * before.fps * LEAST_PACE
}

/** A busy OBS counts the frames that it drops too, only later: it may stand still for so long, and be so slow. */
const STALL_SECONDS = 2
const LEAST_PACE = 0.5

const UNREACHABLE = 'obsUnreachable'

/** A link that fails for another reason recovers by itself, and OBS merely isn't there. */
const linkProblems: Readonly<Record<string, string>> = {
  unreachable: UNREACHABLE,
  wrongPassword: 'obsPassword',
  incompatible: 'obsIncompatible',
  kicked: 'obsKicked',
}

const clearAll = (mirror: Mirror, code: string): Mirror => clear(mirror, code)

function told(mirror: Mirror, phase: 'connecting' | 'down'): Observed {
  if (phase === mirror.toldLink) return silently(mirror)
  return { mirror: { ...mirror, toldLink: phase }, reports: [{ type: 'link', phase }] }
}

/** Takes over what was read. The link's own report is the last: by then everything else has been told. */
function arrived(mirror: Mirror): Observed {
  const { reading, toldLink, program, frames } = mirror
  if (reading === null) return silently(mirror)
  const isConnect = toldLink !== 'up'
  const now: FrameCount = { frames: reading.frames, at: mirror.at, fps: reading.fps }
  const restarted = frames === null ? null : hasRestarted(frames, now)
  const isSameContent = isConnect ? restarted !== true : !mirror.isNewCollection
  const known = takenOver({ ...mirror, frames: now, toldLink: 'up', isNewCollection: false }, reading, isSameContent)
  // The operator's transition of the old collection may not even be there.
  const replaced = isConnect || isSameContent ? known.replaced : { ...known.replaced, name: null }
  const clean = Object.values(linkProblems).reduce(clearAll, { ...known, replaced })

  const last: readonly ObsReport[] = isConnect
    ? [{ type: 'link', phase: 'up', obs: reading.obs, restarted, program: reading.program }]
    : reading.program !== program
      ? [{ type: 'seen', scene: reading.program, by: 'obs' }]
      : []
  const listed = scenesRead({ ...clean, areScenesStale: false }, reading.scenes, isConnect)
  const outputs = andThen(listed, (known) => outputsRead(known, reading.stream, reading.recording))
  return { mirror: outputs.mirror, reports: [...outputs.reports, ...last] }
}

function takenOver(mirror: Mirror, reading: Reading, isSameContent: boolean): Mirror {
  const { states, media, at } = mirror
  const { program, transition, transitions, studioMode, available } = reading
  return {
    ...mirror,
    ...{ reading: null, program, transition, transitions, studioMode, available },
    ...{ asked: null, hasBegun: true, owed: [], suspicions: [], removed: [], durationLook: null },
    runsSince: reading.transitionRuns ? at : null,
    restsUntil: at,
    states: isSameContent ? states : states.map((sent) => ({ ...sent, sure: false })),
    media: isSameContent ? media : null,
  }
}
