import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { nextHard } from '../../src/playout/endings.ts'
import { samePicture } from '../../src/playout/picture.ts'
import {
  commanded,
  type Happening,
  moves,
  plainForces,
  type Setting,
  type Step,
  settings,
  step,
} from '../support/arbitraries.ts'
import { createStage, type Stage } from './stage.ts'

vi.setConfig({ testTimeout: 300_000 })
const numRuns = Number(process.env['LAW_RUNS'] ?? 200)

const tick: Happening = { kind: 'tick' }
const ticks = fc.constant(tick)
const happenings = (command: fc.Arbitrary<Command>) => fc.oneof(ticks, commanded(command))
const stepsOf = (command: fc.Arbitrary<Command>) => fc.array(step(happenings(command)), { maxLength: 10 })
const lengths = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((n) => n * 500),
  fc.integer({ min: 0, max: 9999 }),
)

/** A started show, and what happens in it before and after a moment. */
function playedTwice(
  setting: Setting,
  before: readonly Step[],
  between: (stage: Stage) => void,
  after: (stage: Stage) => void,
): readonly [Stage, Stage] {
  const begun = () => {
    const stage = createStage(setting)
    stage.command({ type: 'start' })
    for (const one of before) stage.play(one)
    return stage
  }
  const plain = begun()
  const other = begun()
  between(other)
  after(plain)
  after(other)
  return [plain, other]
}

const recurredAt = ({ heard }: Stage) => heard.flatMap(({ cause, at }) => (cause.type === 'due.recur' ? [at] : []))

describe('a pause', () => {
  it('moves every later boundary by exactly its length without times of day', () => {
    const law = fc.property(
      settings({ times: false }),
      stepsOf(fc.oneof(moves, plainForces)),
      stepsOf(moves),
      lengths,
      (setting, before, after, d) => {
        let seen = { entries: 0, acts: 0, recurred: 0 }
        const [plain, paused] = playedTwice(
          setting,
          before,
          (stage) => {
            seen = { entries: stage.entries.length, acts: stage.acts.length, recurred: recurredAt(stage).length }
            fc.pre(stage.command({ type: 'pause' }) === null)
            stage.wait(d)
            stage.command({ type: 'resume' })
          },
          (stage) => {
            for (const one of after) stage.play(one)
            stage.wait(30_000)
          },
        )
        const moved = <T extends { at: number }>(all: readonly T[]) => all.map((one) => ({ ...one, at: one.at + d }))
        expect(paused.entries.slice(seen.entries)).toEqual(moved(plain.entries.slice(seen.entries)))
        expect(paused.acts.slice(seen.acts)).toEqual(moved(plain.acts.slice(seen.acts)))
        expect(recurredAt(paused).slice(seen.recurred)).toEqual(
          recurredAt(plain)
            .slice(seen.recurred)
            .map((at) => at + d),
        )
      },
    )
    fc.assert(law, { numRuns })
  })

  it('moves nothing from the next hard start of the round on, unless that passes in the pause', () => {
    let counted = 0
    const law = fc.property(settings(), stepsOf(moves), lengths, (setting, before, d) => {
      let until = 0
      const [plain, paused] = playedTwice(
        { ...setting, written: { ...setting.written, recurring: [] } },
        before,
        (stage) => {
          const { timeline, show } = stage.core.context()
          const hard = timeline === null ? null : nextHard(timeline, show)
          fc.pre(hard !== null && hard.to.round === show.playhead?.round && hard.at > stage.now() + d)
          until = hard === null ? 0 : hard.at + 2 * (hard.at - setting.at) + 60_000
          fc.pre(stage.command({ type: 'pause' }) === null)
          stage.wait(d)
          stage.command({ type: 'resume' })
        },
        (stage) => {
          stage.wait(until - stage.now())
        },
      )
      const pausedAt = paused.heard.findIndex(({ cause }) => cause.type === 'pause')
      const contextThen = paused.heard[pausedAt]?.contextBefore
      if (contextThen?.timeline == null) return
      const hard = nextHard(contextThen.timeline, contextThen.show)
      if (hard === null) return
      counted++
      const from = ({ at }: { at: number }) => at >= hard.at
      expect(paused.entries.filter(from)).toEqual(plain.entries.filter(from))
    })
    fc.assert(law, { numRuns })
    expect(counted).toBeGreaterThan(0)
  })
})

describe('a force without a pause, and its release', () => {
  it('leave the playhead and the acts as they would have been, and the picture too unless a recurring entry came meanwhile', () => {
    const until = fc.oneof(
      fc.constant({}),
      fc.integer({ min: 1, max: 20_000 }).map((n) => ({ until: `${n}ms` })),
    )
    const force = fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), until)
    const pausing = fc.oneof(moves, fc.constantFrom<Command>({ type: 'pause' }, { type: 'resume' }))
    const law = fc.property(
      settings(),
      stepsOf(pausing),
      force,
      stepsOf(pausing),
      stepsOf(pausing),
      (setting, before, [scene, until], under, after) => {
        const run = (isForced: boolean): { stage: Stage; recurred: boolean } => {
          const stage = createStage(setting)
          stage.command({ type: 'start' })
          for (const one of before) stage.play(one)
          fc.pre(stage.core.context().show.override === null)
          const before_ = recurredAt(stage).length
          if (isForced) stage.command({ type: 'forceScene', scene, ...until })
          for (const one of under) stage.play(one)
          if (isForced) stage.command({ type: 'release' })
          const recurred = recurredAt(stage).length > before_
          for (const one of after) stage.play(one)
          return { stage, recurred }
        }
        const { stage: plain } = run(false)
        const { stage: forced, recurred } = run(true)
        expect(forced.core.snapshot().mode).toBe(plain.core.snapshot().mode)
        expect(forced.core.context().show.playhead).toEqual(plain.core.context().show.playhead)
        expect(forced.core.context().show.pause).toEqual(plain.core.context().show.pause)
        expect(forced.acts).toEqual(plain.acts)
        expect(forced.entries).toEqual(plain.entries)
        const { mode } = plain.core.snapshot()
        if (recurred || (mode !== 'running' && mode !== 'paused')) return
        const pictures = [forced.core.context().air.picture, plain.core.context().air.picture] as const
        expect([samePicture(...pictures), ...pictures]).toEqual([true, ...pictures])
      },
    )
    fc.assert(law, { numRuns })
  })
})
