import { describe, expect, it } from 'vitest'
import { force, pause } from '../../src/playout/override.ts'
import { type Played, playUnseen, type Unseen } from '../../src/playout/play.ts'
import { type Override, playheadWith, type Show, showWith } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import { noon } from '../support/show.ts'
import { begun, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const play = (timeline: Timeline, from: Show, until: number, more: Partial<Unseen> = {}): Played =>
  playUnseen(timeline, from, { until, cause: 'resume', logged: 1, ...more })

const forced = (show: Show, ends: Override['ends']): Show =>
  force(show, show.at, { scene: 'F', ends, by: 'operator', pause: false, transition: null }, 'A')

/** A show without its note of which recurring entries were given, which a leap keeps in another way. */
const noted = ({ show }: Played): Partial<Show> => ({ ...show, recurred: { position: 0, wall: 0 } })

const lines = ({ passed }: Played) =>
  passed.map(({ cue, plannedAt, outcome }) => `${cue ?? '-'} ${(plannedAt - noon) / 1000} ${outcome}`)

describe('a show played with nobody watching', () => {
  const timeline = timelineOf(threeCues)
  const loop = timelineOf(`loop: true\n${threeCues}`)

  it('is where it would be, and has been on since the boundary', () => {
    const { show, since, ahead } = play(timeline, begun(timeline), seconds(45))
    expect(show.at).toBe(seconds(45))
    expect(playheadOf(show)).toMatchObject({ index: 2, enteredAt: seconds(30) })
    expect([since, ahead?.ending?.at]).toEqual([seconds(30), seconds(60)])
  })

  it('passes the cues that came on and are over; the first has had its line', () => {
    expect(lines(play(timeline, begun(timeline), seconds(45)))).toEqual(['two 10 skipped'])
    expect(lines(play(timeline, begun(timeline), seconds(45), { logged: 0 }))).toEqual([
      'one 0 skipped',
      'two 10 skipped',
    ])
  })

  it('changes nothing but the time within a cue', () => {
    const from = begun(timeline)
    expect(play(timeline, from, seconds(9)).show).toEqual(showWith(from, { at: seconds(9) }))
  })

  it('has the next cue on at exactly the end', () => {
    expect(playheadOf(play(timeline, begun(timeline), seconds(10)).show).index).toBe(1)
    expect(playheadOf(play(timeline, begun(timeline), seconds(10) - 1).show).index).toBe(0)
  })

  it('comes to its end, and does what is due then', () => {
    const last = timelineOf(`whenFinished: [stopRecord]\n${threeCues}`)
    const { show, acts, since } = play(last, begun(last), seconds(100))
    expect(show.playhead).toBeNull()
    expect(acts.map(({ at }) => at)).toEqual([seconds(60)])
    expect(since).toBe(seconds(60))
  })

  it('covers the cues that come on under a force', () => {
    const played = play(timeline, forced(begun(timeline), 'release'), seconds(45))
    expect(lines(played)).toEqual(['two 10 covered', 'three 30 covered'])
    expect(played.logged).toBe(3)
  })

  it('has been on since the force ended', () => {
    const { since, show } = play(timeline, forced(begun(timeline), seconds(35)), seconds(45))
    expect([since, show.override]).toEqual([seconds(35), null])
  })

  it('lists what a hard start cut out', () => {
    const hard = timelineOf(`
cues:
  - { id: one, scene: A, duration: 10m }
  - { id: two, scene: B, duration: 1m }
  - { id: three, scene: C, at: "12:05", duration: 1m }
`)
    expect(lines(play(hard, begun(hard), today('12:05:30')))).toEqual(['two 300 skipped'])
  })

  it('stays in a pause', () => {
    const paused = pause(begun(timeline), seconds(3), 'operator')
    expect(playheadOf(play(timeline, paused, seconds(1000)).show).index).toBe(0)
  })

  it('comes to the same after one play as after many small ones', () => {
    const whole = play(loop, begun(loop), seconds(333))
    let show = begun(loop)
    let logged = 1
    const parts: string[] = []
    for (let second = 9; second <= 333; second += 9) {
      const part = play(loop, show, seconds(second), { logged })
      ;({ show, logged } = part)
      parts.push(...lines(part))
    }
    expect(show).toEqual(whole.show)
    expect(parts).toEqual(lines(whole))
  })
})

describe('a long loop played with nobody watching', () => {
  const loop = timelineOf(`loop: true\n${threeCues}`)

  it('lists nothing that was over by the instant that is forgotten', () => {
    const all = play(loop, begun(loop), seconds(6005))
    const late = play(loop, begun(loop), seconds(6005), { forgotten: seconds(5930) })
    expect(noted(late)).toEqual(noted(all))
    expect(lines(late)).toEqual(['three 5910 skipped', 'one 5940 skipped', 'two 5950 skipped', 'three 5970 skipped'])
  })

  it('does no act that was over by then', () => {
    const acting = timelineOf('loop: true\ncues: [{ scene: A, duration: 10s, actions: [saveReplay] }]')
    const { acts } = play(acting, begun(acting), seconds(1000), { forgotten: seconds(975) })
    expect(acts.map(({ at }) => at)).toEqual([seconds(980), seconds(990), seconds(1000)])
  })

  it('plays no more cues one by one than it is told, yet comes to the same', () => {
    const all = play(loop, begun(loop), seconds(6005))
    const few = play(loop, begun(loop), seconds(6005), { most: 3 })
    expect(noted(few)).toEqual(noted(all))
    expect(few.passed.length).toBeLessThanOrEqual(3)
    expect(all.passed.length).toBe(299)
  })

  it('counts each entry that it leaps over', () => {
    const { show } = play(loop, begun(loop), seconds(6000), { most: 3 })
    expect(playheadOf(show)).toMatchObject({ round: 100, index: 0, entry: 301 })
    expect(show.entries).toBe(301)
  })

  it('leaps over no more rounds than it has', () => {
    const five = timelineOf(`loop: 5\n${threeCues}`)
    const { show } = play(five, begun(five), seconds(299), { most: 3 })
    expect(playheadOf(show)).toMatchObject({ round: 4, index: 2 })
    const over = play(five, begun(five), seconds(6000), { most: 3 })
    expect([over.show.playhead, over.since]).toEqual([null, seconds(300)])
  })

  it('keeps a force on whose end is yet to come, and ends one in time', () => {
    const until = (ends: Override['ends']) => play(loop, forced(begun(loop), ends), seconds(6005), { most: 3 })
    expect(until('release').show.override?.scene).toBe('F')
    expect(until(seconds(7000)).show.override?.scene).toBe('F')
    expect(until(seconds(400)).show.override).toBeNull()
    expect(until('cueEnd').show.override).toBeNull()
  })

  it('gives a recurring entry that comes near its end, and not those long over', () => {
    const ident = timelineOf(`loop: true\n${threeCues}recurring: [{ every: 1m, scene: Ident, duration: 20s }]\n`)
    const { show } = play(ident, begun(ident), seconds(6010), { most: 3 })
    expect(show).toEqual(play(ident, begun(ident), seconds(6010)).show)
    expect(show.override).toMatchObject({ scene: 'Ident', since: seconds(6000), ends: seconds(6020) })
  })

  it('keeps what `extend` has added to the cue that it begins in, however much', () => {
    const show = begun(loop)
    const longer = showWith(show, { playhead: playheadWith(playheadOf(show), { adjusted: 120_000 }) })
    const all = play(loop, longer, seconds(6012))
    expect(noted(play(loop, longer, seconds(6012), { most: 3 }))).toEqual(noted(all))
    expect(playheadOf(all.show)).toMatchObject({ index: 1, adjusted: 0, enteredAt: seconds(6010) })
  })

  it('counts the end of media that ended in the cue that it begins in', () => {
    const reel = timelineOf('loop: true\ncues: [{ scene: A, media: Reel, duration: 10s }, { scene: B, duration: 10s }]')
    const show = begun(reel)
    const ended = playheadWith(playheadOf(show), { media: { endsAt: seconds(3), ended: true } })
    const short = showWith(show, { playhead: ended })
    const all = play(reel, short, seconds(6001))
    expect(noted(play(reel, short, seconds(6001), { most: 2 }))).toEqual(noted(all))
    expect(playheadOf(all.show)).toMatchObject({ index: 0, enteredAt: seconds(5993) })
  })

  it('keeps a recurring entry on that began before the last rounds', () => {
    const news = timelineOf(`loop: true\n${threeCues}recurring: [{ every: 30m, scene: News, duration: 10m }]\n`)
    const all = play(news, begun(news), today('12:35'))
    const leapt = play(news, begun(news), today('12:35'), { most: 3 })
    expect(noted(leapt)).toEqual(noted(all))
    expect(leapt.show.override).toMatchObject({ scene: 'News', since: today('12:30') })
  })
})
