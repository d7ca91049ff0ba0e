import type { Clock, Instant, Millis } from '../../time/clock.ts'
import type { Problems } from '../link/problems.ts'
import type { ObsReport } from '../link/report.ts'

/** As GetMediaInputStatus says it. */
export type MediaStatus = {
  readonly mediaState: string
  readonly mediaDuration: Millis | null
  readonly mediaCursor: Millis | null
}

export type MediaPort = {
  readonly clock: Clock
  readonly problems: Problems
  send(event: ObsReport): void
  askStatus(input: string, reason: string): Promise<MediaStatus>
  restart(input: string, reason: string): Promise<unknown>
  /** The scene that is on air, or on its way there. */
  onAir(): string | null
}

/** Follows the media inputs that were restarted with a take, until each has ended. */
export type Media = {
  restarted(input: string, scene: string): void
  /** An input may begin again when its scene comes on air, after the restart. */
  playbackStarted(input: string): void
  /** OBS says so whenever playback ends, also when the input is merely hidden. */
  playbackEnded(input: string): void
  close(): void
}

/** A file takes a moment to open before OBS knows how long it is. */
const LOOK_AGAIN_AFTER: Millis = 100
const STARTS_WITHIN: Millis = 3000
/** A file that can't be opened begins and ends at once, or only begins: what ends sooner than this was not to be seen. */
const SEEN_AFTER: Millis = 100
/** An input that is hidden stops without a word: this long after its reported end it counts as ended. */
const GRACE: Millis = 1000
/** An input that is further on than this beyond its time since the restart was not restarted. */
const ROUGHLY: Millis = 250

type Playback = {
  /** The end that OBS has reported; null: not known. */
  readonly endsAt: Instant | null
  /** The scene that it plays in. */
  readonly scene: string
  readonly givesUpAt: Instant
  /** When OBS said that it has begun since the restart. */
  readonly begunAt: Instant | null
  /**
   * OBS 29 doesn't restart an input while it is out of sight, unless its scene coming on air does so: it says that it plays, but
   * it stands still, or goes on from where it was. False: OBS has said that it has begun, or it was restarted once more.
   */
  readonly mayBeIdle: boolean
  readonly disarm: () => void
}

export function createMedia({ clock, problems, send, askStatus, restart, onAir }: MediaPort): Media {
  const playing = new Map<string, Playback>()

  const follow = (input: string, playback: Playback) => {
    playing.get(input)?.disarm()
    playing.set(input, playback)
  }

  const ended = (input: string) => {
    playing.get(input)?.disarm()
    if (playing.delete(input)) send({ type: 'mediaEnded', input })
  }

  const lookSoon = (input: string, asked: Pick<Playback, 'scene' | 'givesUpAt' | 'begunAt' | 'mayBeIdle'>) => {
    const disarm = clock.setTimer(clock.now() + LOOK_AGAIN_AFTER, () => void look(input, playback))
    const playback: Playback = { ...asked, endsAt: null, disarm }
    follow(input, playback)
  }

  const look = async (input: string, playback: Playback) => {
    const { left, plays, cursor } = await statusOf(input, 'to learn how long it plays')
    if (playing.get(input) !== playback) return
    const { givesUpAt, mayBeIdle } = playback
    if (plays && mayBeIdle) {
      const sinceRestart = clock.now() - (givesUpAt - STARTS_WITHIN)
      if (cursor > sinceRestart + ROUGHLY && onAir() === playback.scene) return await beginAgain(input, playback)
      lookWhetherItMoves(input, cursor, playback.scene)
    }
    if (left !== null) {
      const endsAt = clock.now() + left
      follow(input, { ...playback, endsAt, disarm: clock.setTimer(endsAt + GRACE, () => ended(input)) })
      send({ type: 'mediaPlaying', input, remaining: left })
    } else if (clock.now() < givesUpAt) lookSoon(input, playback)
    // Of a file that is gone OBS may say that it plays, at 0, for ever. What has begun and is hidden needn't play.
    else if ((!plays || cursor === 0) && (playback.begunAt === null || onAir() === playback.scene))
      problems.raise('mediaNotPlaying', input, notPlaying(input), {
        severity: 'warning',
        subject: { kind: 'input', input },
      })
  }

  const lookWhetherItMoves = (input: string, before: Millis, scene: string) => {
    const again = async () => {
      const { plays, cursor } = await statusOf(input, 'does it really play')
      const playback = playing.get(input)
      if (playback?.mayBeIdle !== true || !plays || cursor !== before || onAir() !== scene) return
      await beginAgain(input, playback)
    }
    clock.setTimer(clock.now() + LOOK_AGAIN_AFTER, () => void again())
  }

  const beginAgain = async (input: string, playback: Playback) => {
    lookSoon(input, { ...playback, begunAt: null, mayBeIdle: false })
    await restart(input, 'OBS did not restart it while it was out of sight').catch(() => undefined)
  }

  /** `left` null: OBS doesn't know how long it is, or it doesn't play. */
  const statusOf = async (
    input: string,
    reason: string,
  ): Promise<{ left: Millis | null; plays: boolean; cursor: Millis }> => {
    const answer = await askStatus(input, reason).catch(() => null)
    const plays = answer?.mediaState === 'OBS_MEDIA_STATE_PLAYING'
    const cursor = answer?.mediaCursor ?? 0
    if (answer === null || !plays || !answer.mediaDuration || answer.mediaDuration <= 0)
      return { left: null, plays, cursor }
    return { left: Math.max(0, Math.round(answer.mediaDuration - cursor)), plays, cursor }
  }

  const judgeEnd = async (input: string, playback: Playback) => {
    const { plays } = await statusOf(input, 'its playback has ended, or begun again')
    if (playing.get(input) !== playback || plays) return
    const isHidden = onAir() !== playback.scene
    const isDue = playback.endsAt !== null && clock.now() >= playback.endsAt - GRACE
    if (!isHidden || isDue) ended(input)
  }

  return {
    restarted: (input, scene) => {
      problems.clear('mediaNotPlaying', input)
      lookSoon(input, { scene, givesUpAt: clock.now() + STARTS_WITHIN, begunAt: null, mayBeIdle: true })
    },
    playbackStarted: (input) => {
      const playback = playing.get(input)
      if (playback === undefined) return
      const begun = { ...playback, begunAt: clock.now(), mayBeIdle: false }
      if (clock.now() < playback.givesUpAt) lookSoon(input, begun)
      else playing.set(input, begun)
    },
    playbackEnded: (input) => {
      const playback = playing.get(input)
      if (playback === undefined) return
      const { endsAt, begunAt } = playback
      // It may as well be the end of what it played before the restart.
      const wasSeen = endsAt !== null || (begunAt !== null && clock.now() >= begunAt + SEEN_AFTER)
      if (wasSeen) void judgeEnd(input, playback)
    },
    close: () => {
      for (const { disarm } of playing.values()) disarm()
      playing.clear()
    },
  }
}

function notPlaying(input: string): string {
  return `the media input "${input}" does not play; look at its file and that it is a media source. Its duration in the schedule counts`
}
