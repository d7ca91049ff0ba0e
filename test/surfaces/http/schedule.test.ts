import { describe, expect, it } from 'vitest'
import { controlOf } from '../../../src/orchestrator/control.ts'
import { createOrchestrator } from '../../../src/orchestrator/orchestrator.ts'
import { createActualTimes } from '../../../src/orchestrator/readers/actualTimes.ts'
import { createScheduleView } from '../../../src/surfaces/http/scheduleView.ts'
import { manualClock } from '../../../src/time/manualClock.ts'
import { load, noon, type Show } from '../../support/show.ts'

/** The view as a page reads it. */
function viewOf({ orchestrator }: Pick<Show, 'orchestrator'>) {
  const control = controlOf(orchestrator)
  const actual = createActualTimes(control.currentState())
  control.subscribe(actual.note)
  const view = createScheduleView(control, actual)
  return { text: view, read: () => JSON.parse(view()) }
}

const text = `title: Evening
cues:
  - { scene: A, duration: 10s }
  - { scene: X, duration: 10s, skip: true }
  - { scene: B, title: Interview, duration: 20s, hold: true, note: Ask about it }
  - { scene: C, at: "12:05", duration: 30s }
  - { scene: D, until: "12:06" }
  - { scene: E, hold: true }
hotkeys: [{ keys: Ctrl+Alt+B, forceScene: BRB, toggle: true }]
`

describe('the schedule for pages', () => {
  it('has the show, its keys and every cue that is not skipped', () => {
    const { read } = viewOf(load(text))
    const { cues, ...rest } = read()
    expect(rest).toMatchObject({
      ...{ now: noon, title: 'Evening', timezone: 'UTC', loop: false },
      keys: [{ keys: 'Ctrl+Alt+B', command: { type: 'forceScene', scene: 'BRB', toggle: true } }],
      nextHardStart: { cue: 'c' },
    })
    expect(cues.map(({ id }: { id: string }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(cues[1]).toMatchObject({
      ...{ index: 1, title: 'Interview', scene: 'B', note: 'Ask about it', hold: true, hard: false },
      ...{ duration: 20_000, plannedAt: noon + 10_000, actualAt: null, actualEndsAt: null },
    })
    expect(cues[2]).toMatchObject({ hard: true, hold: false, plannedAt: noon + 300_000 })
    expect(cues.map(({ duration }: { duration: number }) => duration)).toEqual([10_000, 20_000, 30_000, 30_000, null])
  })

  it('says when each cue went on and off, and when the others are expected', () => {
    const show = load(text)
    const { read } = viewOf(show)
    show.orchestrator.start()
    show.wait('4s')
    show.orchestrator.next()
    const [a, b] = read().cues
    expect(a).toMatchObject({ actualAt: noon, actualEndsAt: noon + 4000, expectedAt: null })
    expect(b).toMatchObject({ actualAt: noon + 4000, actualEndsAt: null, overUnder: -6000 })
  })

  it('moves with the time while the show waits, but is made at most once a second', () => {
    const show = load('cues: [{ scene: A, duration: 10s }, { scene: B, duration: 20s }]')
    const { read } = viewOf(show)
    show.orchestrator.start()
    show.orchestrator.pause()
    expect(read().cues[1].expectedAt).toBe(noon + 10_000)
    show.wait('400ms')
    expect(read()).toMatchObject({ now: noon + 400, cues: [{}, { expectedAt: noon + 10_000 }] })
    show.wait('600ms')
    expect(read().cues[1].expectedAt).toBe(noon + 11_000)
  })

  it('is empty without a schedule', () => {
    const orchestrator = createOrchestrator({ clock: manualClock(noon) })
    expect(viewOf({ orchestrator }).read()).toEqual({
      ...{ now: noon, title: null, digest: null, timezone: null, loop: false, duration: null },
      ...{ keys: [], nextHardStart: null, cues: [] },
    })
  })

  it('lists the cues of a round in which none comes any more', () => {
    const show = load('cues: [{ scene: A, until: "11:00" }, { scene: B, until: "11:30" }]')
    expect(viewOf(show).read().cues).toMatchObject([{ id: 'a' }, { id: 'b' }])
  })
})
