import { describe, expect, it } from 'vitest'
import { simulateShow } from '../../src/orchestrator/simulation.ts'
import { checkSchedule } from '../../src/schedule/check.ts'

const noon = Date.UTC(2026, 11, 4, 12)
const MINUTE = 60_000

function simulate(
  document: object,
  { minutes = null as number | null, startedBy = 'command' as 'command' | 'schedule' } = {},
) {
  const { schedule, problems } = checkSchedule({ version: 1, timezone: 'UTC', ...document })
  if (schedule === undefined) throw new Error(problems[0]?.message)
  const takes: [number, string, string][] = []
  const ended = simulateShow(schedule, {
    at: noon,
    length: minutes === null ? null : minutes * MINUTE,
    startedBy,
    onLine: ({ plannedAt, scene, cause }) => takes.push([(plannedAt - noon) / MINUTE, scene, cause]),
  })
  return { takes, mode: ended.mode, minutes: (ended.at - noon) / MINUTE }
}

describe('a simulated show', () => {
  it('is played from boundary to boundary to its end', () => {
    const cues = [
      { scene: 'A', duration: '5m' },
      { scene: 'B', duration: '10m' },
    ]
    expect(simulate({ cues })).toEqual({
      takes: [
        [0, 'A', 'command'],
        [5, 'B', 'schedule'],
      ],
      mode: 'finished',
      minutes: 15,
    })
  })

  it('ends a hold at its planned length, or at once if it has none', () => {
    const cues = [
      { scene: 'A', duration: '5m', hold: true },
      { scene: 'B', hold: true },
      { scene: 'C', duration: '5m' },
    ]
    expect(simulate({ cues })).toEqual({
      takes: [
        [0, 'A', 'command'],
        [5, 'B', 'command'],
        [5, 'C', 'command'],
      ],
      mode: 'finished',
      minutes: 10,
    })
  })

  it('shows the filler between the planned end of a hold and a hard start', () => {
    const cues = [
      { scene: 'A', duration: '5m', hold: true },
      { scene: 'B', at: '12:10', duration: '5m' },
    ]
    expect(simulate({ filler: 'F', cues }).takes).toEqual([
      [0, 'A', 'command'],
      [5, 'F', 'schedule'],
      [10, 'B', 'schedule'],
    ])
  })

  it('keeps a hold without a planned length on until the hard start that follows', () => {
    const cues = [
      { scene: 'A', hold: true },
      { scene: 'B', at: '12:10', duration: '5m' },
    ]
    expect(simulate({ filler: 'F', cues })).toEqual({
      takes: [
        [0, 'A', 'command'],
        [10, 'B', 'schedule'],
      ],
      mode: 'finished',
      minutes: 15,
    })
  })

  it('that is longer than a day is played to its end', () => {
    const cues = [
      { scene: 'A', duration: '20h' },
      { scene: 'B', duration: '10h' },
    ]
    expect(simulate({ cues })).toMatchObject({ mode: 'finished', minutes: 30 * 60 })
    expect(simulate({ loop: 3, cues })).toMatchObject({ mode: 'finished', minutes: 90 * 60 })
  })

  it('without an end is played for 24 hours', () => {
    const cues = [{ scene: 'A', duration: '7h' }]
    const { takes, mode, minutes } = simulate({ loop: true, cues })
    expect({ takes: takes.length, mode, minutes }).toEqual({ takes: 4, mode: 'running', minutes: 24 * 60 })
  })

  it('ends with a hold on the last cue, at its planned length or at once', () => {
    const first = { scene: 'A', duration: '5m' }
    expect(simulate({ cues: [first, { scene: 'D', hold: true }] })).toMatchObject({ mode: 'finished', minutes: 5 })
    const planned = { scene: 'D', hold: true, duration: '5m' }
    expect(simulate({ cues: [first, planned] })).toMatchObject({ mode: 'finished', minutes: 10 })
  })

  it('stops after the given time, before the cue that begins then', () => {
    const cues = [
      { scene: 'A', duration: '5m' },
      { scene: 'B', duration: '5m' },
    ]
    const { takes, mode, minutes } = simulate({ loop: true, cues }, { minutes: 15 })
    expect({ takes: takes.length, mode, minutes }).toEqual({ takes: 3, mode: 'running', minutes: 15 })
  })

  it('is not caught in a loop of holds without length', () => {
    const cues = [
      { scene: 'A', hold: true },
      { scene: 'B', hold: true },
    ]
    expect(simulate({ loop: true, cues }).minutes).toBe(0)
  })

  it('is started by its start time or by an operator', () => {
    const cues = [{ scene: 'A', duration: '5m' }]
    expect(simulate({ start: '12:00', cues }, { startedBy: 'schedule' }).takes).toEqual([[0, 'A', 'schedule']])
    expect(simulate({ start: '12:00', cues }, { startedBy: 'command' }).takes).toEqual([[0, 'A', 'command']])
  })
})
