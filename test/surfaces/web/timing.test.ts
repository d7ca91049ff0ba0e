import { describe, expect, it } from 'vitest'
import type { CueView, Snapshot } from '../../../src/orchestrator/core/snapshot.ts'
import {
  countdownAt,
  countdownToStart,
  isHeld,
  nextComes,
  overUnderAt,
  punctuality,
} from '../../../src/surfaces/web/show/timing.ts'
import { snapshotWith } from '../keyboard/snapshots.ts'

const start = 1_000_000
const cue = {
  enteredAt: start,
  endsAt: start + 60_000,
  plannedEndsAt: start + 60_000,
  warning: 20_000,
  danger: 5000,
}
const running = (changes: Partial<CueView> = {}, state: Partial<Omit<Snapshot, 'cue'>> = {}): Snapshot =>
  snapshotWith({ ...state, cue: { ...cue, ...changes } })

describe('the countdown', () => {
  it('shows whole seconds, and 0 only at the end', () => {
    expect(countdownAt(running(), start)?.text).toBe('1:00')
    expect(countdownAt(running(), start + 1)?.text).toBe('1:00')
    expect(countdownAt(running(), start + 1000)?.text).toBe('0:59')
    expect(countdownAt(running(), start + 59_999)?.text).toBe('0:01')
    expect(countdownAt(running(), start + 60_000)?.text).toBe('0:00')
  })

  it('turns amber within the warning and red within the danger', () => {
    expect(countdownAt(running(), start + 39_999)?.tone).toBe('calm')
    expect(countdownAt(running(), start + 40_000)?.tone).toBe('warning')
    expect(countdownAt(running(), start + 55_000)?.tone).toBe('danger')
  })

  it('counts up past the end of a cue that holds', () => {
    const held = running({ holding: true, endsAt: null, endsBy: null })
    expect(countdownAt(held, start + 75_000)).toMatchObject({ text: '+0:15', tone: 'late', label: 'over, until next' })
  })

  it('says before its end that a cue will be held', () => {
    const held = running({ endsAt: null, endsBy: null })
    expect(countdownAt(held, start)).toMatchObject({ text: '1:00', label: 'left, then held' })
    expect(isHeld(held)).toBe(true)
  })

  it('stands still in a pause that moves the end', () => {
    const paused = running({}, { mode: 'paused', pausedAt: start + 10_000 })
    expect(countdownAt(paused, start + 40_000)).toMatchObject({ text: '0:50', label: 'left, paused' })
  })

  it('goes on in a pause if the end is a time of day', () => {
    const paused = running({ endsBy: 'clock' }, { mode: 'paused', pausedAt: start + 10_000 })
    expect(countdownAt(paused, start + 40_000)).toMatchObject({ text: '0:20', label: 'left' })
  })

  it('counts up from the beginning of a cue that has no end', () => {
    const open = running({ endsAt: null, endsBy: null, plannedEndsAt: null })
    expect(countdownAt(open, start + 65_000)).toMatchObject({ text: '1:05', label: 'so far, until next', share: null })
  })

  it('shows the hours of a long cue', () => {
    expect(countdownAt(running({ endsAt: start + 3_723_000 }), start)?.text).toBe('1:02:03')
  })

  it('leads to the start while the show waits for it', () => {
    const armed = snapshotWith({ mode: 'idle', cue: null, armedFor: { kind: 'time', at: start + 90_000 } })
    expect(countdownToStart(armed, start)).toMatchObject({ text: '1:30', label: 'until the start' })
  })
})

describe('over and under', () => {
  it('is what the state says while a cue plays', () => {
    expect(overUnderAt(running({}, { overUnder: 5000 }), start + 30_000)).toBe(5000)
  })

  it('grows while a cue holds, from its planned end on', () => {
    const held = running({ holding: true, endsAt: null }, { overUnder: 5000 })
    expect(overUnderAt(held, start + 63_000)).toBe(8000)
  })

  it('grows in a pause that moves the end, but not in one that doesn’t', () => {
    const paused = { mode: 'paused', pausedAt: start + 10_000 } as const
    expect(overUnderAt(running({}, paused), start + 12_000)).toBe(2000)
    expect(overUnderAt(running({ endsBy: 'clock' }, paused), start + 12_000)).toBe(0)
  })

  it('is nothing without a show', () => {
    expect(overUnderAt(snapshotWith({ mode: 'idle', cue: null }), start)).toBeNull()
  })

  it('is said in words', () => {
    expect(punctuality(130_000)).toEqual({ text: '2:10 over', tone: 'over' })
    expect(punctuality(-30_500)).toEqual({ text: '0:30 under', tone: 'under' })
    expect(punctuality(999)).toEqual({ text: 'on time', tone: 'onTime' })
  })
})

describe('the next cue', () => {
  const next = { index: 1, id: 'two', title: 'Two', scene: 'Other', note: null, at: null, startsAt: start + 60_000 }
  const time = (at: number) => `T${at - start}`

  it('comes at a time', () => {
    expect(nextComes(running({}, { next }), start, time)).toBe('at T60000, in 1:00')
  })

  it('comes after the pause, at its hard start, or when the operator says so', () => {
    const paused = running({}, { next, mode: 'paused', pausedAt: start })
    expect(nextComes(paused, start, time)).toBe('after the pause')
    const open = { ...next, startsAt: null }
    expect(nextComes(running({}, { next: { ...open, at: start + 1000 } }), start, time)).toBe('at T1000 at the latest')
    expect(nextComes(running({}, { next: open }), start, time)).toBe('when you press Next')
  })
})
