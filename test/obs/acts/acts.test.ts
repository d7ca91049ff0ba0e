import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DueAct } from '../../../src/playout/effect.ts'
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts'
import { systemClock } from '../../../src/time/systemClock.ts'
import { type Stage, stageOn } from '../stage.ts'

describe('an act that comes with a take', () => {
  let simulator: Simulator
  let stage: Stage

  beforeEach(async () => {
    simulator = await startSimulator({ clock: systemClock(), password: 'testpass', scenes: ['A', 'B'] })
    const { url, goDown, restart, close } = simulator
    stage = await stageOn({ url, password: 'testpass', kill: goDown, restart, close })
    await stage.hear('link', { phase: 'up' })
    await stage.hear('confirmed', { takeId: stage.want('A') })
  })
  afterEach(async () => {
    await stage.close()
    await simulator.close()
  })

  const startRecord: DueAct = { id: 1, cue: 'b', act: { kind: 'startRecord' } }
  const arrivalOf = (type: string) =>
    simulator.requests.find(({ requestType }) => requestType === type)?.at ?? Number.NaN

  it('is performed once OBS has the scene, so that no recording begins with the scene before', async () => {
    simulator.delay('SetCurrentProgramScene', 150)
    stage.want('B', { transition: { name: 'Fade', duration: 300 } })
    await stage.adapter.perform([startRecord])
    expect(simulator.requests.at(-1)?.requestType).toBe('StartRecord')
    expect(arrivalOf('StartRecord') - arrivalOf('SetCurrentProgramScene')).toBeGreaterThanOrEqual(150)
  })

  it('is performed at once if the scene is already on', async () => {
    stage.change('A', {})
    await stage.adapter.perform([startRecord])
    expect(simulator.requests.at(-1)?.requestType).toBe('StartRecord')
  })

  it("is performed even if OBS refuses the scene or doesn't answer", async () => {
    stage.want('Nowhere')
    await stage.adapter.perform([startRecord])
    await stage.hear('recording', { phase: 'recording' })
    simulator.hang('SetCurrentProgramScene')
    stage.want('B')
    await stage.adapter.perform([{ ...startRecord, id: 2, act: { kind: 'stopRecord' } }])
    await stage.hear('recording', { phase: 'off' })
  })
})
