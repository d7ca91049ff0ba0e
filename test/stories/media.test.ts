import { describe, expect, it } from 'vitest'
import { millis, play, time } from '../support/show.ts'

const reel = `
cues:
  - { id: reel, scene: A, media: Reel, duration: 90s }
  - { id: talk, scene: B, duration: 1m }`

const playing = (show: ReturnType<typeof play>, remaining: string) =>
  show.report({ type: 'mediaPlaying', input: 'Reel', remaining: millis(remaining) })
const ended = (show: ReturnType<typeof play>) => show.report({ type: 'mediaEnded', input: 'Reel' })

describe('a cue with media', () => {
  it('restarts the media with the take, once per entry', () => {
    const show = play(reel)
    const first = show.effects.at(-1)?.wanted?.media
    expect(first?.input).toBe('Reel')
    playing(show, '60s')
    expect(show.effects.at(-1)?.wanted?.media).toEqual(first)
    show.orchestrator.goTo('reel')
    expect(show.effects.at(-1)?.wanted?.media?.run).not.toBe(first?.run)
  })

  it('ends when OBS says that the media has ended', () => {
    const show = play(reel)
    playing(show, '60s')
    expect(time(show.state().cue?.endsAt)).toBe('12:01:00')
    show.wait('61s')
    expect(show.cue()).toBe('reel')
    ended(show)
    expect(show.cue()).toBe('talk')
    expect(time(show.state().cue?.enteredAt)).toBe('12:01:01')
  })

  it('ends by its duration at the latest', () => {
    const show = play(reel)
    playing(show, '5m')
    expect(time(show.state().cue?.endsAt)).toBe('12:01:30')
    show.wait('90s')
    expect(show.cue()).toBe('talk')
  })

  it('lasts its duration if nothing is heard of the media', () => {
    const show = play(reel)
    expect(time(show.state().cue?.endsAt)).toBe('12:01:30')
    show.wait('90s')
    expect(show.cue()).toBe('talk')
  })

  it('ends with its media even under a force that hides it', () => {
    const show = play(reel)
    playing(show, '60s')
    show.orchestrator.forceScene('BRB')
    show.wait('60s')
    ended(show)
    expect(show.cue()).toBe('talk')
    expect(show.wanted()).toBe('BRB')
  })

  it('plays on in a pause; if it ends then, the next cue comes at resume', () => {
    const show = play(reel)
    playing(show, '60s')
    show.wait('50s')
    show.orchestrator.pause()
    show.wait('10s')
    ended(show)
    show.wait('5m')
    expect(show.cue()).toBe('reel')
    show.orchestrator.resume()
    expect(show.cue()).toBe('talk')
    expect(time(show.state().cue?.enteredAt)).toBe('12:06:00')
  })

  it('ignores other media, and its own once another cue is on', () => {
    const show = play(reel)
    show.report({ type: 'mediaEnded', input: 'Jingle' })
    expect(show.cue()).toBe('reel')
    show.orchestrator.next()
    ended(show)
    expect(show.cue()).toBe('talk')
  })

  it('is held by the hold command after the media has ended', () => {
    const show = play(reel)
    show.orchestrator.hold()
    playing(show, '60s')
    show.wait('60s')
    ended(show)
    show.wait('5m')
    expect(show.state().cue).toMatchObject({ id: 'reel', holding: true })
    show.orchestrator.unhold()
    expect(show.cue()).toBe('talk')
  })

  it('lasts longer by what it is extended, on the last frame of its media', () => {
    const show = play(reel)
    playing(show, '60s')
    show.orchestrator.extend('10s')
    expect(time(show.state().cue?.endsAt)).toBe('12:01:10')
    show.wait('60s')
    ended(show)
    expect(show.cue()).toBe('reel')
    show.wait('10s')
    expect(show.cue()).toBe('talk')
  })

  it('lasts shorter by what it is shortened', () => {
    const show = play(reel)
    playing(show, '60s')
    show.orchestrator.extend('-20s')
    expect(time(show.state().cue?.endsAt)).toBe('12:00:40')
    show.wait('40s')
    expect(show.cue()).toBe('talk')
  })

  it('waits for the hard start after it with the filler on', () => {
    const show = play(`
filler: Standby
cues:
  - { scene: A, media: Reel, duration: 90s }
  - { scene: B, at: "12:05", duration: 1m }`)
    playing(show, '60s')
    expect(time(show.state().cue?.plannedEndsAt)).toBe('12:01:00')
    expect(time(show.state().cue?.endsAt)).toBe('12:05:00')
    show.wait('60s')
    ended(show)
    expect(show.wanted()).toBe('Standby')
    expect(time(show.state().next?.startsAt)).toBe('12:05:00')
    show.until('12:05:00')
    expect(show.cue()).toBe('b')
  })
})
