import { describe, expect, it } from 'vitest'
import { begin, begunAt, enter, hasNext, putOn } from '../../src/playout/entry.ts'
import { force } from '../../src/playout/override.ts'
import { emptyShow, type Override, type Show } from '../../src/playout/show.ts'
import { noon } from '../support/show.ts'
import { begun, ids, on, playedTo, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const day = `
cues:
  - { id: morning, scene: A, at: "08:00", duration: 3h }
  - { id: noon, scene: B, at: "11:00", duration: 30m }
  - { id: talk, scene: C, duration: 30m }
  - { id: late, scene: D, at: "14:00", duration: 1h }
`

const forced = (show: Show, ends: Override['ends'], by: Override['by'] = 'operator'): Show =>
  force(show, show.at, { scene: 'F', ends, by, pause: false, transition: null }, 'A')

describe('a show that begins', () => {
  it('puts its first cue on at its own start', () => {
    const { show, skipped } = begin(timelineOf(threeCues), { ...emptyShow, at: noon }, noon, null)
    expect(playheadOf(show)).toMatchObject({
      round: 0,
      index: 0,
      enteredAt: noon,
      startedAt: noon,
      entry: 1,
      day: null,
    })
    expect(skipped).toEqual([])
  })

  it('joins at the last hard start already past, as if that cue had begun then', () => {
    const { show } = begin(timelineOf(day), { ...emptyShow, at: today('11:20') }, today('11:20'), null)
    expect(playheadOf(show)).toMatchObject({
      index: 1,
      enteredAt: today('11:00'),
      arrivedAt: today('11:00'),
      startedAt: today('11:20'),
      plan: { index: 1, at: today('11:00'), day: '2026-03-02' },
    })
  })

  it('joins a cue at the very instant of its hard start', () => {
    const at = (time: string) => playheadOf(begun(timelineOf(day), today(time))).index
    expect(at('10:59:59.999')).toBe(0)
    expect(at('11:00')).toBe(1)
  })

  it('puts the cue that the operator names on from its top, whatever its hard start', () => {
    const show = begun(timelineOf(day), today('11:20'), 3)
    expect(playheadOf(show)).toMatchObject({ index: 3, enteredAt: today('11:20'), putOn: true })
  })

  it('begins from the top if it is told not to join', () => {
    const { show } = begin(timelineOf(day), { ...emptyShow, at: today('11:20') }, today('11:20'), null, false)
    expect(playheadOf(show)).toMatchObject({ index: 0, enteredAt: today('11:20'), putOn: false })
  })

  it('begins with its first cue whose `until` is to come, and plans from there', () => {
    const timeline = timelineOf(`
cues:
  - { id: one, scene: A, until: "11:00" }
  - { id: two, scene: B, until: "11:30" }
  - { id: three, scene: C, until: "13:00" }
`)
    const { show, skipped } = begin(timeline, { ...emptyShow, at: noon }, noon, null)
    expect(ids(skipped)).toEqual(['one', 'two'])
    expect(playheadOf(show)).toMatchObject({ index: 2, plan: { index: 2, at: noon } })
  })

  it('begins with the evening to come once its last round would be over', () => {
    expect(playheadOf(begun(timelineOf(day), today('14:59:59.999'))).day).toBe('2026-03-02')
    expect(playheadOf(begun(timelineOf(day), today('15:00')))).toMatchObject({ day: '2026-03-03', index: 0 })
  })

  it('joins yesterday evening’s show after midnight', () => {
    const night = timelineOf('cues: [{ scene: A, at: "22:00", duration: 1h }, { scene: B, at: "00:30", duration: 2h }]')
    expect(playheadOf(begun(night, on('2026-03-03T01:00:00')))).toMatchObject({
      day: '2026-03-02',
      index: 1,
      enteredAt: on('2026-03-03T00:30:00'),
    })
  })

  it('converts the wall clock’s times to its own clock', () => {
    const show = begun(timelineOf(day), today('11:20'), null, 60_000)
    expect(playheadOf(show)).toMatchObject({ enteredAt: today('10:59'), arrivedWall: today('11:00') })
  })

  it('is not paused, and forgets the scene that a release led back to', () => {
    const before: Show = { ...emptyShow, at: noon, back: 'Z', pause: { since: noon, by: 'operator' } }
    expect(begin(timelineOf(threeCues), before, noon, null).show).toMatchObject({ back: null, pause: null })
  })

  it('begins with the first cue of the next day once every cue of today is over', () => {
    const timeline = timelineOf('cues: [{ scene: A, until: "11:00" }, { scene: B, until: "11:00" }]')
    const show: Show = { ...emptyShow, at: today('11:00') }
    expect(playheadOf(begunAt(timeline, show, today('11:00'))).index).toBe(0)
  })
})

describe('a cue that is entered', () => {
  const timeline = timelineOf(threeCues)

  it('has a new entry and none of what belonged to the cue before', () => {
    const { show } = enter(timeline, begun(timeline), { round: 0, index: 1, day: null }, seconds(10), seconds(11))
    expect(playheadOf(show)).toMatchObject({
      index: 1,
      entry: 2,
      enteredAt: seconds(10),
      arrivedAt: seconds(11),
      adjusted: 0,
      held: null,
      putOn: false,
      reached: -1,
      media: null,
      over: null,
      startedAt: noon,
    })
    expect(show.entries).toBe(2)
  })

  it('ends a force that lasts until the end of the cue, and no other', () => {
    const to = { round: 0, index: 1, day: null }
    const enterUnder = (ends: Override['ends']) =>
      enter(timeline, forced(begun(timeline), ends), to, seconds(10), seconds(10)).show.override
    expect(enterUnder('cueEnd')).toBeNull()
    expect(enterUnder('release')?.scene).toBe('F')
    expect(enterUnder(seconds(60))?.scene).toBe('F')
  })

  it('is the first one whose `until` is after its entry; those before it are skipped', () => {
    const times = timelineOf(
      'cues: [{ id: one, scene: A, duration: 1m }, { id: two, scene: B, until: "12:01" }, { id: three, scene: C, until: "12:02" }]',
    )
    const entered = (at: string) =>
      enter(times, begun(times), { round: 0, index: 1, day: '2026-03-02' }, today(at), today(at))
    expect(ids(entered('12:00:59.999').skipped)).toEqual([])
    expect(ids(entered('12:01').skipped)).toEqual(['two'])
    expect(playheadOf(entered('12:01').show).index).toBe(2)
  })

  it('ends the show if every cue left has an `until` that is past', () => {
    const times = timelineOf(
      'cues: [{ id: one, scene: A, duration: 1m }, { id: two, scene: B, until: "12:01" }, { id: three, scene: C, until: "12:02" }]',
    )
    const { show, skipped } = enter(
      times,
      begun(times),
      { round: 0, index: 1, day: '2026-03-02' },
      today('12:02'),
      today('12:02'),
    )
    expect(show.playhead).toBeNull()
    expect(ids(skipped)).toEqual(['two', 'three'])
  })

  it('has an `until` of the next day if its round begins after today’s', () => {
    const times = timelineOf(
      'loop: true\ncues: [{ id: one, scene: A, until: "12:30" }, { id: two, scene: B, duration: 1h }]',
    )
    const show = playedTo(times, begun(times), today('13:30'))
    expect(playheadOf(show)).toMatchObject({ round: 1, index: 0, day: '2026-03-03' })
  })

  it('begins a plan of its round where the plan of the round before ends', () => {
    const loop = timelineOf(`loop: true\n${threeCues}`)
    const late = enter(loop, begun(loop), { round: 1, index: 0, day: null }, seconds(75), seconds(75)).show
    expect(playheadOf(late).plan).toEqual({ index: 0, at: seconds(60), wall: seconds(60), day: null })
  })

  it('plans from its round’s first hard start after whole rounds were skipped', () => {
    const times = timelineOf(`loop: true\n${day}`)
    const show = putOn(
      times,
      begun(times, today('11:00')),
      { round: 3, index: 1, day: '2026-03-05' },
      on('2026-03-05T11:00:00'),
      on('2026-03-05T11:00:00'),
      false,
    )
    expect(playheadOf(show).plan).toEqual({
      index: 0,
      at: on('2026-03-05T08:00:00'),
      wall: on('2026-03-05T08:00:00'),
      day: '2026-03-05',
    })
  })
})

describe('the end of the show', () => {
  const timeline = timelineOf(threeCues)
  const end = (show: Show) => enter(timeline, show, null, seconds(60), seconds(60)).show

  it('takes the cue off, and wants nothing', () => {
    expect(end(begun(timeline, noon, 2))).toMatchObject({ playhead: null, override: null, back: null })
  })

  it('leads a force that stays on back to the last cue’s scene', () => {
    expect(end(forced(begun(timeline, noon, 2), 'release')).override?.back).toBe('C')
  })

  it('ends a force until the end of the cue and wants the last cue’s scene', () => {
    expect(end(forced(begun(timeline, noon, 2), 'cueEnd'))).toMatchObject({ override: null, back: 'C' })
  })

  it('leaves on air what the operator put on by hand in OBS', () => {
    expect(end(forced(begun(timeline, noon, 2), 'cueEnd', 'obs'))).toMatchObject({ override: null, back: null })
  })
})

describe('whether there is a next cue', () => {
  it('is no on the last cue of the last round', () => {
    const timeline = timelineOf(`loop: 2\n${threeCues}`)
    expect(hasNext(timeline, playedTo(timeline, begun(timeline), seconds(119)), seconds(119))).toBe(false)
    expect(hasNext(timeline, playedTo(timeline, begun(timeline), seconds(59)), seconds(59))).toBe(true)
  })

  it('is no where all that is left has an `until` that is past', () => {
    const timeline = timelineOf('cues: [{ scene: A, hold: true }, { scene: B, until: "12:30" }]')
    expect(hasNext(timeline, begun(timeline), today('12:29:59.999'))).toBe(true)
    expect(hasNext(timeline, begun(timeline), today('12:30'))).toBe(false)
  })

  it('is no while no show is on', () => {
    expect(hasNext(timelineOf(threeCues), emptyShow, seconds(0))).toBe(false)
  })
})
