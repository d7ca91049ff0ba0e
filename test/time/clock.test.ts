import { describe, expectTypeOf, it } from 'vitest'
import type { Instant, InstantsOf, Millis, ShowInstant, WallInstant, WallOffset } from '../../src/time/clock.ts'

describe('an instant', () => {
  it('can be any number', () => {
    expectTypeOf<number>().toExtend<Instant>()
    expectTypeOf<number>().toExtend<WallInstant>()
    expectTypeOf<number>().toExtend<ShowInstant>()
  })

  it('is not taken for one on another clock', () => {
    expectTypeOf<WallInstant>().not.toExtend<Instant>()
    expectTypeOf<ShowInstant>().not.toExtend<Instant>()
    expectTypeOf<Instant>().not.toExtend<WallInstant>()
    expectTypeOf<Instant>().not.toExtend<ShowInstant>()
    expectTypeOf<ShowInstant | null>().not.toExtend<Instant | null>()
  })
})

describe('the instants of a type', () => {
  type State = {
    readonly at: Instant
    readonly length: Millis
    readonly title: string
    readonly armed: { readonly kind: 'time'; readonly wall: WallInstant } | { readonly kind: 'stream' } | null
    readonly enteredAt?: ShowInstant | undefined
    readonly until: 'release' | Instant
    readonly reclaimed: readonly Instant[]
    readonly problems: readonly { readonly since: Instant; readonly line: number }[]
    readonly event: { readonly since: Instant } | { readonly at?: Instant } | { readonly offset: WallOffset }
    readonly loose: Readonly<Record<string, unknown>>
  }
  type Named = {
    readonly at: 'own'
    readonly armed: { readonly wall: 'wall' }
    readonly enteredAt: 'show'
    readonly until: 'own'
    readonly reclaimed: 'own'
    readonly problems: { readonly since: 'own' }
    readonly event: { readonly since: 'own'; readonly at: 'own'; readonly offset: 'offset' }
  }

  it('are its fields at any depth, each with its clock', () => {
    expectTypeOf<InstantsOf<State>>().toEqualTypeOf<Named>()
  })

  it('are none where it holds only lengths', () => {
    expectTypeOf<InstantsOf<{ readonly length: Millis; readonly names: readonly string[] }>>().toBeNever()
  })

  it('must all be named: a new one that is forgotten does not compile', () => {
    expectTypeOf<Named>().toExtend<InstantsOf<State>>()
    expectTypeOf<Named>().not.toExtend<InstantsOf<State & { readonly lostSince: Instant | null }>>()
    expectTypeOf<Named>().not.toExtend<InstantsOf<State & { readonly lost: { readonly since: Instant } }>>()
  })

  it('must be named with the right clock', () => {
    expectTypeOf<Named>().not.toExtend<InstantsOf<Omit<State, 'at'> & { readonly at: ShowInstant }>>()
  })
})
