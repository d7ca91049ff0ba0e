import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { until } from '../support/until.ts'
import { type Stage, stageOn } from './stage.ts'

describe('an OBS that does not do at once what it is asked', () => {
  let simulator: Simulator
  let stage: Stage

  beforeEach(async () => {
    simulator = await startSimulator({ clock: systemClock(), password: 'testpass', scenes: ['A', 'B', 'C'] })
    const { url, goDown, restart, close } = simulator
    stage = await stageOn({ url, password: 'testpass', kill: goDown, restart, close })
    await stage.hear('link', { phase: 'up' })
  })
  afterEach(async () => {
    await stage.close()
    await simulator.close()
  })

  const selected = () =>
    simulator.requests
      .filter(({ requestType }) => requestType === 'SetCurrentSceneTransition')
      .map(({ requestData }) => Reflect.get(Object(requestData), 'transitionName'))
  const confirmed = (takeId: number) => stage.hear('confirmed', { takeId })
  const fade = { transition: { name: 'Fade', duration: 20_000 } }
  const cut = { transition: { name: 'Cut', duration: null } }

  it('is asked once more for a transition that was selected while another ran, as OBS 32 keeps the old one', async () => {
    await confirmed(stage.want('B', fade))
    const transitionRuns = async () => (await stage.operator('GetCurrentSceneTransitionCursor')).transitionCursor < 1
    await until('the fade to run', transitionRuns)
    await confirmed(stage.want('C', cut))
    await until('no transition to run', async () => !(await transitionRuns()))
    await confirmed(stage.want('A', cut))
    await confirmed(stage.want('B', cut))
    expect(selected()).toEqual(['Cut', 'Cut'])
  })

  it('is asked again when it was not ready, as while it loads a scene collection', async () => {
    simulator.notReady()
    const done = stage.adapter.perform([{ id: 1, cue: null, act: { kind: 'startRecord' } }])
    const asked = () => simulator.requests.filter(({ requestType }) => requestType === 'StartRecord')
    await until('OBS to have been asked twice', () => asked().length > 1)
    simulator.notReady(false)
    await done
    await stage.hear('recording', { phase: 'recording' })
    expect(stage.since().filter(({ type }) => type === 'problems')).toEqual([])
  })
})
