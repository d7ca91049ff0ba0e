import { describe, expect, it } from 'vitest'
import type { MediaStatus } from '../../../src/obs/mirror/events.ts'
import { loopOn } from '../loopOn.ts'

const playing = (mediaDuration: number, mediaCursor = 0): MediaStatus => ({
  mediaState: 'OBS_MEDIA_STATE_PLAYING',
  mediaDuration,
  mediaCursor,
})
const ended: MediaStatus = { mediaState: 'OBS_MEDIA_STATE_ENDED', mediaDuration: null, mediaCursor: null }

/** The reel was restarted just now with the take of A. */
async function following(first: MediaStatus) {
  const restarts: number[] = []
  const { clock, loop, told, want, pass } = loopOn((request) => {
    if (request.type === 'restartMedia') restarts.push(clock.now())
    return request.type === 'lookAtMedia' ? { type: 'mediaRead', input: request.input, status: statusNow() } : undefined
  })
  let status = first
  let since = clock.now()
  let isMoving = true
  // What plays moves.
  const statusNow = (): MediaStatus =>
    status.mediaCursor !== null && isMoving
      ? { ...status, mediaCursor: status.mediaCursor + clock.now() - since }
      : status
  await want('A', { media: { input: 'Reel', run: 1 } })
  return {
    ...{ restarts, pass },
    /** What was told of the media. */
    news: () => told.filter(({ type }) => type !== 'confirmed'),
    begins: () => loop.hear({ type: 'playbackStarted', input: 'Reel' }),
    ends: async () => {
      loop.hear({ type: 'playbackEnded', input: 'Reel' })
      await pass(0)
    },
    becomes: (next: MediaStatus) => {
      status = next
      since = clock.now()
    },
    standsStill: (still: boolean) => {
      isMoving = !still
      since = clock.now()
    },
    /** A force puts another scene on air. */
    hides: () => want('B'),
  }
}

describe('media that was restarted with a take', () => {
  it('is reported as playing, with the time left, once OBS knows how long it is', async () => {
    const { news, becomes, pass } = await following({ ...playing(0), mediaDuration: null })
    await pass(500)
    becomes(playing(60_000, 350))
    await pass(200)
    expect(news()).toEqual([{ type: 'mediaPlaying', input: 'Reel', remaining: 59_550 }])
  })

  it('has ended when OBS says so', async () => {
    const { news, ends, becomes, pass } = await following(playing(10_000))
    await pass(5000)
    becomes(ended)
    await ends()
    expect(news().at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
    await pass(10_000)
    expect(news()).toHaveLength(2)
  })

  it('has ended a second after its reported end if OBS says nothing', async () => {
    const { news, pass } = await following(playing(10_000))
    await pass(10_900)
    expect(news()).toHaveLength(1)
    await pass(200)
    expect(news().at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
  })

  it("hasn't ended when a force hides it, which stops it in OBS: it ends when it would have", async () => {
    const { news, ends, becomes, hides, pass } = await following(playing(10_000))
    await pass(5000)
    await hides()
    becomes(ended)
    await ends()
    await pass(5900)
    expect(news()).toHaveLength(1)
    await pass(200)
    expect(news().at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
  })

  it("hasn't ended when a force hides it in its last second: it ends when it would have", async () => {
    const { news, ends, becomes, hides, pass } = await following(playing(2000))
    await pass(1400)
    await hides()
    becomes(ended)
    await ends()
    await pass(1500)
    expect(news()).toHaveLength(1)
    await pass(200)
    expect(news().at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
  })

  it('ends when it would have, even if a force hides it just as OBS reports that it has begun', async () => {
    const { news, begins, ends, becomes, hides, pass } = await following(playing(10_000))
    await pass(150)
    begins()
    await hides()
    becomes(ended)
    await ends()
    await pass(10_800)
    expect(news()).toMatchObject([{ type: 'mediaPlaying' }])
    await pass(200)
    expect(news().at(-1)).toEqual({ type: 'mediaEnded', input: 'Reel' })
  })

  it("hasn't ended when OBS reports the end of the playback before", async () => {
    const { news, ends, pass } = await following(playing(10_000))
    await pass(200)
    await ends()
    expect(news()).toHaveLength(1)
  })

  it('goes on when its scene was left just before, and OBS reports that end only after the restart', async () => {
    const { news, ends, becomes, pass } = await following(ended)
    await ends()
    await pass(200)
    becomes(playing(10_000))
    await pass(100)
    expect(news()).toEqual([{ type: 'mediaPlaying', input: 'Reel', remaining: 9_900 }])
  })

  it('has ended at once if it was over before OBS was asked how long it is', async () => {
    const { news, begins, ends, pass } = await following(ended)
    begins()
    await pass(100)
    await ends()
    expect(news()).toEqual([{ type: 'mediaEnded', input: 'Reel' }])
  })

  it('is a problem if it begins and ends at once, as a missing file does', async () => {
    const { news, begins, ends, pass } = await following(ended)
    begins()
    await pass(20)
    await ends()
    await pass(3200)
    expect(news()).toMatchObject([{ type: 'problems', code: 'mediaNotPlaying' }])
  })

  it("is a problem if it doesn't play within 3 s", async () => {
    const { news, pass } = await following({
      mediaState: 'OBS_MEDIA_STATE_NONE',
      mediaDuration: null,
      mediaCursor: null,
    })
    await pass(2900)
    expect(news()).toEqual([])
    await pass(300)
    expect(news()).toMatchObject([{ type: 'problems', code: 'mediaNotPlaying' }])
  })

  it('is no problem if a force hid it before OBS knew how long it is: its duration counts', async () => {
    const { news, begins, ends, hides, pass } = await following(ended)
    begins()
    await hides()
    await ends()
    await pass(60_000)
    expect(news()).toEqual([])
  })

  it('is restarted once more if it stands still on air, as it does in OBS after a restart out of sight', async () => {
    const { news, restarts, becomes, standsStill, pass } = await following(playing(10_000, 33))
    standsStill(true)
    await pass(300)
    expect(restarts).toHaveLength(1)
    standsStill(false)
    becomes(playing(10_000))
    await pass(300)
    expect(news().at(-1)).toMatchObject({ type: 'mediaPlaying', input: 'Reel' })
    await pass(5000)
    expect(restarts).toHaveLength(1)
  })

  it('is restarted once more if it went on from where it was', async () => {
    const { restarts, becomes, pass } = await following(playing(60_000, 5000))
    await pass(100)
    expect(restarts).toHaveLength(1)
    becomes(playing(60_000))
    await pass(1000)
    expect(restarts).toHaveLength(1)
  })

  it('is left alone while it moves, and once OBS has said that it has begun', async () => {
    const moving = await following(playing(10_000))
    await moving.pass(1000)
    expect(moving.restarts).toEqual([])
    const begun = await following(playing(10_000, 33))
    begun.standsStill(true)
    begun.begins()
    await begun.pass(1000)
    expect(begun.restarts).toEqual([])
  })

  it('is a problem if OBS says that it plays but it stays at 0, as a missing file does', async () => {
    const { news, standsStill, pass } = await following(playing(0))
    standsStill(true)
    await pass(3400)
    expect(news()).toMatchObject([{ type: 'problems', code: 'mediaNotPlaying' }])
  })
})
