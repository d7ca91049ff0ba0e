import { describe, expect, it } from 'vitest'
import { createOrchestrator } from '../../../src/orchestrator/orchestrator.ts'
import { checkSchedule } from '../../../src/schedule/check.ts'
import { problemChanges } from '../../../src/surfaces/terminal/narration.ts'
import { reloadInWords } from '../../../src/surfaces/terminal/reloadWords.ts'
import { changesInWords, takeInWords } from '../../../src/surfaces/terminal/words.ts'
import { manualClock } from '../../../src/time/manualClock.ts'
import { snapshotWith } from '../keyboard/snapshots.ts'

const line = {
  cue: 'opening',
  title: 'Opening',
  scene: 'Main Camera',
  cause: 'schedule',
  plannedAt: 0,
  sentAt: 5,
  confirmedAt: 12,
  errorMs: 12,
  how: 'plain',
  errorFrames: null,
  outcome: 'onAir',
} as const

describe('problems', () => {
  type Told = [code: string, message: string]
  const problem = (code: string, message: string) => ({ severity: 'error', code, message, since: 0 }) as const
  const changes = (before: Told[], after: Told[]) => {
    const [was, is] = [before, after].map((all) => snapshotWith({ problems: all.map((one) => problem(...one)) }))
    const { raised, over } = problemChanges(was ?? snapshotWith({}), is ?? snapshotWith({}))
    return { raised: raised.map(({ message }) => message), over: over.map(({ message }) => message) }
  }

  it('are said when they come and when they are over', () => {
    const [a, b]: [Told, Told] = [
      ['unknownScene', 'no scene A'],
      ['unknownScene', 'no scene B'],
    ]
    expect(changes([a], [a, b])).toEqual({ raised: ['no scene B'], over: [] })
    expect(changes([a, b], [b])).toEqual({ raised: [], over: ['no scene A'] })
  })

  it("aren't over when another one replaces them", () => {
    const [a, b]: [Told, Told] = [
      ['unknownInput', 'no input A'],
      ['unknownInput', 'no input A; no input B'],
    ]
    expect(changes([a], [b])).toEqual({ raised: ['no input A; no input B'], over: [] })
  })

  it('of acts and takes have no line here, because acts and takes have lines of their own', () => {
    expect(
      changes(
        [],
        [
          ['actFailed', 'not done'],
          ['takeFailed', 'not on air'],
        ],
      ),
    ).toEqual({ raised: [], over: [] })
  })
})

describe('a take in words', () => {
  it('says the scene, the cue if it has another name, why, and how late it was', () => {
    expect(takeInWords(line)).toBe('on air: Main Camera "Opening" (schedule, +12 ms)')
    expect(takeInWords({ ...line, title: 'Main Camera', errorMs: -3 })).toBe('on air: Main Camera (schedule, −3 ms)')
  })

  it('says why a take failed', () => {
    const failed = { ...line, outcome: 'failed', reason: 'there is no such scene', errorMs: null } as const
    expect(takeInWords(failed)).toBe('not on air: Main Camera "Opening" (schedule): there is no such scene')
  })
})

describe('changes in words', () => {
  it('say when a pause begins and ends, and when a force ends', () => {
    const running = snapshotWith({})
    const paused = snapshotWith({ mode: 'paused' })
    const forced = snapshotWith({
      override: { scene: 'BRB', since: 0, until: 'release', pause: false, by: 'operator' },
    })
    expect(changesInWords(running, paused, 0)).toEqual(['the show is paused'])
    expect(changesInWords(paused, running, 0)).toEqual(['the show goes on'])
    expect(changesInWords(forced, running, 0)).toEqual(['the force of BRB has ended'])
    expect(changesInWords(running, running, 0)).toEqual([])
  })

  it('say when the show starts as the wall clock has it, even if the clock was set', () => {
    const at = Date.UTC(2026, 11, 4, 19)
    const armed = snapshotWith({ mode: 'idle', cue: null, armedFor: { kind: 'time', at } })
    expect(changesInWords(snapshotWith({}), armed, 3_600_000)).toEqual(['the show starts at 2026-12-04 20:00:00'])
  })
})

describe('a reload in words', () => {
  const read = (written: object) => {
    const { schedule, problems } = checkSchedule(written)
    if (schedule === undefined) throw new Error(problems[0]?.message)
    return schedule
  }
  const scheduleOf = (...cues: object[]) => read({ version: 1, cues })
  const one = { scene: 'One', duration: '1h' }
  const two = { scene: 'Two', duration: '1h' }
  const three = { scene: 'Three', duration: '1h' }
  const reload = (before: object[], after: object[]) => {
    const [old, fresh] = [scheduleOf(...before), scheduleOf(...after)]
    const orchestrator = createOrchestrator({ schedule: old, clock: manualClock() })
    orchestrator.start()
    orchestrator.configure(fresh)
    return reloadInWords(old, fresh, orchestrator.currentState())
  }

  it('names the cues that were added, removed and changed', () => {
    expect(reload([one, two], [{ ...one, duration: '2h' }, three])).toBe(
      '1 cue added: Three; 1 cue removed: Two; 1 cue changed: One; One goes on',
    )
  })

  it('says that the order has changed', () => {
    expect(reload([one, two, three], [one, three, two])).toBe('the order of the cues has changed; One goes on')
  })

  it('says that a running cue that is skipped now plays out', () => {
    expect(reload([one, two], [{ ...one, skip: true }, two])).toContain(
      '; One is skipped and plays out, then comes Two',
    )
  })

  it('calls a cue the same by its scene, as the reload itself does, when its generated id shifts', () => {
    const break1 = { scene: 'Break', duration: '5m' }
    expect(reload([one, break1, two, break1], [one, two, break1])).toBe('1 cue removed: Break; One goes on')
  })

  it('says that a new address of OBS waits for the next run', () => {
    const [before, after] = ['ws://127.0.0.1:4455', 'ws://127.0.0.1:4456'].map((url) =>
      read({ version: 1, obs: { url }, cues: [one] }),
    )
    if (before === undefined || after === undefined) throw new Error('both are there')
    expect(reloadInWords(before, after, snapshotWith({ cue: null }))).toBe('also changed: obs (from the next run on)')
  })

  it('says that a running cue that is gone plays out, and what comes then', () => {
    expect(reload([one, two], [two])).toBe(
      '1 cue removed: One; One is no longer in the file and plays out, then comes Two',
    )
  })
})
