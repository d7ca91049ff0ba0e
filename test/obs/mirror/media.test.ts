import { describe, expect, it } from 'vitest'
import { createProblems } from '../../../src/obs/link/problems.ts'
import type { ObsReport } from '../../../src/obs/link/report.ts'
import { createMedia, type MediaStatus } from '../../../src/obs/mirror/media.ts'
import { manualClock } from '../../../src/time/manualClock.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

const playing = (mediaDuration: number, mediaCursor = 0): MediaStatus => ({
  mediaState: 'OBS_MEDIA_STATE_PLAYING',
  mediaDuration,
  mediaCursor,
})
const ended: MediaStatus = { mediaState: 'OBS_MEDIA_STATE_ENDED', mediaDuration: null, mediaCursor: null }

function following(first: MediaStatus) {
  const clock = manualClock()
  const told: ObsReport[] = []
  const send = (event: ObsReport) => void told.push(event)
  let status = first
  let since = clock.now()
  let onAir = 'Sponsor'
  let isMoving = true
  const restarts: number[] = []
  const media = createMedia({
    clock,
    problems: createProblems(send),
    send,
    // What plays moves.
    askStatus: async () =>
      status.mediaCursor !== null && isMoving
        ? { ...status, mediaCursor: status.mediaCursor + clock.now() - since }
        : status,
    restart: async () => void restarts.push(clock.now()),
    onAir: () => onAir,
  })
  media.restarted('Reel', 'Sponsor')
  return {
    ...{ clock, media, told, restarts },
    becomes: (next: MediaStatus) => {
      status = next
      since = clock.now()
    },
    standsStill: (still: boolean) => {
      isMoving = !still
      since = clock.now()
    },
    puts: (scene: string) => {
      onAir = scene
    },
    pass: async (length: number) => {
      for (let passed = 0; passed < length; passed += 100) {
        clock.advance(100)
        await settle()
      }
    },
  }
}

describe('media that was restarted with a take', () => {
  it('is told to play, with what is left of it, once OBS knows how long it is', async () => {
    const { told, becomes, pass } = following({ ...playing(0), mediaDuration: null })
    await pass(500)
    becomes(playing(60_000, 350))
    await pass(200)
    expect(told).toEqual([{ type: 'mediaPlaying', input: 'Reel', remaining: 59_550 }])
  })

  it('has ended when OBS says so', async () => {
    const { told, media, becomes, pass } = following(playing(10_000))
    await pass(5000)
    becomes(ended)
    media.playbackEnded('Reel')
    await settle()
    expect(told.at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
    await pass(10_000)
    expect(told).toHaveLength(2)
  })

  it('has ended a second after its reported end where OBS says nothing', async () => {
    const { told, pass } = following(playing(10_000))
    await pass(10_900)
    expect(told).toHaveLength(1)
    await pass(200)
    expect(told.at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
  })

  it('has not ended because a force hides it, which stops it in OBS: it ends when it would have', async () => {
    const { told, media, becomes, puts, pass } = following(playing(10_000))
    await pass(5000)
    puts('BRB')
    becomes(ended)
    media.playbackEnded('Reel')
    await pass(5900)
    expect(told).toHaveLength(1)
    await pass(200)
    expect(told.at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
  })

  it('has not ended when OBS says so of the playback before', async () => {
    const { told, media, pass } = following(playing(10_000))
    await pass(200)
    media.playbackEnded('Reel')
    await settle()
    expect(told).toHaveLength(1)
  })

  it('goes on when its scene was left just before, and OBS tells that end only after the restart', async () => {
    const { told, media, becomes, pass } = following(ended)
    media.playbackEnded('Reel')
    await pass(200)
    becomes(playing(10_000))
    await pass(100)
    expect(told).toEqual([{ type: 'mediaPlaying', input: 'Reel', remaining: 9_900 }])
  })

  it('has ended at once when it was over before OBS was asked how long it is', async () => {
    const { told, media, pass } = following(ended)
    media.playbackStarted('Reel')
    await pass(100)
    media.playbackEnded('Reel')
    await settle()
    expect(told).toEqual([{ type: 'mediaEnded', input: 'Reel' }])
  })

  it('is a problem when it begins and ends at once, as a file does that is gone', async () => {
    const { told, media, clock, pass } = following(ended)
    media.playbackStarted('Reel')
    clock.advance(20)
    media.playbackEnded('Reel')
    await pass(3200)
    expect(told).toMatchObject([{ type: 'problems', code: 'mediaNotPlaying' }])
  })

  it('is a problem when it does not play within 3 s', async () => {
    const { told, pass } = following({ mediaState: 'OBS_MEDIA_STATE_NONE', mediaDuration: null, mediaCursor: null })
    await pass(2900)
    expect(told).toEqual([])
    await pass(300)
    expect(told).toMatchObject([{ type: 'problems', code: 'mediaNotPlaying' }])
  })

  it('is no problem when a force has hidden it before OBS knew how long it is: its duration counts', async () => {
    const { told, media, puts, pass } = following(ended)
    media.playbackStarted('Reel')
    puts('BRB')
    media.playbackEnded('Reel')
    await pass(60_000)
    expect(told).toEqual([])
  })

  it('is restarted once more when it stands still on air, as OBS leaves it when it was restarted out of sight', async () => {
    const { told, restarts, standsStill, becomes, pass } = following(playing(10_000, 33))
    standsStill(true)
    await pass(300)
    expect(restarts).toHaveLength(1)
    standsStill(false)
    becomes(playing(10_000))
    await pass(300)
    expect(told.at(-1)).toMatchObject({ type: 'mediaPlaying', input: 'Reel' })
    await pass(5000)
    expect(restarts).toHaveLength(1)
  })

  it('is restarted once more when it has gone on from where it was', async () => {
    const { restarts, becomes, pass } = following(playing(60_000, 5000))
    await pass(100)
    expect(restarts).toHaveLength(1)
    becomes(playing(60_000))
    await pass(1000)
    expect(restarts).toHaveLength(1)
  })

  it('is left alone while it moves, and once OBS has said that it has begun', async () => {
    const moving = following(playing(10_000))
    await moving.pass(1000)
    expect(moving.restarts).toEqual([])
    const begun = following(playing(10_000, 33))
    begun.standsStill(true)
    begun.media.playbackStarted('Reel')
    await begun.pass(1000)
    expect(begun.restarts).toEqual([])
  })

  it('is a problem when OBS says that it plays but it stays at 0, as a file does that is gone', async () => {
    const { told, standsStill, pass } = following(playing(0))
    standsStill(true)
    await pass(3400)
    expect(told).toMatchObject([{ type: 'problems', code: 'mediaNotPlaying' }])
  })
})
