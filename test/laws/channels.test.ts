import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Command } from '../../src/orchestrator/core/events.ts'
import type { Millis } from '../../src/time/clock.ts'
import { scheduleOf, type Written } from '../support/arbitraries.ts'
import { createStage, type Stage } from './stage.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

const aMinute: Millis = 60_000
const anHour = 60 * aMinute
const aDay = 24 * anHour

/** A channel: hard starts at rising times of one day, with cues between them that last, hold or stay until the next hard start. */
const channels = fc
  .record({
    times: fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 4 }),
    beginsHard: fc.boolean(),
    between: fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }), { minLength: 5, maxLength: 5 }),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
    afterGap: fc.constantFrom('catchUp', 'resume'),
    filler: fc.boolean(),
  })
  .map(({ times, beginsHard, between, timezone, afterGap, filler }): Written => {
    const cues: Record<string, unknown>[] = []
    const others = (kinds: readonly number[]) => {
      for (const kind of kinds) cues.push({ id: `c${cues.length}`, scene: 'AB'[kind % 2], ...endings[kind] })
    }
    if (!beginsHard) others([2, ...(between[4] ?? [])])
    times
      .toSorted((a, b) => a - b)
      .forEach((quarter, i) => {
        cues.push({ id: `c${cues.length}`, scene: 'C', at: timeOf(quarter), duration: '20m' })
        others(between[i] ?? [])
      })
    return { version: 1, timezone, loop: true, policies: { afterGap }, cues, ...(filler ? { filler: 'F' } : {}) }
  })

const endings: readonly object[] = [
  { duration: '10m' },
  { duration: '45m' },
  { duration: '2h' },
  { duration: '7h' },
  { hold: true },
  { hold: true, duration: '30m' },
  { media: 'Reel', duration: '25m' },
  { duration: '1s' },
]

const timeOf = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`

type Happening =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'pause'; readonly length: Millis }
  | { readonly kind: 'gap'; readonly length: Millis }
  | { readonly kind: 'clock'; readonly by: Millis }
  | { readonly kind: 'move'; readonly cue: number; readonly quarter: number }
  | { readonly kind: 'remove' | 'insert'; readonly place: number; readonly ending: number }
  | { readonly kind: 'restart' }

const long = fc.integer({ min: 1, max: 60 * 30 }).map((minutes) => minutes * aMinute)
const happenings: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .oneof(
        fc.constantFrom<Command>({ type: 'next' }, { type: 'previous' }, { type: 'hold' }, { type: 'unhold' }),
        fc.integer({ min: 0, max: 12 }).map((n): Command => ({ type: 'goTo', cue: `c${n}` })),
        fc.constantFrom('-10m', '3h', '30h').map((by): Command => ({ type: 'extend', by })),
        fc.constantFrom('1h', '26h', 'cueEnd').map((until): Command => ({ type: 'forceScene', scene: 'X', until })),
      )
      .map((command): Happening => ({ kind: 'command', command })),
  },
  { weight: 1, arbitrary: long.map((length): Happening => ({ kind: 'pause', length })) },
  { weight: 1, arbitrary: long.map((length): Happening => ({ kind: 'gap', length })) },
  {
    weight: 1,
    arbitrary: fc
      .oneof(fc.constantFrom(-30, 30, -anHour, anHour, aDay, -aDay), fc.integer({ min: -aDay, max: aDay }))
      .map((by): Happening => ({ kind: 'clock', by })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ cue: fc.nat(3), quarter: fc.integer({ min: 0, max: 95 }) })
      .map((edit): Happening => ({ kind: 'move', ...edit })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ kind: fc.constantFrom('remove', 'insert'), place: fc.nat(15), ending: fc.nat(7) })
      .map((edit): Happening => edit),
  },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'restart' }) },
)

const stories = fc.record({
  written: channels,
  at: fc.integer({ min: 0, max: 400 * 24 * 4 }).map((quarter) => Date.UTC(2026, 0, 1) + quarter * 15 * aMinute + 3000),
  steps: fc.array(fc.tuple(long, happenings), { minLength: 1, maxLength: 4 }),
})

/** Moves one hard start to a time between its neighbours, so that the channel's times still rise within a day. */
function moved(written: Written, { cue, quarter }: { cue: number; quarter: number }): Written {
  const cues = written['cues']
  if (!Array.isArray(cues)) throw new Error('a channel has cues')
  const hard = cues.filter(({ at }) => at !== undefined)
  const one = hard[cue % hard.length]
  const time = timeOf(quarter)
  const times = hard.map((other) => (other === one ? time : other.at))
  const rises = times.every((at, i) => i === 0 || String(times[i - 1]) < String(at))
  return rises ? { ...written, cues: cues.map((other) => (other === one ? { ...other, at: time } : other)) } : written
}

/** Removes a cue without a hard start, unless it is the only one, or puts a new one in. */
function edited(written: Written, { kind, place, ending }: Happening & { kind: 'remove' | 'insert' }): Written {
  const cues = written['cues']
  if (!Array.isArray(cues)) throw new Error('a channel has cues')
  const at = place % cues.length
  if (kind === 'insert')
    return {
      ...written,
      cues: cues.toSpliced(at + 1, 0, { id: `n${cues.length}-${place}-${ending}`, scene: 'D', ...endings[ending] }),
    }
  return cues.length === 1 || cues[at].at !== undefined ? written : { ...written, cues: cues.toSpliced(at, 1) }
}

/** Plays a story; `written` is the file as it is at its end. */
function play(stage: Stage, first: Written, steps: readonly (readonly [Millis, Happening])[]): Written {
  let written = first
  for (const [wait, happening] of steps) {
    stage.wait(wait)
    switch (happening.kind) {
      case 'command':
        stage.command(happening.command)
        break
      case 'pause':
        stage.command({ type: 'pause' })
        stage.wait(happening.length)
        stage.command({ type: 'resume' })
        break
      case 'gap':
        stage.play({ wait: happening.length, happening: { kind: 'gap' } })
        break
      case 'clock':
        stage.clock({ type: 'clock', offset: stage.core.context().show.offset + happening.by })
        break
      case 'move':
        written = moved(written, happening)
        stage.command({ type: 'configure', schedule: scheduleOf(written) })
        break
      case 'remove':
      case 'insert': {
        const next = edited(written, happening)
        if (stage.command({ type: 'configure', schedule: scheduleOf(next) }) === null) written = next
        break
      }
      case 'restart':
        stage.command({ type: 'stop' })
        stage.command({ type: 'start' })
        break
    }
  }
  return written
}

/** The hard starts that came from `from` on, on the wall clock. */
function hardStartsOf(stage: Stage, from: number): readonly string[] {
  const { timeline, show } = stage.core.context()
  return stage.entries
    .filter(({ at, id }) => at >= from && timeline?.cues.find((cue) => cue.id === id)?.at != null)
    .map(({ at, id }) => `${id} ${new Date(at + show.offset).toISOString()}`)
}

const onNow = (stage: Stage) => {
  const { cue, mode } = stage.core.snapshot()
  const { offset } = stage.core.context().show
  const endsAt = cue?.endsAt == null ? null : new Date(cue.endsAt + offset).toISOString()
  return { mode, id: cue?.id, endsAt }
}

describe('a channel of times of day', () => {
  it('is within one day where a fresh start of its file would be, whatever happens', () => {
    const law = fc.property(stories, ({ written, at, steps }) => {
      const stage = createStage({ at, written })
      stage.command({ type: 'start' })
      const file = play(stage, written, steps)
      const { offset } = stage.core.context().show
      const fresh = createStage({ at: stage.now() + offset, written: file })
      fresh.command({ type: 'start' })
      const began = stage.now()
      // Times that have come don't come again after the clock is set back.
      const setBack = steps.reduce((sum, [, one]) => sum + (one.kind === 'clock' ? Math.max(0, -one.by) : 0), 0)
      const joined = aDay + setBack
      for (const one of [stage, fresh]) one.wait(joined)
      for (let quarter = 0; quarter < 4 * 48; quarter++) {
        // A channel joins at a hard start. After a jump over those of the next minutes, the first one is theirs of tomorrow.
        const hasJoined = hardStartsOf(fresh, began + offset + joined).length > 0
        if (hasJoined) expect([quarter, onNow(stage)]).toEqual([quarter, onNow(fresh)])
        for (const one of [stage, fresh]) one.wait(15 * aMinute)
      }
      const meant = hardStartsOf(fresh, began + offset + joined)
      expect(meant).not.toEqual([])
      expect(hardStartsOf(stage, began + joined)).toEqual(meant)
    })
    fc.assert(law, { numRuns })
  })

  it('is unchanged by a reload that changes only its title', () => {
    const law = fc.property(stories, ({ written, at, steps }) => {
      const stage = createStage({ at, written })
      stage.command({ type: 'start' })
      const file = play(stage, written, steps)
      const { cue, next, overUnder, override, program } = stage.core.snapshot()
      stage.command({ type: 'configure', schedule: scheduleOf({ ...file, title: 'Another title' }) })
      expect(stage.core.snapshot()).toMatchObject({ cue, next, overUnder, override, program })
    })
    fc.assert(law, { numRuns })
  })
})
