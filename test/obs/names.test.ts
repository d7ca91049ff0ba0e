import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { liveShow } from '../support/liveShow.ts'
import { memoryStage } from './memoryStage.ts'

describe('a scene that is renamed in OBS', () => {
  it('stays on air under its new name, and is taken under whichever name it has at the time', async () => {
    const { clock, obs, want, change, set, told, confirmations, close } = await memoryStage()
    want('B')
    await clock.pass(1000)
    obs.happen({ kind: 'rename', scene: 'B', to: 'Interview' })
    expect(told.slice(-2)).toMatchObject([
      { type: 'sceneRenamed', from: 'B', to: 'Interview' },
      { type: 'scenes', scenes: ['A', 'Interview', 'C'] },
    ])
    change('Interview', {})
    await clock.pass(1000)
    want('Interview')
    await clock.pass(1000)
    obs.happen({ kind: 'rename', scene: 'Interview', to: 'B' })
    want('B')
    await clock.pass(1000)
    want('A')
    await clock.pass(1000)
    want('B')
    await clock.pass(1000)
    expect(set()).toEqual(['B', 'A', 'B'])
    expect(confirmations().map((report) => report.type === 'confirmed' && report.already)).toEqual([
      ...[false, true, true, false, false],
    ])
    expect(told.filter(({ type }) => type === 'seen' || type === 'failed')).toEqual([])
    await close()
  })
})

describe('the simulator', () => {
  it('is named as the simulator in the log and in the snapshot', async () => {
    const { said, close } = await memoryStage()
    await close()
    expect(said).toContain('connected to OBS 30.2.3-simulator')
    const simulator = await startSimulator({ clock: systemClock(), scenes: ['A'] })
    const show = await liveShow({ url: simulator.url, password: '' }, 'version: 1\ncues: [{ scene: A, duration: 1m }]')
    expect(show.orchestrator.currentState().link.obs).toMatchObject({
      version: '30.2.3-simulator',
      platform: 'simulator',
    })
    await show.close()
    await simulator.close()
  })
})
