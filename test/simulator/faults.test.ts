import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { closingOf } from '../contract/client.ts'
import { until } from '../support/until.ts'
import { stations, typesOf } from './station.ts'

const station = stations()

describe('a fault of the simulator', () => {
  it('silence: a new client is accepted, but hears nothing until it ends', async () => {
    const { simulator, client } = await station()
    simulator.silence()
    const socket = new WebSocket(simulator.url, 'obswebsocket.json')
    let heard = 0
    socket.on('message', () => {
      heard += 1
    })
    await new Promise((resolve) => socket.once('open', resolve))
    // This would end the connection with 4002 if it were read. The pong comes from WebSocket itself.
    socket.send('not JSON')
    socket.ping()
    await new Promise((resolve) => socket.once('pong', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.close(1000)
    expect(await closed).toBe(1000)
    expect(heard).toBe(0)
    simulator.silence(false)
    expect(await (await client()).ask('GetStudioModeEnabled')).toEqual({ studioModeEnabled: false })
  })

  it('silence: clients that are connected hear nothing either', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.silence()
    simulator.switchProgram('Green')
    simulator.silence(false)
    await me.ask('GetStats')
    expect(me.events).toEqual([])
  })

  it('a hanging request is logged, but neither carried out nor answered', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.hang('SetCurrentProgramScene')
    const answer = me.call('SetCurrentProgramScene', { sceneName: 'Green' })
    expect(await me.ask('GetCurrentProgramScene')).toMatchObject({ sceneName: 'Red' })
    expect(await Promise.race([answer, Promise.resolve('unanswered')])).toBe('unanswered')
    expect(simulator.requests.map(({ requestType }) => requestType)).toEqual([
      'SetCurrentProgramScene',
      'GetCurrentProgramScene',
    ])
  })

  it('a refused request gets the given status until the fault ends', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.refuse('StartStream', { code: 702, comment: 'Not today.' })
    expect((await me.call('StartStream')).requestStatus).toEqual({ result: false, code: 702, comment: 'Not today.' })
    expect(simulator.stream.phase()).toBe('offline')
    simulator.refuse('StartStream', null)
    expect((await me.call('StartStream')).requestStatus.code).toBe(100)
  })

  it('a delayed request is carried out and answered that much later', async () => {
    const { simulator, clock, client } = await station()
    const me = await client()
    simulator.delay('SetCurrentProgramScene', 400)
    const answer = me.call('SetCurrentProgramScene', { sceneName: 'Green' })
    await me.ask('GetVersion')
    clock.advance(399)
    expect(simulator.onAir()).toBe('Red')
    clock.advance(1)
    expect(simulator.onAir()).toBe('Green')
    expect((await answer).requestStatus.code).toBe(100)
  })

  it('not ready: everything is answered with 207', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.notReady()
    expect((await me.call('GetSceneList')).requestStatus).toMatchObject({ code: 207 })
    simulator.notReady(false)
    expect((await me.call('GetSceneList')).requestStatus).toMatchObject({ code: 100 })
  })

  it('all connections can be cut at once', async () => {
    const { simulator, client } = await station()
    await client()
    await client()
    expect(simulator.connections()).toBe(2)
    simulator.killConnections()
    await until('both to be gone', () => simulator.connections() === 0)
    await (await client()).ask('GetVersion')
  })

  it('without a password, anybody may connect', async () => {
    const { simulator, client } = await station({ password: '' })
    expect(simulator.password).toBeNull()
    const me = await client()
    expect(me.hello).not.toHaveProperty('authentication')
  })

  it('a taken port is an error that says so', async () => {
    const { simulator } = await station()
    const second = startSimulator({ scenes: ['Red'], port: simulator.port, clock: manualClock() })
    await expect(second).rejects.toThrow(/EADDRINUSE/)
  })
})

describe('a restart of the simulator', () => {
  it('keeps the port and persistent data; frames count from 0, outputs are off, the first scene is on with Fade', async () => {
    const { simulator, clock, client } = await station()
    const before = await client()
    const slot = { realm: 'OBS_WEBSOCKET_DATA_REALM_GLOBAL', slotName: 'a' }
    await before.ask('SetPersistentData', { ...slot, slotValue: 'kept' })
    await before.ask('SetCurrentSceneTransition', { transitionName: 'Cut' })
    await before.ask('CreateScene', { sceneName: 'Guest' })
    simulator.switchProgram('Blue')
    simulator.setStream('live')
    clock.advance(5000)
    await simulator.restart()
    const after = await client()
    expect(await after.ask('GetStats')).toMatchObject({ renderTotalFrames: 0 })
    expect(await after.ask('GetStreamStatus')).toMatchObject({ outputActive: false })
    expect(await after.ask('GetCurrentSceneTransition')).toMatchObject({ transitionName: 'Fade' })
    expect(await after.ask('GetPersistentData', slot)).toEqual({ slotValue: 'kept' })
    const { currentProgramSceneName, scenes } = await after.ask('GetSceneList')
    expect(currentProgramSceneName).toBe('Red')
    expect(scenes).toHaveLength(4)
  })

  it('may begin on another scene, and tells clients of a clean end', async () => {
    const { simulator, client } = await station()
    const before = await client()
    await simulator.restart({ program: 'Blue', how: 'exit' })
    await before.event('ExitStarted')
    expect(await (await client()).ask('GetCurrentProgramScene')).toMatchObject({ sceneName: 'Blue' })
  })

  it('has a time in between when nothing listens', async () => {
    const { simulator } = await station()
    await simulator.goDown()
    await expect(closingOf({ url: simulator.url, password: '' }, [])).rejects.toThrow(/ECONNREFUSED/)
  })

  it('cancels what the old process still had to do', async () => {
    const { simulator, clock, client } = await station()
    simulator.switchProgram('Green')
    await simulator.restart()
    const me = await client()
    clock.advance(1000)
    await me.ask('GetVersion')
    expect(typesOf(me)).toEqual([])
    expect(simulator.onAir()).toBe('Red')
  })
})
