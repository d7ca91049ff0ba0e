import { describe, expect, it } from 'vitest'
import { force, pause } from '../../src/playout/override.ts'
import {
  nameInFile,
  nameInObs,
  pictureOf,
  present,
  type Scenes,
  samePicture,
  scenesUnknown,
  wishOf,
} from '../../src/playout/picture.ts'
import { emptyShow, playheadWith, type Show, showWith } from '../../src/playout/show.ts'
import type { Timeline } from '../../src/playout/timeline.ts'
import type { Transition } from '../../src/schedule/model/schedule.ts'
import { noon } from '../support/show.ts'
import { begun, playedTo, playheadOf, seconds, threeCues, timelineOf, today } from './shows.ts'

const forced = (show: Show, scene: string, transition: Transition | null = null): Show =>
  force(show, show.at, { scene, ends: 'release', by: 'operator', pause: false, transition }, 'A')
const picture = (timeline: Timeline, show: Show, scenes: Scenes = scenesUnknown) => pictureOf(timeline, show, scenes)
const at = (show: Show, instant: number): Show => showWith(show, { at: instant })
const having = (...names: readonly string[]): Scenes => ({ names: new Set(names), renamed: new Map() })
const bug = (visible: boolean, scene = 'A') => ({ kind: 'item', scene, item: 'Bug', visible })
const mic = (muted: boolean) => ({ kind: 'mute', input: 'Mic', muted })

describe('the scene that is wanted', () => {
  const timeline = timelineOf(threeCues)

  it('is that of the cue, and of a force before it', () => {
    expect(wishOf(timeline, at(begun(timeline), seconds(4)))).toEqual({ by: 'cue', scene: 'A', position: 4000 })
    expect(wishOf(timeline, at(forced(begun(timeline), 'F'), seconds(4)))).toEqual({
      by: 'force',
      scene: 'F',
      position: 4000,
    })
  })

  it('is none while no show is on, unless a force or a release asks for one', () => {
    const idle: Show = { ...emptyShow, at: noon }
    expect(wishOf(timeline, idle)).toBeNull()
    expect(wishOf(null, { ...idle, back: 'A' })).toEqual({ by: 'back', scene: 'A', position: 0 })
    expect(wishOf(null, forced(idle, 'F'))?.scene).toBe('F')
  })

  it('is the filler’s once the cue is over before a hard start, and the cue’s without a filler', () => {
    const waiting = 'cues: [{ scene: A, duration: 1m }, { scene: B, at: "12:05", duration: 1m }]'
    const wanted = (text: string) => {
      const show = timelineOf(text)
      return wishOf(show, playedTo(show, begun(show), today('12:02')))
    }
    expect(wanted(`filler: Standby\n${waiting}`)).toEqual({ by: 'filler', scene: 'Standby', position: 60_000 })
    expect(wanted(waiting)).toEqual({ by: 'cue', scene: 'A', position: 120_000 })
  })

  it('is the cue’s own until the hard start that is its only end', () => {
    const open = timelineOf('filler: Standby\ncues: [{ scene: A }, { scene: B, at: "12:05", duration: 1m }]')
    expect(wishOf(open, begun(open))).toEqual({ by: 'cue', scene: 'A', position: 0 })
    expect(wishOf(open, playedTo(open, begun(open), today('12:04:59')))?.by).toBe('cue')
  })

  it('is the cue’s own if the operator put it on after its `until`, since it holds then', () => {
    const late = timelineOf(`
filler: Standby
cues: [{ scene: Z, until: "11:30" }, { scene: A, until: "11:45" }, { scene: B, at: "12:05", duration: 1m }]
`)
    expect(wishOf(late, begun(late, noon, 1))?.scene).toBe('A')
  })

  it('is the cue’s own while it holds past its end', () => {
    const held = timelineOf(
      'filler: Standby\ncues: [{ scene: A, hold: true, duration: 1m }, { scene: B, at: "12:05", duration: 1m }]',
    )
    expect(wishOf(held, playedTo(held, begun(held), today('12:02')))?.by).toBe('cue')
  })

  it('stands still in a pause', () => {
    const paused = at(pause(begun(timeline), seconds(4), 'operator'), seconds(9))
    expect(wishOf(timeline, paused)?.position).toBe(4000)
  })
})

describe('the states of a picture', () => {
  it('come after their offset and go after their time, to the millisecond', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 1m, actions: [{ show: Bug, after: 10s, for: 8s }] }]')
    const states = (instant: number) => picture(timeline, at(begun(timeline), instant))?.states
    expect(states(seconds(10) - 1)).toEqual([])
    expect(states(seconds(10))).toEqual([bug(true)])
    expect(states(seconds(18) - 1)).toEqual([bug(true)])
    expect(states(seconds(18))).toEqual([])
  })

  it('name each target once: the later line of a cue wins', () => {
    const timeline = timelineOf(
      'cues: [{ scene: A, duration: 1m, actions: [{ show: Bug }, { mute: Mic }, { hide: Bug, after: 5s }] }]',
    )
    expect(picture(timeline, begun(timeline))?.states).toEqual([bug(true), mic(true)])
    expect(picture(timeline, at(begun(timeline), seconds(5)))?.states).toEqual([bug(false), mic(true)])
  })

  const layered = timelineOf(`
scenes:
  A: { actions: [{ mute: Mic }] }
  F: { actions: [{ mute: Mic }] }
cues: [{ scene: A, duration: 1m, actions: [{ unmute: Mic }] }]
`)

  it('are the cue’s before its own scene’s', () => {
    expect(picture(layered, begun(layered))?.states).toEqual([mic(false)])
  })

  it('are the forced scene’s before the cue’s, which stay under the force', () => {
    expect(picture(layered, forced(begun(layered), 'F'))?.states).toEqual([mic(true)])
    expect(picture(layered, forced(begun(layered), 'G'))?.states).toEqual([mic(false)])
  })

  it('leave with the cue when its filler comes on', () => {
    const timeline = timelineOf(`
filler: Standby
scenes: { Standby: { actions: [{ mute: Mic, after: 5s }] } }
cues: [{ scene: A, duration: 1m, actions: [{ show: Bug }] }, { scene: B, at: "12:05", duration: 1m }]
`)
    const states = (instant: number) => picture(timeline, playedTo(timeline, begun(timeline), instant))?.states
    expect(states(seconds(60) - 1)).toEqual([bug(true)])
    expect(states(seconds(60))).toEqual([])
    expect(states(seconds(65))).toEqual([mic(true)])
  })

  it('do not mistake an item and an input of the same name for one target', () => {
    const timeline = timelineOf('cues: [{ scene: A, duration: 1m, actions: [{ show: Bug }, { mute: Bug }] }]')
    expect(picture(timeline, begun(timeline))?.states.length).toBe(2)
  })
})

describe('the transition of a picture', () => {
  const timeline = timelineOf(`
transition: Fade 300ms
scenes: { A: { transition: Cut }, F: { transition: Wipe } }
cues: [{ scene: A, duration: 1m, transition: Stinger }]
`)

  it('is the cue’s own while its scene is on', () => {
    expect(picture(timeline, begun(timeline))?.transition?.name).toBe('Stinger')
  })

  it('is the force’s, else its scene’s, else the schedule’s', () => {
    const name = (scene: string, transition: Transition | null = null) =>
      picture(timeline, forced(begun(timeline), scene, transition))?.transition?.name
    expect(name('F', { name: 'Swipe', duration: null })).toBe('Swipe')
    expect(name('F')).toBe('Wipe')
    expect(name('G')).toBe('Fade')
  })

  it('is null without any: OBS’s own is left alone', () => {
    const plain = timelineOf(threeCues)
    expect(picture(plain, begun(plain))?.transition).toBeNull()
    expect(pictureOf(null, forced({ ...emptyShow, at: noon }, 'F'), scenesUnknown)?.transition).toBeNull()
  })
})

describe('the media of a picture', () => {
  const timeline = timelineOf('loop: true\ncues: [{ scene: A, media: Reel, duration: 10s }]')

  it('is restarted once for each entry of its cue', () => {
    const first = picture(timeline, begun(timeline))
    const second = picture(timeline, playedTo(timeline, begun(timeline), seconds(10)))
    expect([first?.media, second?.media]).toEqual([
      { input: 'Reel', run: 1 },
      { input: 'Reel', run: 2 },
    ])
    expect(samePicture(first, second)).toBe(false)
  })

  it('is not restarted by a force', () => {
    expect(picture(timeline, forced(begun(timeline), 'F'))?.media).toBeNull()
  })
})

describe('a scene that this OBS does not have', () => {
  const timeline = timelineOf(`
fallback: Oops
transition: Fade 300ms
scenes: { Oops: { transition: Cut, actions: [{ mute: Mic, after: 2s }] }, A: { actions: [{ show: Bug }] } }
cues: [{ scene: A, duration: 1m, transition: Stinger, actions: [{ hide: Bug }] }]
`)

  it('is replaced by the fallback, with the fallback’s transition and states, counted from the cue’s entry', () => {
    expect(picture(timeline, begun(timeline), having('Oops'))).toMatchObject({
      scene: 'Oops',
      transition: { name: 'Cut' },
      states: [bug(false)],
    })
    expect(picture(timeline, at(begun(timeline), seconds(2)), having('Oops'))?.states).toEqual([mic(true), bug(false)])
  })

  it('is asked for by its name while the scenes of this OBS are not known', () => {
    expect(picture(timeline, begun(timeline))?.scene).toBe('A')
  })

  it('is asked for all the same without a fallback, and if it is the fallback itself', () => {
    const plain = timelineOf(threeCues)
    expect(picture(plain, begun(plain), having('Z'))?.scene).toBe('A')
    expect(present(timeline, { by: 'cue', scene: 'Oops' }, having('Z'))).toEqual({
      inFile: 'Oops',
      name: 'Oops',
      isFallback: false,
    })
  })
})

describe('a scene that OBS has renamed', () => {
  const renamed: Scenes = { names: new Set(['Camera', 'Z']), renamed: new Map([['A', 'Camera']]) }
  const timeline = timelineOf(`
fallback: Z
scenes: { A: { transition: Cut } }
cues: [{ scene: A, duration: 1m, actions: [{ show: Bug }] }]
`)

  it('is called by its new name, and so are the scenes of its items', () => {
    expect(picture(timeline, begun(timeline), renamed)).toMatchObject({
      scene: 'Camera',
      transition: { name: 'Cut' },
      states: [bug(true, 'Camera')],
    })
  })

  it('is found by either name', () => {
    expect([nameInObs('A', renamed), nameInObs('Camera', renamed)]).toEqual(['Camera', 'Camera'])
    expect([nameInFile('A', renamed), nameInFile('Camera', renamed), nameInFile('B', renamed)]).toEqual(['A', 'A', 'B'])
  })
})

describe('two pictures', () => {
  const timeline = timelineOf(
    'transition: Fade 300ms\ncues: [{ scene: A, duration: 1m, actions: [{ show: Bug, after: 5s }] }]',
  )
  const here = picture(timeline, begun(timeline))

  it('are the same if everything in them is', () => {
    expect(samePicture(here, picture(timeline, at(begun(timeline), seconds(4))))).toBe(true)
    expect(samePicture(null, null)).toBe(true)
  })

  it('differ by their scene, their transition or a state', () => {
    if (here === null) throw new Error('nothing is wanted')
    expect(samePicture(here, null)).toBe(false)
    expect(samePicture(here, { ...here, scene: 'B' })).toBe(false)
    expect(samePicture(here, { ...here, transition: { name: 'Fade', duration: 301 } })).toBe(false)
    expect(samePicture(here, picture(timeline, at(begun(timeline), seconds(5))))).toBe(false)
  })

  it('differ by the value of one state', () => {
    const shown = picture(timeline, at(begun(timeline), seconds(5)))
    if (shown === null) throw new Error('nothing is wanted')
    expect(samePicture(shown, { ...shown, states: [{ kind: 'item', scene: 'A', item: 'Bug', visible: false }] })).toBe(
      false,
    )
  })
})

it('a cue that was put on again has another picture only if it has media', () => {
  const timeline = timelineOf(threeCues)
  const show = begun(timeline)
  const again = showWith(show, { playhead: playheadWith(playheadOf(show), { entry: 2 }) })
  expect(samePicture(picture(timeline, show), picture(timeline, again))).toBe(true)
})
