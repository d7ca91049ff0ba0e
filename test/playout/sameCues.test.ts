import { describe, expect, it } from 'vitest'
import { movedCues, sameCues } from '../../src/playout/sameCues.ts'
import { type Playhead, playheadWith } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import { begun, cueAt, on, playedTo, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

/** Cues of a minute: `A` is a scene, `a:A` has the id `a` too, and `-a:A` is skipped. */
const cuesOf = (...cues: readonly string[]): Timeline =>
  timelineOf(
    `cues:\n${cues
      .map((cue) => {
        const [id, scene] = cue.includes(':') ? cue.replace('-', '').split(':') : [null, cue]
        return `  - { ${id === null ? '' : `id: ${id}, `}scene: ${scene}, duration: 1m${cue.startsWith('-') ? ', skip: true' : ''} }`
      })
      .join('\n')}\n`,
  )

describe('cues of two versions', () => {
  it('are the same by an explicit id, wherever it is', () => {
    expect(sameCues(cuesOf('a:A', 'b:B'), cuesOf('b:X', 'c:C', 'a:Y'))).toEqual([2, 0])
  })

  it('are the same by their scene without an id, at the nearest position', () => {
    expect(sameCues(cuesOf('A', 'B', 'A'), cuesOf('B', 'A', 'C', 'A'))).toEqual([1, 0, 3])
  })

  it('are at the nearest position, before or after', () => {
    const before = cuesOf('p:P', 'q:Q', 'r:R', 'A')
    expect(sameCues(before, cuesOf('p:P', 'q:Q', 'A', 'r:R', 's:S', 't:T', 'A')).at(3)).toBe(2)
    expect(sameCues(before, cuesOf('A', 'p:P', 'q:Q', 'r:R', 'A')).at(3)).toBe(4)
  })

  it('are matched in order if two are equally near', () => {
    expect(sameCues(cuesOf('n:N', 'A'), cuesOf('A', 'n:N', 'A'))).toEqual([1, 0])
    expect(sameCues(cuesOf('A', 'B', 'A', 'B'), cuesOf('N', 'A', 'B', 'A', 'B'))).toEqual([1, 2, 3, 4])
  })

  it('are the same if one was given an id or lost it', () => {
    expect(sameCues(cuesOf('A', 'B'), cuesOf('A', 'b:B'))).toEqual([0, 1])
    expect(sameCues(cuesOf('A', 'b:B'), cuesOf('A', 'B'))).toEqual([0, 1])
  })

  it('are different if both have an id, even with one scene', () => {
    expect(sameCues(cuesOf('a:A'), cuesOf('b:A'))).toEqual([null])
  })

  it('are not the same as one that is found by its id already', () => {
    expect(sameCues(cuesOf('A', 'two:A'), cuesOf('two:A'))).toEqual([null, 0])
  })

  it('do not pass to another cue of the scene because theirs is skipped now', () => {
    expect(sameCues(cuesOf('a:A', 'B'), cuesOf('-a:A', 'B', 'A'))).toEqual([null, 0])
  })

  it('follow a scene that OBS has renamed', () => {
    const nameOf = (scene: string) => (scene === 'A' ? 'Camera' : scene)
    expect(sameCues(cuesOf('A', 'B'), cuesOf('B', 'Camera'), nameOf)).toEqual([1, 0])
    expect(sameCues(cuesOf('A', 'B'), cuesOf('B', 'Camera'))).toEqual([null, 0])
  })
})

const moved = (before: Timeline, fresh: Timeline, playhead: Playhead) =>
  movedCues(before, fresh, playhead, (scene) => scene)

describe('the running cue of a show that is reloaded', () => {
  const before = cuesOf('a:A', 'b:B', 'c:C', 'd:D')
  const onB = playheadOf(begun(before, seconds(0), 1))

  it('is where its id is now', () => {
    expect(moved(before, cuesOf('n:N', 'a:A', 'b:B', 'c:C', 'd:D'), onB)).toEqual({
      index: 2,
      next: 3,
      day: null,
      planShift: 1,
    })
  })

  it('is followed, if it is gone, by the first later cue that both have', () => {
    expect(moved(before, cuesOf('n:N', 'a:A', 'd:D', 'x:X'), onB)).toMatchObject({ index: null, next: 2 })
  })

  it('is followed by the cue at its place if no later one is in both', () => {
    expect(moved(before, cuesOf('a:A', 'x:X', 'y:Y'), onB)).toMatchObject({ index: null, next: 1 })
  })

  it('is followed by none if the file ends before its place', () => {
    expect(moved(before, cuesOf('a:A'), onB)).toMatchObject({ index: null, next: 1 })
  })

  it('counts its place in the file, skipped cues included', () => {
    const skipping = cuesOf('-s:S', '-t:T', 'a:A', 'b:B')
    const onA = playheadOf(begun(skipping, seconds(0), 0))
    expect(moved(skipping, cuesOf('x:X', 'y:Y', 'z:Z', 'w:W'), onA).next).toBe(2)
    expect(moved(before, cuesOf('-s:S', '-t:T', 'x:X', 'y:Y'), onB).next).toBe(0)
  })

  it('may be back after it was removed', () => {
    const gone = cuesOf('a:A', 'c:C', 'd:D')
    const playingOut = playheadWith(onB, { index: 0, removed: { cue: cueAt(before, 1), until: null } })
    expect(moved(gone, before, playingOut)).toMatchObject({ index: 1, next: 2, planShift: null })
    expect(moved(gone, cuesOf('a:A', 'd:D'), playingOut)).toMatchObject({ index: null, next: 1 })
  })
})

describe('the plan of a show that is reloaded', () => {
  const before = timelineOf(threeCues)
  const playhead = playheadOf(begun(before))
  const shift = (text: string) => moved(before, timelineOf(text), playhead).planShift

  it('stays if no time in it has changed', () => {
    expect(shift(threeCues)).toBe(0)
    expect(shift(threeCues.replace('scene: B', 'scene: Z, title: New, note: Changed'))).toBe(0)
  })

  it.each([
    ['a length', threeCues.replace('20s', '21s')],
    ['a hold', threeCues.replace('duration: 20s', 'duration: 20s, hold: true')],
    ['media', threeCues.replace('duration: 20s', 'duration: 20s, media: Reel')],
    ['a due time', threeCues.replace('duration: 20s', 'duration: 20s, due: "12:00"')],
    ['a hard start', threeCues.replace('duration: 20s', 'duration: 20s, at: "12:00"')],
    ['a new cue', `${threeCues}  - { scene: D, duration: 1s }\n`],
    ['the number of rounds', `loop: 2\n${threeCues}`],
    ['the zone', `timezone: Europe/Berlin\n${threeCues}`],
  ])('is made anew if %s has changed', (_, text) => {
    expect(shift(text)).toBeNull()
  })

  it('stays if only a cue before those of the plan is gone, but not in a loop, which comes back to it', () => {
    const from = (head: string) => {
      const whole = timelineOf(`${head}${threeCues}`)
      const late = playheadOf(begun(whole, seconds(0), 1))
      const rest = timelineOf(`${head}${threeCues.replace('  - { id: one, scene: A, duration: 10s }\n', '')}`)
      return moved(whole, rest, late).planShift
    }
    expect(from('')).toBe(-1)
    expect(from('loop: true\n')).toBeNull()
  })
})

describe('the day of the times of a show that is reloaded', () => {
  const day = (first: string, second = '20:00') => `
loop: true
cues:
  - { id: one, scene: A, at: "${first}", duration: 1h }
  - { id: two, scene: B, at: "${second}", duration: 1h }
`
  const before = timelineOf(day('08:00'))
  const playhead = playheadOf(playedTo(before, begun(before, today('10:00')), today('10:30')))
  const dayIn = (text: string) => moved(before, timelineOf(text), playhead).day

  it('keeps the next time to come as near to its instant as can be', () => {
    expect(dayIn(day('08:00'))).toBe('2026-03-02')
    expect(dayIn(day('08:00', '21:00'))).toBe('2026-03-02')
  })

  it('is the day before if the round’s first time is later in the day than its second now', () => {
    expect(dayIn(day('22:00'))).toBe('2026-03-01')
  })

  it('is found by the last time past if none is to come', () => {
    const late = playheadOf(begun(before, today('20:30')))
    expect(moved(before, timelineOf(day('08:00', '19:00')), late).day).toBe('2026-03-02')
  })

  it('is found by the latest of the times past', () => {
    const late = playheadOf(begun(before, today('20:30')))
    expect(moved(before, timelineOf(day('10:00', '09:00')), late).day).toBe('2026-03-01')
  })

  it('may be days before the next time to come', () => {
    const days = `cues: [${['20:00', '10:00', '09:00', '08:00'].map((at) => `{ scene: A, at: "${at}", duration: 1h }`).join(', ')}]`
    const tour = timelineOf(days)
    const third = playheadOf(playedTo(tour, begun(tour, today('20:00')), on('2026-03-04T09:30:00')))
    expect(third.index).toBe(2)
    expect(moved(tour, timelineOf(days), third).day).toBe('2026-03-02')
  })

  it('is found anew if no cue with a time is in both', () => {
    const fresh = timelineOf('cues: [{ id: new, scene: N, at: "07:00", duration: 24h }]')
    expect(moved(before, fresh, playhead).day).toBe('2026-03-02')
  })

  it('is none if the file has no time of day any more', () => {
    expect(dayIn(threeCues)).toBeNull()
  })
})
