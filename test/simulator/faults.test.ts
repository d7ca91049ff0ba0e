import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { closingOf } from '../contract/client.ts'
import { until } from '../support/until.ts'
import { stations, typesOf } from './station.ts'

const station = stations()

describe('faults that the simulator can be given', () => {
  it('a silent one accepts a client and says nothing, until it speaks again', async () => {
    const { simulator, client } = await station()
    simulator.silence()
    const socket = new WebSocket(simulator.url, 'obswebsocket.json')
    let heard = 0
    socket.on('message', () => {
      heard += 1
    })
    await new Promise((resolve) => socket.once('open', resolve))
    // Would end the connection with 4002, were it heard; the pong comes from below the protocol.
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

  it('a silent one falls silent for clients that are there already', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.silence()
    simulator.switchProgram('Green')
    simulator.silence(false)
    await me.ask('GetStats')
    expect(me.events).toEqual([])
  })

  it('a request that hangs is logged, and neither carried out nor answered', async () => {
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

  it('a request that is to be refused gets that status, and then none again', async () => {
    const { simulator, client } = await station()
    const me = await client()
    simulator.refuse('StartStream', { code: 702, comment: 'Not today.' })
    expect((await me.call('StartStream')).requestStatus).toEqual({ result: false, code: 702, comment: 'Not today.' })
    expect(simulator.stream.phase()).toBe('offline')
    simulator.refuse('StartStream', null)
    expect((await me.call('StartStream')).requestStatus.code).toBe(100)
  })

  it('a request that is delayed is carried out and answered that much later', async () => {
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

  it('one that is not ready answers everything with 207', async () => {
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

  it('without a password anybody is let in', async () => {
    const { simulator, client } = await station({ password: '' })
    expect(simulator.password).toBeNull()
    const me = await client()
    expect(me.hello).not.toHaveProperty('authentication')
  })

  it('a port that is taken is an error that says so', async () => {
    const { simulator } = await station()
    const second = startSimulator({ scenes: ['Red'], port: simulator.port, clock: manualClock() })
    await expect(second).rejects.toThrow(/EADDRINUSE/)
  })
})

describe('a restart of the simulator', () => {
  it('is a new process on the old port: frames from 0, outputs off, the first scene on with Fade, persistent data kept', async () => {
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

  it('comes back on the scene that is asked for, and tells clients of a clean end', async () => {
    const { simulator, client } = await station()
    const before = await client()
    await simulator.restart({ program: 'Blue', how: 'exit' })
    await before.event('ExitStarted')
    expect(await (await client()).ask('GetCurrentProgramScene')).toMatchObject({ sceneName: 'Blue' })
  })

  it('nothing listens while it is down', async () => {
    const { simulator } = await station()
    await simulator.goDown()
    await expect(closingOf({ url: simulator.url, password: '' }, [])).rejects.toThrow(/ECONNREFUSED/)
  })

  it('forgets what the old process had still to do', async () => {
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
