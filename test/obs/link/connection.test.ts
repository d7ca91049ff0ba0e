import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { openConnection } from '../../../src/obs/link/connection.ts'
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts'
import { type ManualClock, manualClock } from '../../../src/time/manualClock.ts'
import { systemClock } from '../../../src/time/systemClock.ts'
import { freePort } from '../../support/freePort.ts'
import { until } from '../../support/until.ts'
import { startProxy } from '../proxy.ts'

/** Stands still, so that no limit is reached unless a test steps it, however busy the machine is. */
let clock: ManualClock
const cleanUp: (() => unknown)[] = []

beforeEach(() => {
  clock = manualClock(0)
})
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

async function simulate(): Promise<Simulator> {
  const simulator = await startSimulator({ clock: systemClock(), password: 'right', scenes: ['A', 'B'] })
  cleanUp.push(() => simulator.close())
  return simulator
}

async function open(url: string, password: string | null = 'right') {
  const connection = await openConnection({ url, password, clock })
  cleanUp.push(() => connection.close())
  return connection
}

async function otherServer(greet: (socket: Socket) => unknown): Promise<{ url: string; server: Server }> {
  const port = await freePort()
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume()
    greet(socket)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `ws://127.0.0.1:${port}`, server }
}

const silentServer = () => otherServer(() => {})

/** Speaks as a test likes, in the subprotocol of obs-websocket. */
async function webSocketServer(greet: (socket: WebSocket) => void) {
  const port = await freePort()
  const server = new WebSocketServer({ port, host: '127.0.0.1' })
  server.on('connection', greet)
  await once(server, 'listening')
  cleanUp.push(() => server.close())
  return { url: `ws://127.0.0.1:${port}`, sockets: server.clients }
}

/** For the connect, and for each request. */
const LIMIT = 5000

const HELLO = JSON.stringify({ op: 0, d: { obsWebSocketVersion: '5.1.0', rpcVersion: 1 } })
const IDENTIFIED = JSON.stringify({ op: 2, d: { negotiatedRpcVersion: 1 } })

describe('a connection to OBS', () => {
  it('says where it looked for OBS if nobody is there', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`
    await expect(open(url)).rejects.toMatchObject({ reason: 'unreachable', message: expect.stringContaining(url) })
  })

  it('gives up on a server that accepts the connection and stays silent, and hangs up', async () => {
    const { url, server } = await silentServer()
    const accepted = once(server, 'connection')
    const opening = open(url)
    await accepted
    clock.advance(LIMIT)
    await expect(opening).rejects.toMatchObject({ reason: 'timeout' })
    // Resolves only once no connection is left.
    await new Promise((resolve) => server.close(resolve))
  })

  it("gives up on an OBS that opens the socket and doesn't greet", async () => {
    const simulator = await simulate()
    simulator.silence()
    const opening = open(simulator.url)
    await until('the socket to be open', () => simulator.connections() === 1)
    clock.advance(LIMIT)
    await expect(opening).rejects.toMatchObject({ reason: 'timeout' })
  })

  it('tells a wrong password from one that is missing', async () => {
    const { url } = await simulate()
    await expect(open(url, 'wrong')).rejects.toMatchObject({ reason: 'wrongPassword', code: 4009 })
    await expect(open(url, null)).rejects.toThrow('asks for a password and none was given')
  })

  it.each([
    ['an HTTP server', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', '404'],
    ['a server of another kind', 'SSH-2.0-OpenSSH_9.2\r\n', 'no OBS at'],
  ])('says that there is no OBS if %s listens', async (_, greeting, said) => {
    const { url, server } = await otherServer((socket) => socket.write(greeting))
    await expect(open(url)).rejects.toMatchObject({ reason: 'unreachable', message: expect.stringContaining(said) })
    await new Promise((resolve) => server.close(resolve))
  })

  it.each([
    ['text', 'Welcome!'],
    ['something in JSON', '{"hello":"world"}'],
  ])('gives up on a WebSocket server that greets with %s', async (_, greeting) => {
    let isRead = false
    const { url } = await webSocketServer((socket) => {
      socket.send(greeting)
      socket.ping()
      socket.on('pong', () => {
        isRead = true
      })
    })
    const opening = open(url)
    await until('the greeting to be read', () => isRead)
    clock.advance(LIMIT)
    await expect(opening).rejects.toMatchObject({
      reason: 'timeout',
      message: expect.stringContaining('does something else listen there?'),
    })
  })

  it.each([
    [4010, 'incompatible'],
    [4012, 'incompatible'],
    [4011, 'kicked'],
    [1001, 'unreachable'],
  ])('that is ended with %i in the handshake is %s', async (code, reason) => {
    const { url } = await webSocketServer((socket) => {
      socket.send(HELLO)
      socket.on('message', () => socket.close(code, 'said OBS'))
    })
    await expect(open(url)).rejects.toMatchObject({ reason, code })
  })

  it('says that it was thrown out if somebody ends its session in OBS', async () => {
    const { url, sockets } = await webSocketServer((socket) => {
      socket.send(HELLO)
      socket.on('message', () => socket.send(IDENTIFIED))
    })
    const connection = await open(url, null)
    const farewell = new Promise((resolve) => connection.onClosed(resolve))
    for (const socket of sockets) socket.close(4011, 'Your session has been invalidated.')
    expect(await farewell).toMatchObject({ reason: 'kicked', code: 4011 })
  })

  it('needs no password if OBS asks for none, and may give one', async () => {
    const simulator = await startSimulator({ clock: systemClock(), scenes: ['A'] })
    cleanUp.push(() => simulator.close())
    for (const password of [null, 'needless'])
      await expect((await open(simulator.url, password)).call('GetStats')).resolves.toBeDefined()
  })

  it('gives each request a deadline', async () => {
    const simulator = await simulate()
    const connection = await open(simulator.url)
    simulator.hang('GetVersion')
    const answer = connection.call('GetVersion')
    clock.advance(LIMIT)
    await expect(answer).rejects.toMatchObject({ reason: 'timeout' })
    await expect(connection.call('GetStats')).resolves.toBeDefined()
  })

  it('rejects pending requests when it breaks off, and says so once', async () => {
    const simulator = await simulate()
    const connection = await open(simulator.url)
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

  it('closes within its limit even if the other side no longer answers', async () => {
    const simulator = await simulate()
    const proxy = await startProxy(simulator.url)
    cleanUp.push(() => proxy.close())
    const connection = await open(proxy.url)
    proxy.freeze()
    const closed = connection.close()
    clock.advance(1000)
    await closed
    await expect(connection.call('GetStats')).rejects.toMatchObject({ reason: 'closed' })
  })
})
