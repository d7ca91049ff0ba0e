import { describe, expect, it } from 'vitest'
import { createOrchestrator } from '../../../src/orchestrator/orchestrator.ts'
import { readSchedule } from '../../../src/schedule/read.ts'
import { manualClock } from '../../../src/time/manualClock.ts'
import { load, noon, play, schedule } from '../../support/show.ts'

const text = `
title: Friday
loop: 3
cues:
  - { id: one, scene: A, duration: 1m, note: Guest left }
  - { scene: B, duration: 2m }`

describe('the snapshot', () => {
  it('of an orchestrator without a schedule is unconfigured', () => {
    expect(createOrchestrator({ clock: manualClock(5) }).currentState()).toEqual({
      seq: 0,
      at: 5,
      mode: 'unconfigured',
      schedule: null,
      armedFor: null,
      cue: null,
      next: null,
      pausedAt: null,
      overUnder: 0,
      override: null,
      program: { wanted: null, confirmed: null, confirmedAt: null, cause: null },
      link: { phase: 'down', since: 5 },
      stream: { phase: 'offline', since: 5 },
      recording: { phase: 'off', since: 5 },
      problems: [],
    })
  })

  it('of a running show says all there is to say', () => {
    const show = play(text)
    expect(show.state()).toMatchObject({
      mode: 'running',
      schedule: { title: 'Friday', timezone: 'UTC', cueCount: 2, loop: 3, duration: 180_000 },
      cue: {
        index: 0,
        id: 'one',
        title: 'A',
        scene: 'A',
        note: 'Guest left',
        round: 0,
        enteredAt: noon,
        endsAt: noon + 60_000,
        plannedEndsAt: noon + 60_000,
        holding: false,
      },
      next: { index: 1, id: 'b', title: 'B', scene: 'B', note: null, at: null, startsAt: noon + 60_000 },
      program: { wanted: 'A', confirmed: 'A', confirmedAt: noon, cause: 'command' },
    })
    expect(show.state().schedule?.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('says true for a loop without an end, false for none, and no length where there is none', () => {
    expect(load('loop: true\ncues: [{ scene: A, duration: 1s }]').state().schedule).toMatchObject({ loop: true })
    expect(load('cues: [{ scene: A, hold: true }]').state().schedule).toMatchObject({ loop: false, duration: null })
  })

  it('is frozen through and through', () => {
    const show = play(text)
    show.orchestrator.forceScene('BRB')
    show.orchestrator.updateStreamStatus('live')
    show.report({ type: 'recording', phase: 'recording' })
    show.report({ type: 'problems', code: 'odd', found: [{ message: 'Something odd' }] })
    show.report({
      type: 'link',
      phase: 'up',
      obs: { version: '32.0.0', websocket: '5', platform: 'x' },
      restarted: null,
      program: 'BRB',
    })
    const loose = (value: unknown, path: string): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : [
            ...(Object.isFrozen(value) ? [] : [path]),
            ...Object.entries(value).flatMap(([key, inner]) => loose(inner, `${path}.${key}`)),
          ]
    expect(loose(show.state(), 'state')).toEqual([])
  })

  it('shares with the one before all that has not changed', () => {
    const show = play(text)
    const before = show.state()
    show.orchestrator.forceScene('BRB')
    const after = show.state()
    expect(after).not.toBe(before)
    for (const key of ['schedule', 'cue', 'next', 'link', 'stream', 'recording', 'problems'] as const)
      expect(after[key], key).toBe(before[key])
  })

  it('counts published changes by one; an accepted command that changes nothing keeps the seq', () => {
    const show = play(text)
    const { seq } = show.state()
    const result = show.orchestrator.updateStreamStatus('offline')
    expect(result).toMatchObject({ accepted: true, seq })
    expect(show.orchestrator.pause()).toMatchObject({ accepted: true, seq: seq + 1, state: { mode: 'paused' } })
  })

  it('carries the time of its change, not of its reading', () => {
    const show = play(text)
    show.wait('59s')
    expect(show.state().at).toBe(noon)
    show.clock.stall(1500)
    const boundary = show.journal.find(({ event }) => event.type === 'due.cue')
    expect(boundary).toMatchObject({ at: noon + 60_000, changed: { cue: { enteredAt: noon + 60_000 } } })
  })

  it('shows stream, recording and problems as OBS tells of them', () => {
    const show = play(text)
    show.wait('5s')
    show.report({ type: 'recording', phase: 'recording' })
    show.orchestrator.updateStreamStatus('live')
    show.report({ type: 'problems', code: 'odd', found: [{ message: 'Something odd' }] })
    expect(show.state()).toMatchObject({
      recording: { phase: 'recording', since: noon + 5000 },
      stream: { phase: 'live', since: noon + 5000 },
      problems: [{ severity: 'error', code: 'odd', message: 'Something odd', since: noon + 5000 }],
    })
    show.report({ type: 'problems', code: 'odd', found: [] })
    expect(show.state().problems).toEqual([])
  })
})

describe('the library', () => {
  it('has no schedule yet where readSchedule found errors', () => {
    const { schedule: none } = readSchedule('version: 1')
    const orchestrator = createOrchestrator({ schedule: none, clock: manualClock(noon), onEffect: undefined })
    expect(orchestrator.currentState().mode).toBe('unconfigured')
    expect(orchestrator.start()).toMatchObject({ accepted: false, reason: 'notConfigured' })
  })

  it('refuses a schedule that readSchedule has not made', () => {
    const { orchestrator } = load(text)
    const copied = { ...schedule(text) }
    expect(orchestrator.configure(copied)).toMatchObject({ accepted: false, reason: 'invalid' })
  })

  it('throws at once when it is made with such a schedule', () => {
    for (const unchecked of [{ ...schedule(text) }, JSON.parse(JSON.stringify(schedule(text)))])
      expect(() => createOrchestrator({ clock: manualClock(noon), schedule: unchecked })).toThrow(
        /not a schedule from readSchedule or checkSchedule/,
      )
  })
})
