import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { nextDue } from '../../src/orchestrator/core/core.ts'
import type { Snapshot } from '../../src/orchestrator/core/snapshot.ts'
import { changedFields } from '../../src/orchestrator/core/view.ts'
import { nextChange, step } from '../../src/playout/changes.ts'
import { stories } from '../support/arbitraries.ts'
import { createStage, played, type Stage } from './stage.ts'

vi.setConfig({ testTimeout: 300_000 })
const runs = Number(process.env['LAW_RUNS'] ?? 200)
const check = <T>(property: fc.IPropertyWithHooks<T>) => fc.assert(property, { numRuns: runs })

const ideal = fc.boolean()

describe('whatever happens', () => {
  it('the same events give the same snapshots, lines and acts', () => {
    check(
      fc.property(stories(), ideal, (story, ideal) => {
        expect(outcome(played(story, { ideal }))).toEqual(outcome(played(story, { ideal })))
      }),
    )
  })

  it('the number of ticks in which time passes makes no difference', () => {
    check(
      fc.property(
        stories(),
        ideal,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 5 }),
        (story, ideal, ticks) => {
          const stepped = played(story, { ideal, ticks: (i) => ticks[i % ticks.length] ?? 1 })
          expect(outcome(stepped)).toEqual(outcome(played(story, { ideal })))
        },
      ),
    )
  })

  it('a scene is wanted whenever the show is running or paused, and otherwise only under a force or after a release', () => {
    check(
      fc.property(stories(), ideal, (story, ideal) => {
        for (const { after, context } of played(story, { ideal }).heard) {
          const { wanted } = after.program
          expect(wanted).toBe(context.air.picture?.scene ?? null)
          if (after.mode === 'running' || after.mode === 'paused') expect(wanted).not.toBeNull()
          else if (wanted !== null) expect(after.override !== null || context.show.back !== null).toBe(true)
        }
      }),
    )
  })

  it('the mode says whether a cue is on and whether the show’s clock stands still', () => {
    check(
      fc.property(stories(), ideal, (story, ideal) => {
        for (const { after } of played(story, { ideal }).heard) {
          expect([after.mode, after.cue !== null]).toEqual([
            after.mode,
            after.mode === 'running' || after.mode === 'paused',
          ])
          expect([after.mode, after.pausedAt !== null]).toEqual([after.mode, after.mode === 'paused'])
          if (after.mode !== 'running' && after.mode !== 'paused') expect(after.override?.until).not.toBe('cueEnd')
        }
      }),
    )
  })

  it('a refused command leaves what a tick would have left', () => {
    check(
      fc.property(stories(), ideal, (story, ideal) => {
        const stage = createStage(story, { ideal })
        for (const one of story.steps) {
          const before = stage.heard.length
          const twin = createTwin(stage)
          if (stage.play(one) === null || one.happening.kind === 'gap') continue
          const due = stage.heard.slice(before).filter(({ refused }) => refused === null)
          expect(due.every(({ cause }) => cause.type.startsWith('due.'))).toBe(true)
          expect(stage.core.snapshot()).toBe(due.at(-1)?.after ?? twin.snapshot)
          expect(stage.core.context()).toBe(due.at(-1)?.context ?? twin.context)
        }
      }),
    )
  })

  it('seq has no gaps, time never goes back, and all changes together give the snapshot', () => {
    check(
      fc.property(stories(), ideal, (story, ideal) => {
        const { heard } = played(story, { ideal })
        let rebuilt: Snapshot | undefined = heard[0]?.before
        for (const { before, after } of heard) {
          expect(before).toBe(heard.find((one) => one.after === before)?.after ?? before)
          if (before === after) continue
          expect(after.seq).toBe(before.seq + 1)
          expect(after.at).toBeGreaterThanOrEqual(before.at)
          expect(Object.isFrozen(after)).toBe(true)
          if (rebuilt !== undefined)
            rebuilt = { ...rebuilt, ...changedFields(before, after), seq: after.seq, at: after.at }
          expect(rebuilt).toEqual(after)
        }
      }),
    )
  })

  it('every cue that comes on or is passed has its line, and every take ends once', () => {
    check(
      fc.property(stories(), (story) => {
        const takes = new Map<number, number>()
        const { heard } = played(story)
        heard.forEach(({ at, contextBefore, context, yielded }, i) => {
          if (!context.outside.ideal) return
          for (const { takeId } of yielded.lines) if (takeId !== null) takes.set(takeId, (takes.get(takeId) ?? 0) + 1)
          const { playhead } = context.show
          if (playhead === null || playhead.entry === contextBefore.show.playhead?.entry) return
          // Changes of one instant get their lines together, after the last of them.
          const together = heard.slice(i).filter((one) => one.at === at)
          const cues = together.flatMap((one) => one.yielded.lines.map(({ line }) => line.cue))
          expect(cues).toContain(context.ahead?.cue.id)
        })
        expect([...takes.values()].every((lines) => lines === 1)).toBe(true)
      }),
    )
  })

  it('every take on a real OBS ends at most once, and no later than the next one begins', () => {
    check(
      fc.property(stories(), (story) => {
        const { heard } = played(story, { ideal: false })
        const ended = new Map<number, number>()
        for (const { context, yielded } of heard) {
          const { take, takeCount } = context.air
          for (const { takeId } of yielded.lines) {
            if (takeId === null) continue
            expect(takeId).toBeLessThanOrEqual(takeCount)
            ended.set(takeId, (ended.get(takeId) ?? 0) + 1)
          }
          for (let id = 1; id < (take?.id ?? takeCount + 1); id++) expect(ended.get(id)).toBe(1)
        }
      }),
    )
  })

  it('the show always moves on: no instant has endless changes', () => {
    check(
      fc.property(stories(12), (story) => {
        const stage = played(story)
        const { timeline } = stage.core.context()
        let { show, ahead } = stage.core.context()
        let atOnce = 0
        for (let i = 0; i < 200; i++) {
          const change = nextChange(timeline, show, ahead)
          if (change === null) break
          expect(change.at).toBeGreaterThanOrEqual(show.at)
          atOnce = change.at === show.at ? atOnce + 1 : 0
          expect(atOnce).toBeLessThan(30)
          ;({ show, ahead } = step(timeline, show, change))
          expect(show.at).toBe(change.at)
        }
      }),
    )
  })

  it('the next change is the announced one and lies in the future', () => {
    check(
      fc.property(stories(), ideal, (story, ideal) => {
        const stage = createStage(story, { ideal })
        for (const one of story.steps) {
          stage.play(one)
          const due = stage.core.due()
          if (due !== null) expect(due.at).toBeGreaterThan(stage.now())
          expect(due).toEqual(nextDue(stage.core.context(), stage.core.snapshot().mode))
        }
      }),
    )
  })
})

const outcome = ({ core, snapshots, lines, acts, entries }: Stage) => ({
  context: { ...core.context(), timeline: null },
  due: core.due(),
  snapshots,
  lines,
  acts,
  entries,
})

const createTwin = ({ core }: Stage) => ({ snapshot: core.snapshot(), context: core.context() })
