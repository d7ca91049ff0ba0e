import { describe, expect, it } from 'vitest'
import {
  type Ahead,
  after as cueAfter,
  cueOn,
  following,
  lookAhead,
  nextHard,
  untilOf,
} from '../../src/playout/endings.ts'
import { begin } from '../../src/playout/entry.ts'
import { pause } from '../../src/playout/override.ts'
import { emptyShow, playheadWith, type Show, showWith } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import { noon } from '../support/show.ts'
import { begun, on, playedTo, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const ahead = (timeline: Timeline, show: Show): Ahead => {
  const found = lookAhead(timeline, show)
  if (found === null) throw new Error('no cue is on')
  return found
}

/** The show with its playhead changed. */
const changed = (show: Show, changes: Parameters<typeof playheadWith>[1]): Show =>
  showWith(show, { playhead: playheadWith(playheadOf(show), changes) })

describe('the end of a cue with a duration', () => {
  it('is its entry and its duration, and leads to the cue after it', () => {
    const timeline = timelineOf(threeCues)
    const { ending, endsAt, endsByClock, overrun, own } = ahead(timeline, begun(timeline))
    expect(ending).toEqual({ at: seconds(10), to: { round: 0, index: 1, day: null } })
    expect({ endsAt, endsByClock, overrun, own }).toEqual({
      endsAt: seconds(10),
      endsByClock: false,
      overrun: null,
      own: seconds(10),
    })
  })

  it('ends the show after the last cue of the last round, and leads to the next round before that', () => {
    const once = timelineOf(threeCues)
    expect(ahead(once, begun(once, noon, 2)).ending).toEqual({ at: seconds(30), to: null })
    const loop = timelineOf(`loop: 2\n${threeCues}`)
    expect(ahead(loop, begun(loop, noon, 2)).ending?.to).toEqual({ round: 1, index: 0, day: null })
  })

  it('moves by what `extend` adds or takes away', () => {
    const timeline = timelineOf(threeCues)
    const show = begun(timeline)
    expect(ahead(timeline, changed(show, { adjusted: 5000 })).ending?.at).toBe(seconds(15))
    expect(ahead(timeline, changed(show, { adjusted: -9999 })).ending?.at).toBe(noon + 1)
  })

  it('leaves a pause out of account', () => {
    const timeline = timelineOf(threeCues)
    expect(ahead(timeline, pause(begun(timeline), seconds(3), 'operator')).ending?.at).toBe(seconds(10))
  })

  it('is a millisecond after the entry of a cue of 1 ms', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 1ms }, { scene: B, duration: 1ms }]')
    expect(ahead(timeline, begun(timeline)).ending?.at).toBe(noon + 1)
  })
})

describe('a cue that holds', () => {
  const held = timelineOf('cues: [{ id: one, scene: A, duration: 10s, hold: true }, { scene: B, duration: 1m }]')

  it('does not end by itself, and overruns after its planned length', () => {
    const { ending, endsAt, own, overrun } = ahead(held, begun(held))
    expect({ ending, endsAt, own, overrun }).toEqual({
      ending: null,
      endsAt: null,
      own: seconds(10),
      overrun: seconds(10),
    })
  })

  it('overruns from its entry on if it has no planned length', () => {
    const timeline = timelineOf('cues: [{ scene: A, hold: true }, { scene: B, duration: 1m }]')
    expect(ahead(timeline, begun(timeline)).overrun).toBe(noon)
  })

  it('ends once its hold is let go', () => {
    expect(ahead(held, changed(begun(held), { held: false })).ending?.at).toBe(seconds(10))
  })

  it('may be any cue by command', () => {
    const timeline = timelineOf(threeCues)
    const show = changed(begun(timeline), { held: true })
    expect(ahead(timeline, show).ending).toBeNull()
    expect(ahead(timeline, show).overrun).toBe(seconds(10))
  })

  it('is cut by a hard start all the same', () => {
    const timeline = timelineOf('cues: [{ scene: A, hold: true }, { scene: B, at: "12:05", duration: 1m }]')
    expect(ahead(timeline, begun(timeline)).ending?.at).toBe(today('12:05'))
  })
})

describe('a hard start', () => {
  const text = (length: string) =>
    `cues: [{ scene: A, duration: ${length} }, { id: two, scene: B, at: "12:05", duration: 1m }]`

  it('cuts the cue before it', () => {
    const timeline = timelineOf(text('10m'))
    const { ending, endsByClock, overrun } = ahead(timeline, begun(timeline))
    expect(ending).toEqual({ at: today('12:05'), to: { round: 0, index: 1, day: '2026-03-02' } })
    expect(endsByClock).toBe(true)
    expect(overrun).toBeGreaterThan(today('12:05'))
  })

  it('stretches the cue before it, which overruns from its own end on', () => {
    const timeline = timelineOf(text('1m'))
    const { ending, overrun, own } = ahead(timeline, begun(timeline))
    expect(ending?.at).toBe(today('12:05'))
    expect({ overrun, own }).toEqual({ overrun: today('12:01'), own: today('12:01') })
  })

  it('cuts out the cues before it, not only the one that is on', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 10m }, { scene: B, duration: 1m }, { scene: C, at: "12:05", duration: 1m }]',
    )
    expect(ahead(timeline, begun(timeline)).ending).toEqual({
      at: today('12:05'),
      to: { round: 0, index: 2, day: '2026-03-02' },
    })
  })

  it('does not stretch a cue that another cue follows', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 1m }, { scene: B, duration: 1m }, { scene: C, at: "12:05", duration: 1m }]',
    )
    expect(ahead(timeline, begun(timeline)).ending?.at).toBe(today('12:01'))
  })

  it('stretches a cue that only cues with a past `until` follow', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 2m }, { scene: B, until: "12:01" }, { scene: C, at: "12:05", duration: 1m }]',
    )
    const { ending, overrun } = ahead(timeline, begun(timeline))
    expect(ending).toEqual({ at: today('12:05'), to: { round: 0, index: 2, day: '2026-03-02' } })
    expect(overrun).toBe(today('12:02'))
  })

  it('is the only end of a cue without an ending, which never overruns', () => {
    const timeline = timelineOf('cues: [{ scene: A }, { scene: B, at: "12:05", duration: 1m }]')
    const { ending, overrun, own } = ahead(timeline, begun(timeline))
    expect([ending?.at, overrun, own]).toEqual([today('12:05'), null, null])
  })

  it('is to come until its instant, and past from that on', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 10m }, { scene: B, at: "12:05", duration: 1m }]')
    const paused = (at: number) => ahead(timeline, showWith(pause(begun(timeline), noon, 'operator'), { at })).coming
    expect(paused(today('12:05') - 1)?.at).toBe(today('12:05'))
    expect(paused(today('12:05'))).toBeNull()
  })

  it('is spent for a cue that was entered at its very instant or after it', () => {
    const timeline = timelineOf(text('10m'))
    const at = (entry: string) => nextHard(timeline, changed(begun(timeline), { arrivedWall: today(entry) }))
    expect(at('12:04:59.999')?.at).toBe(today('12:05'))
    expect(at('12:05')).toBeNull()
  })

  it('counts from the entry, even if the clock is set back afterwards', () => {
    const timeline = timelineOf(text('1h'))
    const entered = changed(begun(timeline, today('12:00')), { arrivedWall: today('12:06') })
    expect(nextHard(timeline, showWith(entered, { offset: -600_000 }))).toBeNull()
  })

  it('of several that are past in a pause, the last is taken, and the next to come is still known', () => {
    const timeline = timelineOf(`
cues:
  - { scene: A, duration: 10m }
  - { scene: B, at: "12:05", duration: 1m }
  - { scene: C, at: "12:10", duration: 1m }
  - { scene: D, at: "12:15", duration: 1m }
`)
    const late = showWith(pause(begun(timeline), today('12:01'), 'operator'), { at: today('12:12') })
    const { hard, coming } = ahead(timeline, late)
    expect([hard?.at, hard?.to.index]).toEqual([today('12:10'), 2])
    expect([coming?.at, coming?.to.index]).toEqual([today('12:15'), 3])
  })

  it('beats a natural end that is past too', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 1m }, { scene: B, duration: 1m }, { scene: C, at: "12:05", duration: 1m }]',
    )
    const late = showWith(begun(timeline), { at: today('12:06') })
    expect(ahead(timeline, late).ending).toEqual({ at: today('12:05'), to: { round: 0, index: 2, day: '2026-03-02' } })
  })

  it('moves against the orchestrator’s clock when the wall clock is set', () => {
    const timeline = timelineOf(text('10m'))
    expect(ahead(timeline, showWith(begun(timeline), { offset: 60_000 })).ending?.at).toBe(today('12:04'))
  })
})

describe('the hard starts of later rounds', () => {
  const channel = timelineOf(`
loop: true
cues:
  - { scene: A, at: "08:00", duration: 1h }
  - { scene: B, at: "12:00", duration: 1h }
  - { scene: C, at: "20:00", duration: 1h }
`)

  it('stretch the last cue until the first cue’s time on the next day', () => {
    const show = begun(channel, today('20:30'))
    expect(ahead(channel, show).ending).toEqual({
      at: on('2026-03-03T08:00:00'),
      to: { round: 1, index: 0, day: '2026-03-03' },
    })
  })

  it('are found round after round when a pause has missed them all', () => {
    const paused = pause(begun(channel, today('12:30')), today('12:40'), 'operator')
    const { hard, coming } = ahead(channel, showWith(paused, { at: on('2026-03-05T13:00:00') }))
    expect(hard).toEqual({ at: on('2026-03-05T12:00:00'), to: { round: 3, index: 1, day: '2026-03-05' } })
    expect(coming).toEqual({ at: on('2026-03-05T20:00:00'), to: { round: 3, index: 2, day: '2026-03-05' } })
  })

  it('belong to the first round with one that is not spent, however long a cue of an old round was on', () => {
    const timeline = timelineOf('loop: true\ncues: [{ scene: A, hold: true }, { scene: B, at: "13:00", hold: true }]')
    const late = changed(begun(timeline, today('12:00'), 0), { index: 1, arrivedWall: on('2026-03-05T13:30:00') })
    expect(nextHard(timeline, late)).toEqual({
      at: on('2026-03-06T13:00:00'),
      to: { round: 1, index: 1, day: '2026-03-06' },
    })
  })

  it('end with the last round', () => {
    const twice = timelineOf('loop: 2\ncues: [{ scene: A, at: "08:00", duration: 1h }, { scene: B, hold: true }]')
    const paused = pause(begun(twice, today('08:30')), today('08:40'), 'operator')
    const { hard, coming } = ahead(twice, showWith(paused, { at: on('2026-03-09T00:00:00') }))
    expect(hard?.to).toEqual({ round: 1, index: 0, day: '2026-03-03' })
    expect(coming).toBeNull()
  })

  it('fire in a round that never reaches its end because a cue of it holds', () => {
    const timeline = timelineOf('loop: true\ncues: [{ scene: A, hold: true }, { scene: B, at: "13:00", duration: 1h }]')
    const show = begun(timeline, today('12:00'), 0)
    const late = changed(show, { index: 0, arrivedWall: today('13:30') })
    expect(ahead(timeline, late).hard).toEqual({
      at: on('2026-03-03T13:00:00'),
      to: { round: 1, index: 1, day: '2026-03-03' },
    })
  })
})

describe('a cue with `until`', () => {
  it('ends at its time of day, which no pause moves', () => {
    const timeline = timelineOf('cues: [{ scene: A, until: "12:30" }, { scene: B, duration: 1m }]')
    const { ending, endsByClock } = ahead(timeline, begun(timeline))
    expect([ending?.at, endsByClock]).toEqual([today('12:30'), true])
  })

  it('ends at its time and what `extend` has added', () => {
    const timeline = timelineOf('cues: [{ scene: A, until: "12:30" }, { scene: B, duration: 1m }]')
    expect(ahead(timeline, changed(begun(timeline), { adjusted: 60_000 })).ending?.at).toBe(today('12:31'))
  })

  it('holds if the operator put it on at its time or later', () => {
    const timeline = timelineOf('cues: [{ scene: A, until: "12:30" }, { scene: B, duration: 1h }]')
    const came = (at: string) => changed(begun(timeline), { putOn: true, arrivedWall: today(at) })
    expect(ahead(timeline, came('12:29:59.999')).ending?.at).toBe(today('12:30'))
    expect(ahead(timeline, came('12:30')).ending).toBeNull()
    expect(ahead(timeline, came('12:30')).overrun).toBe(noon)
  })

  it('has its time on the day of its round', () => {
    const timeline = timelineOf('cues: [{ scene: A, at: "23:00", duration: 1h }, { scene: B, until: "01:00" }]')
    expect(untilOf(timeline, { index: 1, day: '2026-03-02' })).toBe(on('2026-03-03T01:00:00'))
    expect(untilOf(timeline, { index: 0, day: '2026-03-02' })).toBeNull()
  })
})

describe('a cue with media', () => {
  const reel = timelineOf('cues: [{ scene: A, media: Reel, duration: 90s }, { scene: B, duration: 1m }]')
  const show = begun(reel)

  it('ends after its duration while nothing is heard of the media', () => {
    expect(ahead(reel, show).ending?.at).toBe(seconds(90))
  })

  it('is expected to end with the media, but ends no sooner than OBS says so', () => {
    const playing = changed(show, { media: { endsAt: seconds(40), ended: false } })
    const { ending, endsAt } = ahead(reel, playing)
    expect([ending?.at, endsAt]).toEqual([seconds(90), seconds(40)])
  })

  it('ends when OBS has said that the media is over', () => {
    const over = changed(show, { media: { endsAt: seconds(40), ended: true } })
    expect(ahead(reel, over).ending?.at).toBe(seconds(40))
  })

  it('is never longer than its duration, however long the media is', () => {
    const long = changed(show, { media: { endsAt: seconds(300), ended: true } })
    expect(ahead(reel, long).ending?.at).toBe(seconds(90))
  })

  it('does not wait for its media once it was shortened', () => {
    const short = changed(show, { media: { endsAt: seconds(40), ended: false }, adjusted: -10_000 })
    expect(ahead(reel, short).ending?.at).toBe(seconds(30))
  })

  it('is longer by as much as it was extended, after the end of its media', () => {
    const long = changed(show, { media: { endsAt: seconds(40), ended: true }, adjusted: 10_000 })
    expect(ahead(reel, long).ending?.at).toBe(seconds(50))
  })
})

describe('a removed cue that plays out', () => {
  const timeline = timelineOf(threeCues)
  const [first] = timelineOf('cues: [{ id: gone, scene: Z, duration: 1m }]').cues
  const [timed] = timelineOf('cues: [{ id: gone, scene: Z, until: "12:30" }]').cues
  const show = begun(timeline)

  it('is the cue that is on, and the cue after its place follows', () => {
    if (first === undefined) throw new Error('no cue')
    const playing = changed(show, { index: 0, removed: { cue: first, until: null } })
    expect(cueOn(timeline, playing)?.id).toBe('gone')
    expect(ahead(timeline, playing).ending).toEqual({ at: seconds(60), to: { round: 0, index: 1, day: null } })
  })

  it('is followed by the first cue if it was before all others', () => {
    if (first === undefined) throw new Error('no cue')
    const playing = changed(show, { index: -1, removed: { cue: first, until: null } })
    expect(ahead(timeline, playing).following?.index).toBe(0)
  })

  it('keeps the instant at which its `until` was', () => {
    if (timed === undefined) throw new Error('no cue')
    const playing = changed(show, { index: 0, removed: { cue: timed, until: today('12:30') } })
    expect(ahead(timeline, playing).ending?.at).toBe(today('12:30'))
  })
})

describe('the cue that follows', () => {
  it('is on a later day in the next round: after the last cue began, where the first cue has a hard start', () => {
    const timeline = timelineOf(
      'loop: true\ncues: [{ scene: A, at: "08:00", duration: 1h }, { scene: B, duration: 1h }]',
    )
    const last = { round: 0, index: 1, day: '2026-03-02' }
    expect(cueAfter(timeline, last, today('09:00'))).toEqual({ round: 1, index: 0, day: '2026-03-03' })
    expect(cueAfter(timeline, last, today('07:59'))).toEqual({ round: 1, index: 0, day: '2026-03-02' })
  })

  it('is after the last time of day of the round before if the last cue of that never began', () => {
    const timeline = timelineOf(
      'loop: true\ncues: [{ scene: A, at: "08:00", duration: 1h }, { scene: B, until: "20:00" }]',
    )
    expect(cueAfter(timeline, { round: 0, index: 1, day: '2026-03-02' }, null)?.day).toBe('2026-03-03')
  })

  it('has its day still open if the first cue has no hard start', () => {
    const timeline = timelineOf(
      'loop: true\ncues: [{ scene: A, duration: 1h }, { scene: B, at: "20:00", duration: 1h }]',
    )
    expect(following(timeline, playheadOf(begun(timeline, today('20:00'), 1)))).toEqual({
      round: 1,
      index: 0,
      day: null,
    })
  })

  it('is none while no show is on', () => {
    expect(lookAhead(timelineOf(threeCues), emptyShow)).toBeNull()
  })

  it('is the next in the file even while a hard start further on cuts in first', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 10m }, { scene: B, duration: 1m }, { scene: C, at: "12:05", duration: 1m }]',
    )
    expect(ahead(timeline, begun(timeline)).following?.index).toBe(1)
  })
})

describe('an end that is past', () => {
  it('is told as the present by the countdown', () => {
    const timeline = timelineOf(threeCues)
    const late = showWith(begun(timeline), { at: seconds(12) })
    const { ending, endsAt } = ahead(timeline, late)
    expect([ending?.at, endsAt]).toEqual([seconds(10), seconds(12)])
  })

  it('is found for a show that joined late', () => {
    const timeline = timelineOf('cues: [{ scene: A, at: "11:00", duration: 90m }, { scene: B, duration: 1h }]')
    const { show } = begin(timeline, { ...emptyShow, at: noon }, noon, null)
    expect(ahead(timeline, show).ending?.at).toBe(today('12:30'))
    expect(playheadOf(playedTo(timeline, show, today('12:30'))).index).toBe(1)
  })
})
