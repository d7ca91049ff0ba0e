import { describe, expect, it } from 'vitest'
import { simulateShow } from '../../src/orchestrator/simulation.ts'
import { checkSchedule } from '../../src/schedule/check.ts'

const noon = Date.UTC(2026, 11, 4, 12)
const MINUTE = 60_000

function simulate(document: object, { minutes = 24 * 60, startedBy = 'command' as 'command' | 'schedule' } = {}) {
  const { schedule, problems } = checkSchedule({ version: 1, timezone: 'UTC', ...document })
  if (schedule === undefined) throw new Error(problems[0]?.message)
  const takes: [number, string, string][] = []
  const ended = simulateShow(schedule, {
    at: noon,
    length: minutes * MINUTE,
    startedBy,
    onLine: ({ plannedAt, scene, cause }) => takes.push([(plannedAt - noon) / MINUTE, scene, cause]),
  })
  return { takes, mode: ended.mode, minutes: (ended.at - noon) / MINUTE }
}

describe('a simulated show', () => {
  it('is played from boundary to boundary, to its end', () => {
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

  it('ends a hold at its planned length, and one without at once', () => {
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

  it('has the filler on when a hold is over before a hard start', () => {
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

  it('has the filler on at once where a hold without a planned length comes before a hard start', () => {
    const cues = [
      { scene: 'A', hold: true },
      { scene: 'B', at: '12:10', duration: '5m' },
    ]
    expect(simulate({ filler: 'F', cues }).takes).toEqual([
      [0, 'A', 'command'],
      [0, 'F', 'schedule'],
      [10, 'B', 'schedule'],
    ])
  })

  it('is over with a last cue that holds: at its planned length, or at once', () => {
    const first = { scene: 'A', duration: '5m' }
    expect(simulate({ cues: [first, { scene: 'D', hold: true }] })).toMatchObject({ mode: 'finished', minutes: 5 })
    const planned = { scene: 'D', hold: true, duration: '5m' }
    expect(simulate({ cues: [first, planned] })).toMatchObject({ mode: 'finished', minutes: 10 })
  })

  it('stops after the time that it is given, at the boundary that begins the next cue', () => {
    const cues = [
      { scene: 'A', duration: '5m' },
      { scene: 'B', duration: '5m' },
    ]
    const { takes, mode, minutes } = simulate({ loop: true, cues }, { minutes: 15 })
    expect({ takes: takes.length, mode, minutes }).toEqual({ takes: 3, mode: 'running', minutes: 15 })
  })

  it('is not caught in a loop of holds without any length', () => {
    const cues = [
      { scene: 'A', hold: true },
      { scene: 'B', hold: true },
    ]
    expect(simulate({ loop: true, cues }).minutes).toBe(0)
  })

  it('is started by its start time where nobody else starts it', () => {
    const cues = [{ scene: 'A', duration: '5m' }]
    expect(simulate({ start: '12:00', cues }, { startedBy: 'schedule' }).takes).toEqual([[0, 'A', 'schedule']])
    expect(simulate({ start: '12:00', cues }, { startedBy: 'command' }).takes).toEqual([[0, 'A', 'command']])
  })
})
