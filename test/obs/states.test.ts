import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { until } from '../support/until.ts'

const bugs = ['One', 'Two', 'Three', 'Four'].map((item) => ({ scene: 'BRB', item }))

describe('the states of a schedule', () => {
  let simulator: Simulator
  let show: LiveShow

  beforeEach(async () => {
    simulator = await startSimulator({
      clock: systemClock(),
      password: 'testpass',
      scenes: ['A', 'B', 'BRB'],
      inputs: [{ name: 'Mic', kind: 'pulse_input_capture' }],
      items: bugs,
    })
  })
  afterEach(async () => {
    await show.close()
    await simulator.close()
  })

  const load = async (yaml: string) => {
    show = await liveShow({ url: simulator.url, password: 'testpass' }, `version: 1\ntransition: Cut\n${yaml}`)
    return show
  }
  const confirmed = (scene: string) => show.state(`${scene} on air`, ({ program }) => program.confirmed === scene)
  const requests = (type: string) =>
    simulator.requests.filter(({ requestType }) => requestType === type).map(({ requestData }) => requestData)
  const mutes = () => requests('SetInputMute')
  const items = () => requests('SetSceneItemEnabled')
  const muted = (isMuted: boolean) => ({ inputName: 'Mic', inputMuted: isMuted })

  it('set by a force outside a show are undone once by its release', async () => {
    const hides = bugs.map(({ item }) => `{ hide: ${item} }`).join(', ')
    const { orchestrator } = await load(
      `scenes: { BRB: { actions: [{ mute: Mic }, ${hides}] } }\ncues: [{ scene: A, duration: 1m }]`,
    )
    orchestrator.forceScene('BRB')
    await confirmed('BRB')
    orchestrator.release()
    await confirmed('A')
    await until('all to be undone', () => items().length === 2 * bugs.length)
    expect(mutes()).toEqual([muted(true), muted(false)])
    expect(items().slice(bugs.length)).toMatchObject(bugs.map(() => ({ sceneItemEnabled: true })))
    expect(orchestrator.currentState().program.wanted).toBeNull()
  })

  it('stay as they are when the show is stopped', async () => {
    const { orchestrator, clockAt } = await load('cues: [{ scene: A, duration: 1m, actions: [{ mute: Mic }] }]')
    orchestrator.start()
    await confirmed('A')
    await until('the microphone to be muted', () => mutes().length === 1)
    orchestrator.stop()
    await clockAt(orchestrator.now() + 200)
    expect(mutes()).toEqual([muted(true)])
  })

  it('that OBS refused are tried again with the next take, and their problem ends once they are set', async () => {
    const { orchestrator, state } = await load(`
cues:
  - { scene: A, duration: 1m, actions: [{ mute: Guest Mic }] }
  - { scene: B, duration: 1m, actions: [{ mute: Guest Mic }] }
`)
    orchestrator.start()
    await state('the problem', ({ problems }) => problems.some(({ code }) => code === 'unknownInput'))
    simulator.furnish({ scenes: [], inputs: [{ name: 'Guest Mic', kind: 'pulse_input_capture' }] })
    orchestrator.next()
    await state('no problem', ({ problems }) => problems.length === 0)
    expect(mutes().at(-1)).toEqual({ inputName: 'Guest Mic', inputMuted: true })
  })
})
