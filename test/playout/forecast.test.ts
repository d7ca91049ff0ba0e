import { describe, expect, it } from 'vitest'
import { type ForecastCue, forecastOf, planOf } from '../../src/playout/forecast.ts'
import { force, pause } from '../../src/playout/override.ts'
import { emptyShow, playheadWith, type Show, showWith } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import { noon, time } from '../support/show.ts'
import { begun, playedTo, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const lines = (timeline: Timeline, show: Show, at: number, startAt?: number) =>
  forecastOf(timeline, show, at, startAt).cues.map(
    ({ plannedAt, expectedAt, overUnder }) => `${time(plannedAt)} ${time(expectedAt)} ${overUnder}`,
  )
const cue = (timeline: Timeline, show: Show, index: number): ForecastCue => {
  const found = forecastOf(timeline, show, show.at).cues[index]
  if (found === undefined) throw new Error(`there is no cue ${index}`)
  return found
}
const idle: Show = { ...emptyShow, at: noon }

describe('the forecast of a running show', () => {
  const timeline = timelineOf(threeCues)

  it('has every cue at its planned time while all goes by the plan; a cue that is over is expected no more', () => {
    expect(lines(timeline, playedTo(timeline, begun(timeline), seconds(15)), seconds(15))).toEqual([
      '12:00:00 null null',
      '12:00:10 12:00:10 0',
      '12:00:30 12:00:30 0',
    ])
  })

  it('is over by what was added, from the next cue on', () => {
    const show = begun(timeline)
    const longer = showWith(show, { playhead: playheadWith(playheadOf(show), { adjusted: 5000 }) })
    expect(lines(timeline, longer, noon)).toEqual([
      '12:00:00 12:00:00 0',
      '12:00:10 12:00:15 5000',
      '12:00:30 12:00:35 5000',
    ])
  })

  it('is later by a pause as long as that has lasted', () => {
    const paused = pause(begun(timeline), seconds(4), 'operator')
    expect(lines(timeline, paused, seconds(9)).at(1)).toBe('12:00:10 12:00:15 5000')
  })

  it('has a hold end after its planned length, or now', () => {
    const held = timelineOf('cues: [{ scene: A, hold: true, duration: 10s }, { scene: B, duration: 1m }]')
    expect(lines(held, begun(held), seconds(5)).at(1)).toBe('12:00:10 12:00:10 0')
    expect(lines(held, begun(held), seconds(25)).at(1)).toBe('12:00:10 12:00:25 15000')
  })

  it('has an open hold end now', () => {
    const held = timelineOf('cues: [{ scene: A, hold: true }, { scene: B, duration: 1m }]')
    expect(lines(held, begun(held), seconds(25)).at(1)).toBe('12:00:00 12:00:25 25000')
  })

  it('has an open hold end now, with the cue after it next, even if a hard start further on would cut both', () => {
    const held = timelineOf(
      'cues: [{ scene: A, hold: true }, { scene: B, duration: 1m }, { scene: C, at: "12:05", duration: 1m }]',
    )
    expect(lines(held, begun(held), seconds(25)).at(1)).toBe('12:00:00 12:00:25 25000')
  })

  it('has media end when OBS expects it to', () => {
    const reel = timelineOf('cues: [{ scene: A, media: Reel, duration: 90s }, { scene: B, duration: 1m }]')
    const show = begun(reel)
    const playing = playheadWith(playheadOf(show), { media: { endsAt: seconds(40), ended: false } })
    expect(lines(reel, showWith(show, { playhead: playing }), seconds(5)).at(1)).toBe('12:01:30 12:00:40 -50000')
  })

  it('knows when a cue is due, and counts over and under from that', () => {
    const due = timelineOf('cues: [{ scene: A, duration: 10m }, { scene: B, due: "12:15", duration: 1m }]')
    expect(cue(due, begun(due), 1)).toMatchObject({
      dueAt: today('12:15'),
      plannedAt: today('12:10'),
      overUnder: -300_000,
    })
  })

  it('leaves out the cues that a hard start will cut', () => {
    const hard = timelineOf(
      'cues: [{ scene: A, duration: 10m }, { scene: B, duration: 1m }, { id: late, scene: C, at: "12:05", duration: 1m }]',
    )
    expect(lines(hard, begun(hard), noon)).toEqual(['12:00:00 12:00:00 0', 'null null null', '12:05:00 12:05:00 0'])
    expect(forecastOf(hard, begun(hard), seconds(60)).nextHardStart).toEqual({
      cue: 'late',
      at: today('12:05'),
      in: 240_000,
    })
  })

  it('takes no notice of a force', () => {
    const forced = force(
      begun(timeline),
      noon,
      { scene: 'F', ends: 'release', by: 'operator', pause: false, transition: null },
      'A',
    )
    expect(lines(timeline, forced, noon)).toEqual(lines(timeline, begun(timeline), noon))
  })

  it('is on plan in the next round of a loop if the round before was', () => {
    const loop = timelineOf(`loop: true\n${threeCues}`)
    expect(lines(loop, playedTo(loop, begun(loop), seconds(60)), seconds(60))).toEqual([
      '12:01:00 12:01:00 0',
      '12:01:10 12:01:10 0',
      '12:01:30 12:01:30 0',
    ])
  })
})

describe('the forecast while no show is on', () => {
  it('is of a show that begins now, or when it is armed for', () => {
    const timeline = timelineOf(threeCues)
    expect(lines(timeline, idle, noon).at(1)).toBe('12:00:10 12:00:10 0')
    expect(lines(timeline, idle, noon, today('19:00')).at(1)).toBe('19:00:10 19:00:10 0')
  })

  it('is empty without a schedule', () => {
    expect(forecastOf(null, idle, noon)).toEqual({ at: noon, cues: [], nextHardStart: null })
  })
})

describe('the plan of a show', () => {
  const day = timelineOf(
    'cues: [{ scene: A, at: "11:00", duration: 30m }, { scene: B, at: "12:00", duration: 2h }, { scene: C, duration: 1h }]',
  )

  it('names the cue that a late start joins at', () => {
    expect(planOf(day, today('12:30')).joinsAt).toBe(1)
    expect(planOf(day, today('10:30')).joinsAt).toBe(0)
  })

  it('has the times of the round from that cue on', () => {
    expect(planOf(day, today('12:30')).cues.map(({ plannedAt }) => time(plannedAt))).toEqual([
      null,
      '12:00:00',
      '14:00:00',
    ])
  })

  it('begins with the first cue that is not skipped', () => {
    const timeline = timelineOf('cues: [{ scene: A, until: "11:00" }, { scene: B, until: "13:00" }]')
    expect(planOf(timeline, noon)).toMatchObject({ joinsAt: 1, cues: [{ plannedAt: null }, { plannedAt: noon }] })
  })
})
