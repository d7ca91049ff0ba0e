import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openConnection } from '../../src/obs/connection.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { freePort } from '../support/freePort.ts'
import { startProxy } from './proxy.ts'

const clock = systemClock()
const cleanUp: (() => unknown)[] = []

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

async function simulate(): Promise<Simulator> {
  const simulator = await startSimulator({ clock, password: 'right', scenes: ['A', 'B'] })
  cleanUp.push(() => simulator.close())
  return simulator
}

async function open(url: string, password: string | null = 'right', limit = 300) {
  const connection = await openConnection({ url, password, clock, limit })
  cleanUp.push(() => connection.close())
  return connection
}

async function silentServer(): Promise<{ url: string; server: Server }> {
  const port = await freePort()
  const server = createServer((socket) => socket.on('error', () => undefined).resume())
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `ws://127.0.0.1:${port}`, server }
}

describe('a connection to OBS', () => {
  it('says where OBS was looked for when nobody is there', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`
    await expect(open(url)).rejects.toMatchObject({ reason: 'unreachable', message: expect.stringContaining(url) })
  })

  it('gives up on a server that takes the connection and stays silent, and hangs up', async () => {
    const { url, server } = await silentServer()
    await expect(open(url)).rejects.toMatchObject({ reason: 'timeout' })
    // Resolves only once no connection is left.
    await new Promise((resolve) => server.close(resolve))
  })

  it('gives up on an OBS that opens the socket and does not greet', async () => {
    const simulator = await simulate()
    simulator.silence()
    await expect(open(simulator.url)).rejects.toMatchObject({ reason: 'timeout' })
  })

  it('tells a wrong password from one that is missing', async () => {
    const { url } = await simulate()
    await expect(open(url, 'wrong')).rejects.toMatchObject({ reason: 'wrongPassword', code: 4009 })
    await expect(open(url, null)).rejects.toThrow('asks for a password and none was given')
  })

  it('gives each request a deadline', async () => {
    const simulator = await simulate()
    const connection = await open(simulator.url)
    simulator.hang('GetVersion')
    await expect(connection.call('GetVersion')).rejects.toMatchObject({ reason: 'timeout' })
    await expect(connection.call('GetStats')).resolves.toBeDefined()
  })

  it('rejects the requests that are pending when it breaks off, and says so once', async () => {
    const simulator = await simulate()
    const connection = await open(simulator.url, 'right', 60_000)
    const farewells: string[] = []
    connection.onClosed(({ reason }) => farewells.push(reason))
    simulator.hang('GetVersion')
    const pending = connection.call('GetVersion')
    simulator.killConnections()
    await expect(pending).rejects.toMatchObject({ reason: 'closed' })
    await expect(connection.call('GetStats')).rejects.toMatchObject({ reason: 'closed' })
    expect(farewells).toEqual(['closed'])
  })

  it('tells what OBS refused, with its code', async () => {
    const { url } = await simulate()
    const connection = await open(url)
    await expect(connection.call('SetCurrentProgramScene', { sceneName: 'Nope' })).rejects.toMatchObject({
      reason: 'refused',
      code: 600,
    })
  })

  it('closes within its limit also when the other side no longer answers', async () => {
    const simulator = await simulate()
    const proxy = await startProxy(simulator.url)
    cleanUp.push(() => proxy.close())
    const connection = await open(proxy.url)
    proxy.freeze()
    const begun = clock.now()
    await connection.close()
    expect(clock.now() - begun).toBeLessThan(2000)
    await expect(connection.call('GetStats')).rejects.toMatchObject({ reason: 'closed' })
  })
})
