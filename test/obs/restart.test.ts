import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../../src/schedule/model/schedule.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { until } from '../support/until.ts'
import { type Stage, stageOn } from './stage.ts'

describe('an OBS that is restarted in mid-show', () => {
  let simulator: Simulator
  let stage: Stage

  beforeEach(async () => {
    simulator = await startSimulator({
      clock: systemClock(),
      password: 'testpass',
      scenes: ['A', 'B'],
      inputs: [{ name: 'Mic', kind: 'pulse_input_capture' }],
    })
    const { url, goDown, restart, close } = simulator
    stage = await stageOn({ url, password: 'testpass', kill: goDown, restart, close })
    await stage.hear('link', { phase: 'up' })
  })
  afterEach(async () => {
    await stage.close()
    await simulator.close()
  })

  const requests = (type: string) => simulator.requests.filter(({ requestType }) => requestType === type)
  const mutes = () => requests('SetInputMute')
  const muted: State = { kind: 'mute', input: 'Mic', muted: true }

  it('is sent its states once more, even if nothing else has changed', async () => {
    const takeId = stage.want('A', { states: [muted] })
    await stage.hear('confirmed', { takeId })
    expect(mutes()).toHaveLength(1)
    await until('a heartbeat, which counts frames', () => requests('GetStats').length > 1)
    await simulator.restart()
    await until('the microphone to be muted again', () => mutes().length === 2)
  })

  it('is not sent them again if only the connection broke off', async () => {
    const takeId = stage.want('A', { states: [muted] })
    await stage.hear('confirmed', { takeId })
    stage.mark()
    stage.proxy.drop()
    await stage.hear('link', { phase: 'up' })
    await stage.hear('confirmed', { takeId: stage.want('B', { states: [muted] }) })
    expect(mutes()).toHaveLength(1)
  })
})
