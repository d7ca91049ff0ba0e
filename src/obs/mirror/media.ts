import type { Millis } from '../../time/clock.ts'
import type { MediaStatus, ObsReport } from './events.ts'
import { type Mirror, type Observed, onTheWay, type Playback, silently } from './mirror.ts'
import { clear, raise } from './problems.ts'

/** Follows the media inputs that were restarted with a take, until each has ended. */

/** A file takes a moment to open before OBS knows how long it is. */
const LOOK_AGAIN_AFTER: Millis = 100
const STARTS_WITHIN: Millis = 3000
/** A file that can't be opened begins and ends at once, or only begins: what ends sooner than this was not to be seen. */
const SEEN_AFTER: Millis = 100
/** An input that is hidden stops without a word: this long after its reported end it counts as ended. */
export const GRACE: Millis = 1000
/** How far a position that OBS reports may be off. */
const ROUGHLY: Millis = 250

export function restarted(mirror: Mirror, input: string, scene: string): Mirror {
  const { at } = mirror
  const playback: Playback = {
    ...{ input, scene, restartedAt: at, begunAt: null, mayBeIdle: true, isRestartDue: false },
    ...{ endsAt: null, lookAt: at + LOOK_AGAIN_AFTER, cursor: null, endHeard: 'no' },
  }
  return withPlayback(clear(mirror, 'mediaNotPlaying', input), playback)
}

/** An input may begin again when its scene comes on air, after the restart. */
export function playbackStarted(mirror: Mirror, input: string): Mirror {
  const { at } = mirror
  return changed(mirror, input, (playback) => ({
    ...{ ...playback, begunAt: at, mayBeIdle: false },
    ...(at < playback.restartedAt + STARTS_WITHIN ? { lookAt: at + LOOK_AGAIN_AFTER } : {}),
  }))
}

/** OBS says so whenever playback ends, also when the input is merely hidden, and of what played before the restart. */
export function playbackEnded(mirror: Mirror, input: string): Mirror {
  return changed(mirror, input, (playback) => {
    const { endsAt, begunAt } = playback
    const wasSeen = endsAt !== null || (begunAt !== null && mirror.at >= begunAt + SEEN_AFTER)
    return wasSeen ? { ...playback, endHeard: 'yes' } : playback
  })
}

export function mediaLooked(mirror: Mirror, input: string): Mirror {
  return changed(mirror, input, (playback) => {
    return { ...playback, lookAt: null, endHeard: playback.endHeard === 'yes' ? 'looking' : playback.endHeard }
  })
}

export function restartedOnceMore(mirror: Mirror, input: string): Mirror {
  return changed(mirror, input, (playback) => ({ ...playback, isRestartDue: false }))
}

/** OBS has not answered: it is asked again. */
export function mediaUnread(mirror: Mirror, input: string): Mirror {
  return changed(mirror, input, (playback) => ({
    ...playback,
    endHeard: playback.endHeard === 'looking' ? 'yes' : playback.endHeard,
    lookAt: playback.endsAt === null ? mirror.at + LOOK_AGAIN_AFTER : playback.lookAt,
  }))
}

/** What OBS says of an input that it was asked about. */
export function mediaRead(mirror: Mirror, input: string, status: MediaStatus): Observed {
  const playback = playbackOf(mirror, input)
  if (playback === undefined) return silently(mirror)
  const isHidden = onTheWay(mirror) !== playback.scene
  const plays = status.mediaState === 'OBS_MEDIA_STATE_PLAYING'

  if (playback.endHeard === 'looking' && !plays) {
    // An input that a force hides is stopped by OBS; the show counts it as playing to its own end.
    const isDue = playback.endsAt !== null && mirror.at >= playback.endsAt - ROUGHLY
    if (!isHidden || isDue) return ended(mirror, [playback])
  }
  const heard: Playback = { ...playback, endHeard: playback.endHeard === 'looking' ? 'no' : playback.endHeard }
  // Something has happened since the look: another one follows.
  if (heard.lookAt !== null) return silently(withPlayback(mirror, heard))
  const cursor = plays ? (status.mediaCursor ?? 0) : null
  if (!isHidden && isIdle(mirror, heard, cursor)) return silently(begunAgain(mirror, heard))
  return learnt(mirror, heard, { plays, cursor, left: plays ? leftOf(status) : null, isHidden })
}

/** Media whose reported end has passed, without a word from OBS. */
export function mediaOverdue(mirror: Mirror): Observed {
  return ended(
    mirror,
    mirror.playing.filter(({ endsAt }) => endsAt !== null && mirror.at >= endsAt + GRACE),
  )
}

type Look = {
  readonly plays: boolean
  readonly cursor: Millis | null
  readonly left: Millis | null
  readonly isHidden: boolean
}

function learnt(mirror: Mirror, playback: Playback, { plays, cursor, left, isHidden }: Look): Observed {
  const { at } = mirror
  const hasMoved = cursor !== null && playback.cursor !== null && cursor !== playback.cursor
  const isNew = left !== null && (playback.endsAt === null || Math.abs(at + left - playback.endsAt) > ROUGHLY)
  const seen: Playback = {
    ...playback,
    cursor,
    endsAt: isNew ? at + left : playback.endsAt,
    mayBeIdle: playback.mayBeIdle && !hasMoved,
  }
  const isLate = at >= playback.restartedAt + STARTS_WITHIN
  const isUnknown = seen.endsAt === null
  if (isUnknown ? !isLate : seen.mayBeIdle && plays && playback.cursor === null) {
    const next = withPlayback(mirror, { ...seen, lookAt: at + LOOK_AGAIN_AFTER })
    return { mirror: next, reports: isNew ? [playing(seen, left)] : [] }
  }
  const next = withPlayback(mirror, seen)
  // Of a file that is gone OBS may say that it plays, at 0, for ever. What has begun and is hidden needn't play.
  const isDead = isUnknown && (!plays || cursor === 0) && (playback.begunAt === null || !isHidden)
  if (isDead) return silently(notPlaying(next, playback.input))
  return { mirror: next, reports: isNew ? [playing(seen, left)] : [] }
}

/** OBS has not restarted it: it stands still on air, or has gone on from where it was. */
function isIdle({ at }: Mirror, { mayBeIdle, restartedAt, cursor: before }: Playback, cursor: Millis | null): boolean {
  if (!mayBeIdle || cursor === null) return false
  return cursor === before || cursor > at - restartedAt + ROUGHLY
}

function begunAgain(mirror: Mirror, playback: Playback): Mirror {
  return withPlayback(mirror, {
    ...playback,
    ...{ begunAt: null, mayBeIdle: false, isRestartDue: true, endsAt: null, cursor: null },
    lookAt: mirror.at + LOOK_AGAIN_AFTER,
  })
}

function ended(mirror: Mirror, those: readonly Playback[]): Observed {
  const playing = mirror.playing.filter((playback) => !those.includes(playback))
  return { mirror: { ...mirror, playing }, reports: those.map(({ input }) => ({ type: 'mediaEnded', input })) }
}

/** Null: OBS doesn't know how long it is. */
function leftOf({ mediaDuration, mediaCursor }: MediaStatus): Millis | null {
  if (mediaDuration === null || mediaDuration <= 0) return null
  return Math.max(0, Math.round(mediaDuration - (mediaCursor ?? 0)))
}

const playing = ({ input }: Playback, remaining: Millis): ObsReport => ({ type: 'mediaPlaying', input, remaining })

function notPlaying(mirror: Mirror, input: string): Mirror {
  return raise(mirror, 'mediaNotPlaying', input, {
    severity: 'warning',
    message: `the media input "${input}" does not play: check its file, and that it is a media source. The cue runs for its duration in the schedule`,
    subject: { kind: 'input', input },
  })
}

function changed(mirror: Mirror, input: string, change: (playback: Playback) => Playback): Mirror {
  const playback = playbackOf(mirror, input)
  return playback === undefined ? mirror : withPlayback(mirror, change(playback))
}

function playbackOf(mirror: Mirror, input: string): Playback | undefined {
  return mirror.playing.find((playback) => playback.input === input)
}

function withPlayback(mirror: Mirror, playback: Playback): Mirror {
  return { ...mirror, playing: [...mirror.playing.filter(({ input }) => input !== playback.input), playback] }
}
