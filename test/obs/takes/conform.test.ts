import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/obs/mirror/events.ts'
import { type Mirror, noTake, nothingKnown } from '../../../src/obs/mirror/mirror.ts'
import { withState } from '../../../src/obs/mirror/states.ts'
import { missingTransition } from '../../../src/obs/mirror/transitions.ts'
import { conform } from '../../../src/obs/takes/conform.ts'
import type { Picture } from '../../../src/playout/effect.ts'
import type { State } from '../../../src/schedule/model/schedule.ts'

const transitions = [
  { name: 'Cut', fixed: true },
  { name: 'Fade', fixed: false },
  { name: 'Stinger', fixed: true },
]
const known: Mirror = {
  ...nothingKnown,
  scenes: ['A', 'B', 'C'],
  program: 'A',
  take: { ...noTake, isSettled: false },
  transition: { name: 'Cut', duration: 300 },
  transitions,
}
const picture = (scene: string, more: Partial<Picture> = {}): Picture => ({
  ...{ scene, transition: null, media: null, states: [] },
  ...more,
})
const mute = (input: string, muted = true): State => ({ kind: 'mute', input, muted })
const show = (scene: string, item: string, visible = true): State => ({ kind: 'item', scene, item, visible })
const ask = (wanted: Picture | null, part: Partial<Mirror> = {}) => conform(wanted, null, { ...known, ...part }, null)
const asked = (scene: string) => ({ scene, takeId: 1, sentAt: 1, lookAt: 1 })
const brief = (requests: readonly Change[]) => requests.map(inShort)

function inShort(request: Change): string {
  switch (request.type) {
    case 'transition':
      return `transition ${request.name}`
    case 'transitionDuration':
      return `duration ${request.duration}`
    case 'media':
      return `media ${request.input}`
    case 'scene':
      return `scene ${request.scene}`
    case 'state':
      return stateInShort(request.state)
  }
}

function stateInShort(state: State): string {
  if (state.kind === 'mute') return `${state.muted ? 'mute' : 'unmute'} ${state.input}`
  return `${state.visible ? 'show' : 'hide'} ${state.item}`
}

describe('what is asked of OBS', () => {
  it('is nothing when nothing is wanted, whatever OBS shows', () => {
    expect(ask(null, { states: [{ state: mute('Mic'), done: true, sure: true }] })).toEqual([])
  })

  it('is nothing when the wanted scene is on', () => {
    expect(ask(picture('A'))).toEqual([])
  })

  it('is the transition, its duration, what must not be seen or heard, the media, the scene, then the rest', () => {
    const wanted = picture('B', {
      transition: { name: 'Fade', duration: 500 },
      media: { input: 'Reel', run: 1 },
      states: [mute('Guest', false), mute('Mic'), show('B', 'Bug', false)],
    })
    expect(brief(ask(wanted))).toEqual([
      'transition Fade',
      'duration 500',
      'mute Mic',
      'hide Bug',
      'media Reel',
      'scene B',
      'unmute Guest',
    ])
  })

  it('says why, in words', () => {
    expect(ask(picture('B')).map(({ reason }) => reason)).toEqual(['program is A, wanted B'])
  })

  it('is the scene again if another one was set meanwhile and is on its way', () => {
    expect(brief(ask(picture('A'), { asked: asked('B') }))).toEqual(['scene A'])
  })

  it('is nothing while the scene that was set is on its way', () => {
    expect(ask(picture('B'), { asked: asked('B') })).toEqual([])
  })

  it('leaves the scene to the operator once the take is settled', () => {
    expect(ask(picture('B'), { take: noTake })).toEqual([])
  })

  it("is only the scene if this OBS doesn't have it, so that nothing is prepared for it", () => {
    expect(brief(ask(picture('Nope', { transition: { name: 'Fade', duration: 500 }, states: [mute('Mic')] })))).toEqual(
      ['scene Nope'],
    )
  })

  it('leaves out the duration of a transition that has its own, and keeps others within what OBS accepts', () => {
    expect(brief(ask(picture('B', { transition: { name: 'Stinger', duration: 500 } })))).toEqual([
      'transition Stinger',
      'scene B',
    ])
    expect(brief(ask(picture('B', { transition: { name: 'Fade', duration: 10 } })))).toContain('duration 50')
    expect(brief(ask(picture('B', { transition: { name: 'Fade', duration: 60_000 } })))).toContain('duration 20000')
  })

  it("puts the operator's transition back for a scene without one, if it was replaced", () => {
    const replaced = { name: 'Cut', duration: 300 }
    const now = { transition: { name: 'Fade', duration: 500 }, replaced }
    expect(brief(ask(picture('B'), now))).toEqual(['transition Cut', 'duration 300', 'scene B'])
    expect(brief(ask(picture('B')))).toEqual(['scene B'])
  })

  it("sets no transition that this OBS doesn't have, and names it as missing", () => {
    const wanted = picture('B', { transition: { name: 'Fad', duration: 500 } })
    expect(brief(ask(wanted))).toEqual(['scene B'])
    expect(missingTransition(wanted, known)).toBe('Fad')
  })

  it('is each state when it enters the picture, and its opposite, once, when it leaves', () => {
    const muted = [{ state: mute('Mic'), done: true, sure: true }]
    expect(brief(ask(picture('A', { states: [mute('Mic')] })))).toEqual(['mute Mic'])
    expect(brief(ask(picture('A', { states: [mute('Mic')] }), { states: muted }))).toEqual([])
    expect(brief(ask(picture('B'), { states: muted }))).toEqual(['scene B', 'unmute Mic'])
    expect(brief(ask(picture('A', { states: [mute('Mic', false)] }), { states: muted }))).toEqual(['unmute Mic'])
  })

  it('is every state once more on an OBS that was restarted, including those that left the picture', () => {
    const sent = [mute('Mic'), mute('Guest')].map((state) => ({ state, done: true, sure: false }))
    expect(brief(ask(picture('A', { states: [mute('Mic')] }), { states: sent }))).toEqual(['mute Mic', 'unmute Guest'])
  })

  it('has no opposite for a state that OBS has refused', () => {
    expect(ask(picture('A'), { states: [{ state: mute('Mic'), done: false, sure: true }] })).toEqual([])
  })

  it('restarts the media of a cue once for each of its runs', () => {
    const wanted = picture('A', { media: { input: 'Reel', run: 2 } })
    expect(brief(ask(wanted, { media: { input: 'Reel', run: 1 } }))).toEqual(['media Reel'])
    expect(ask(wanted, { media: { input: 'Reel', run: 2 } })).toEqual([])
  })
})

/** An ideal OBS: it does at once whatever it is asked. */
function done(known: Mirror, request: Change): Mirror {
  switch (request.type) {
    case 'transition': {
      const name = known.replaced.name === request.name ? null : (known.replaced.name ?? known.transition.name)
      return {
        ...known,
        transition: { ...known.transition, name: request.name },
        replaced: { ...known.replaced, name },
      }
    }
    case 'transitionDuration': {
      const { duration } = known.replaced
      const replaced = duration === request.duration ? null : (duration ?? known.transition.duration)
      return {
        ...known,
        transition: { ...known.transition, duration: request.duration },
        replaced: { ...known.replaced, duration: replaced },
      }
    }
    case 'media':
      return { ...known, media: { input: request.input, run: request.run } }
    case 'state':
      return { ...known, states: withState(known.states, request.state, request.how, true) }
    case 'scene':
      return { ...known, program: request.scene }
  }
}

const arbitraryState: fc.Arbitrary<State> = fc.oneof(
  fc.record({ kind: fc.constant('mute' as const), input: fc.constantFrom('Mic', 'Guest'), muted: fc.boolean() }),
  fc.record({
    kind: fc.constant('item' as const),
    scene: fc.constantFrom('A', 'B'),
    item: fc.constantFrom('Bug', 'Lower Third'),
    visible: fc.boolean(),
  }),
)
const targetOf = (state: State) => (state.kind === 'mute' ? state.input : `${state.scene} ${state.item}`)
const arbitraryPicture: fc.Arbitrary<Picture> = fc.record({
  scene: fc.constantFrom('A', 'B', 'C'),
  transition: fc.option(
    fc.record({
      name: fc.constantFrom('Cut', 'Fade', 'Stinger', 'Nope'),
      duration: fc.option(fc.integer({ min: 1, max: 30_000 })),
    }),
  ),
  media: fc.option(fc.record({ input: fc.constantFrom('Reel', 'Ad'), run: fc.integer({ min: 1, max: 3 }) })),
  states: fc.uniqueArray(arbitraryState, { selector: targetOf }),
})

describe('an OBS that does what it is asked', () => {
  it('shows what is wanted after one round, and is then asked for nothing more', () => {
    fc.assert(
      fc.property(fc.array(fc.option(arbitraryPicture), { minLength: 1 }), (wishes) => {
        let now = known
        for (const wanted of wishes) {
          if (wanted === null) now = { ...now, states: [] }
          for (let first = ask(wanted, now)[0], count = 0; first; first = ask(wanted, now)[0], count += 1) {
            expect(count).toBeLessThan(20)
            now = done(now, first)
          }
          if (wanted === null) continue
          expect(now.program).toBe(wanted.scene)
          expect(new Map(now.states.map(({ state }) => [targetOf(state), state]))).toEqual(
            new Map(wanted.states.map((state) => [targetOf(state), state])),
          )
          if (wanted.media !== null) expect(now.media).toEqual(wanted.media)
        }
      }),
    )
  })

  it('is asked the same whether the plan is made anew after each request or the whole round is sent', () => {
    fc.assert(
      fc.property(arbitraryPicture, fc.option(arbitraryPicture), (wanted, before) => {
        const start = before === null ? known : ask(before).reduce(done, known)
        const round = ask(wanted, start)
        const oneByOne: Change[] = []
        let now = start
        for (let first = round[0]; first; first = ask(wanted, now)[0]) {
          oneByOne.push(first)
          now = done(now, first)
        }
        const sorted = (requests: readonly Change[]) => brief(requests).toSorted()
        expect(sorted(oneByOne)).toEqual(sorted(round))
      }),
    )
  })

  it("gets the operator's transition back once pictures without one are wanted", () => {
    fc.assert(
      fc.property(fc.array(arbitraryPicture), (wishes) => {
        let now = known
        const all = [...wishes, picture('A'), picture('B')]
        for (const wanted of all) now = ask(wanted, now).reduce(done, now)
        expect(now.transition).toEqual(known.transition)
      }),
    )
  })
})
