import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'
import { simulateShow } from '../../src/orchestrator/simulation.ts'
import { readSchedule } from '../../src/schedule/read.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { requireRealObs } from '../support/requirements.ts'

const scenes = {
  Before: '#202020',
  One: '#c02020',
  Two: '#20c020',
  Three: '#2020c0',
  Standby: '#c0c020',
  Ident: '#20c0c0',
} as const

/** The show begins 300 ms after a full second, so a hard start comes 700 ms after a full second of the show. */
const afterTheSecond = 300

requireRealObs()('a show on a real OBS and the same show simulated', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes })
  })
  afterEach(() => show?.close())
  afterAll(() => obs?.close())

  it('leave the same as-run lines: cue, scene, cause, outcome, and planned time from the start', async () => {
    // Late enough for the show to be connected by then.
    const second = Math.ceil(Date.now() / 1000) * 1000 + 4000
    const yaml = scheduleFrom(second)
    const real = await playedOn(yaml, second + afterTheSecond)
    const startedAt = real[0]?.plannedAt ?? 0
    expect(rows(real)).toEqual(rows(simulated(yaml, startedAt)))
    /** A time of day comes that long after the start, which is late on a busy machine; the two clocks may differ by 20 ms. */
    const at = (seconds: number) => expect.closeTo(second + seconds * 1000 - startedAt, -2)
    expect(rows(real)).toEqual([
      ['one', 'One', 'command', 'onAir', 0],
      [null, 'Ident', 'recurring', 'onAir', 3000],
      ['two', 'Two', 'schedule', 'covered', 3200],
      ['two', 'Two', 'release', 'onAir', 3500],
      ['two-2', 'Two', 'schedule', 'already', 4200],
      ['one-2', 'One', 'schedule', 'onAir', 5200],
      [null, 'Ident', 'recurring', 'onAir', 6000],
      [null, 'Standby', 'release', 'onAir', 6500],
      ['late', 'Three', 'schedule', 'onAir', at(8)],
      [null, 'Ident', 'recurring', 'onAir', 9000],
      ['late', 'Three', 'release', 'onAir', 9500],
      ['one-3', 'One', 'schedule', 'onAir', at(10)],
      ['two-3', 'Two', 'schedule', 'skipped', at(12)],
      ['last', 'Three', 'schedule', 'onAir', at(12)],
      [null, 'Ident', 'recurring', 'onAir', 12_000],
      ['last', 'Three', 'release', 'onAir', 12_500],
    ])
  }, 40_000)

  async function playedOn(yaml: string, at: number): Promise<readonly AsRunLine[]> {
    show = await liveShow(obs, yaml)
    const { orchestrator, lines, state, clockAt } = show
    await clockAt(at)
    orchestrator.start()
    await state('the end', ({ mode }) => mode === 'finished', 18_000)
    return lines
  }
})

function scheduleFrom(second: number): string {
  const timeOfDay = (seconds: number) => new Date(second + seconds * 1000).toISOString().slice(11, 19)
  return `version: 1
timezone: UTC
transition: Cut
filler: Standby
cues:
  - scene: One
    duration: 3200ms
    actions: [{ hide: { scene: Two, item: Two colour }, after: 200ms, for: 300ms }, { text: Nobody, value: Hello }]
  - { scene: Two, duration: 1s }
  - { scene: Two, duration: 1s }
  - { scene: One, duration: 1s }
  - { id: late, scene: Three, at: "${timeOfDay(8)}", duration: 2s }
  - { scene: One, duration: 10s }
  - { scene: Two, duration: 1s }
  - { id: last, scene: Three, at: "${timeOfDay(12)}", duration: 1200ms }
recurring:
  - { every: 3s, scene: Ident, duration: 500ms }
`
}

function simulated(yaml: string, at: number): readonly AsRunLine[] {
  const { schedule, problems } = readSchedule(yaml, { file: 'show.yaml' })
  if (schedule === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  const lines: AsRunLine[] = []
  simulateShow(schedule, { at, length: 60_000, startedBy: 'command', onLine: (line) => lines.push(line) })
  return lines
}

const rows = (lines: readonly AsRunLine[]) =>
  lines.map(({ cue, scene, cause, outcome, plannedAt }) => [
    cue,
    scene,
    cause,
    outcome,
    plannedAt - (lines[0]?.plannedAt ?? 0),
  ])
