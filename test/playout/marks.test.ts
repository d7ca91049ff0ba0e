import { describe, expect, it } from 'vitest'
import { nextMark, playMarksTo } from '../../src/playout/marks.ts'
import { force, pause } from '../../src/playout/override.ts'
import { playheadWith, type Show, showWith } from '../../src/playout/show.ts'
import { begun, playheadOf, seconds, timelineOf } from './shows.ts'

const timeline = timelineOf(`
filler: Standby
scenes:
  F: { actions: [{ mute: Mic, after: 2s }] }
  Standby: { actions: [{ mute: Desk, after: 4s }] }
cues:
  - { scene: A, duration: 1m, actions: [startRecord, { show: Bug, after: 10s, for: 8s }] }
  - { scene: B, duration: 1m }
`)

const forced = (show: Show): Show =>
  force(show, show.at, { scene: 'F', ends: 'release', by: 'operator', pause: false, transition: null }, 'A')
const at = (show: Show, instant: number): Show => showWith(show, { at: instant })

describe('the next mark', () => {
  it('is the next offset of the cue at which its picture changes', () => {
    expect(nextMark(timeline, begun(timeline))).toBe(seconds(10))
    expect(nextMark(timeline, playMarksTo(timeline, at(begun(timeline), seconds(10))))).toBe(seconds(18))
  })

  it('is none after the last', () => {
    expect(nextMark(timeline, playMarksTo(timeline, at(begun(timeline), seconds(18))))).toBeNull()
  })

  it('moves with the entry of the cue', () => {
    const show = begun(timeline)
    const later = showWith(show, { playhead: playheadWith(playheadOf(show), { enteredAt: seconds(5) }) })
    expect(nextMark(timeline, later)).toBe(seconds(15))
  })

  it('is not one of the cue in a pause, but one of a force, which goes on in real time', () => {
    const paused = pause(begun(timeline), seconds(3), 'operator')
    expect(nextMark(timeline, paused)).toBeNull()
    expect(nextMark(timeline, forced(paused))).toBe(seconds(5))
  })

  it('is the earlier of those of the cue and of the force', () => {
    expect(nextMark(timeline, forced(begun(timeline)))).toBe(seconds(2))
    expect(nextMark(timeline, forced(at(begun(timeline), seconds(9))))).toBe(seconds(10))
  })

  it('of the filler counts from when the filler came on', () => {
    const show = begun(timeline, seconds(0), 1)
    const over = showWith(show, { playhead: playheadWith(playheadOf(show), { over: 60_000, reached: 60_000 }) })
    expect(nextMark(timeline, over)).toBe(seconds(64))
  })

  it('is none while neither a cue nor a force is on', () => {
    expect(nextMark(timeline, { ...begun(timeline), playhead: null })).toBeNull()
  })
})

describe('playing the marks', () => {
  it('counts a mark as played at its very instant, and no sooner', () => {
    const show = begun(timeline)
    expect(playMarksTo(timeline, at(show, seconds(10) - 1))).toMatchObject({ playhead: { reached: 0 } })
    expect(playMarksTo(timeline, at(show, seconds(10)))).toMatchObject({ playhead: { reached: 10_000 } })
  })

  it('plays those of a cue and of a force together', () => {
    const played = playMarksTo(timeline, at(forced(begun(timeline)), seconds(12)))
    expect(played.playhead?.reached).toBe(12_000)
    expect(played.override?.reached).toBe(12_000)
  })

  it('plays none of the cue in a pause', () => {
    const paused = pause(begun(timeline), seconds(3), 'operator')
    expect(playMarksTo(timeline, at(paused, seconds(12))).playhead?.reached).toBe(0)
  })

  it('changes nothing where there is none to play', () => {
    const show = at(begun(timeline), seconds(5))
    expect(playMarksTo(timeline, show)).toBe(show)
  })
})
