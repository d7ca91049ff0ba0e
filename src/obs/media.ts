import type { Clock, Instant, Millis } from '../time/clock.ts'
import type { Problems } from './problems.ts'
import type { ObsReport } from './report.ts'

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
/** An input that is hidden stops without a word: this long after its reported end it counts as ended. */
const GRACE: Millis = 1000

type Playback = {
  /** The end that OBS has reported; null: not known. */
  readonly endsAt: Instant | null
  /** The scene that it plays in. */
  readonly scene: string
  readonly givesUpAt: Instant
  readonly disarm: () => void
}

export function createMedia({ clock, problems, send, askStatus, onAir }: MediaPort): Media {
  const playing = new Map<string, Playback>()
  /** Inputs whose end came before they were seen to play: it may be the end of what they played before. */
  const over = new Set<string>()

  const follow = (input: string, playback: Playback) => {
    playing.get(input)?.disarm()
    playing.set(input, playback)
  }

  const ended = (input: string) => {
    playing.get(input)?.disarm()
    if (playing.delete(input)) send({ type: 'mediaEnded', input })
  }

  const lookSoon = (input: string, scene: string, givesUpAt: Instant) => {
    const disarm = clock.setTimer(clock.now() + LOOK_AGAIN_AFTER, () => void look(input, playback))
    const playback: Playback = { endsAt: null, scene, givesUpAt, disarm }
    follow(input, playback)
  }

  const look = async (input: string, playback: Playback) => {
    const { left, plays } = await statusOf(input, 'to learn how long it plays')
    if (playing.get(input) !== playback) return
    if (left !== null) {
      const endsAt = clock.now() + left
      follow(input, { ...playback, endsAt, disarm: clock.setTimer(endsAt + GRACE, () => ended(input)) })
      send({ type: 'mediaPlaying', input, remaining: left })
    } else if (clock.now() < playback.givesUpAt) lookSoon(input, playback.scene, playback.givesUpAt)
    else if (!plays && over.has(input)) ended(input)
    else if (!plays) problems.raise('mediaNotPlaying', input, notPlaying(input), 'warning')
  }

  /** `left` null: OBS doesn't know how long it is, or it doesn't play. */
  const statusOf = async (input: string, reason: string): Promise<{ left: Millis | null; plays: boolean }> => {
    const answer = await askStatus(input, reason).catch(() => null)
    const plays = answer?.mediaState === 'OBS_MEDIA_STATE_PLAYING'
    if (answer === null || !plays || !answer.mediaDuration || answer.mediaDuration <= 0) return { left: null, plays }
    return { left: Math.max(0, Math.round(answer.mediaDuration - (answer.mediaCursor ?? 0))), plays }
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
      over.delete(input)
      lookSoon(input, scene, clock.now() + STARTS_WITHIN)
    },
    playbackStarted: (input) => {
      const playback = playing.get(input)
      if (playback !== undefined && clock.now() < playback.givesUpAt)
        lookSoon(input, playback.scene, playback.givesUpAt)
    },
    playbackEnded: (input) => {
      const playback = playing.get(input)
      if (playback?.endsAt === null) over.add(input)
      else if (playback !== undefined) void judgeEnd(input, playback)
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
