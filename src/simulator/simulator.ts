import { once } from 'node:events'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock, Instant } from '../time/clock.ts'
import { allRequests, answerTo, notReady } from './answer.ts'
import { createFaults } from './faults.ts'
import { createObs } from './obs.ts'
import { loseServer, recoverServer, setStreamPhase, startStream, stopStream } from './outputs.ts'
import type { Fields } from './protocol.ts'
import { furnish, type Scenery, setScenes, switchProgram } from './scenery.ts'
import { openSession, type Session, type SessionWires } from './session.ts'
import { newCollection, newTransition, newWorld, type StreamPhase, unplayed, type World } from './world.ts'

export type SimulatorOptions = Scenery & {
  /** Default: 0, which is any free port. */
  readonly port?: number
  readonly host?: string
  /** Without a password, or with an empty one, anybody may connect. */
  readonly password?: string
  /** Default: the first scene. */
  readonly program?: string
  /** Besides Cut and Fade. */
  readonly transitions?: readonly string[]
  readonly clock: Clock
}

export type Simulator = Awaited<ReturnType<typeof startSimulator>>

/** A limit, because a simulator may run for weeks. */
const requestsKept = 10_000

/** Starts an obs-websocket 5 server without OBS. Rejects if the port is taken. */
export async function startSimulator(options: SimulatorOptions) {
  const { clock, host = '127.0.0.1', transitions = [] } = options
  const password = options.password || null
  const faults = createFaults()
  const requests: { at: Instant; requestType: string; requestData: unknown; inBatch: boolean }[] = []
  const sessions = new Map<WebSocket, Session>()
  const emit = (eventType: string, eventData?: Fields) => {
    if (faults.state.silent || faults.state.notReady) return
    for (const session of sessions.values()) session.tell(eventType, eventData)
  }

  const names = new Set(['Cut', 'Fade', ...transitions])
  const collection = newCollection('Untitled', options.scenes, [...names].map(newTransition))
  let obs = createObs(clock, newWorld([collection], collection, clock.now()), emit)
  let known = allRequests(obs)
  furnish(obs, options)
  beginOn(options.program)

  function beginOn(name: string | undefined): void {
    const { world } = obs
    const first = world.collection.scenes.find((scene) => scene.name === name) ?? world.collection.scenes[0]
    if (!first) return
    world.collection.program = first
    world.onAir = first
  }

  const perform: SessionWires['perform'] = (requestType, requestData, reply, inBatch) => {
    requests.push({ at: clock.now(), requestType, requestData, inBatch })
    if (requests.length > requestsKept) requests.shift()
    const { hanging, refusals, delays } = faults.state
    if (hanging.has(requestType)) return
    const carryOut = () => {
      if (faults.state.notReady) reply(notReady)
      else reply(refusals.get(requestType) ?? answerTo(known, requestType, requestData))
    }
    const delay = delays.get(requestType) ?? 0
    if (delay > 0) obs.after(delay, carryOut)
    else carryOut()
  }

  const welcome = (socket: WebSocket) => {
    const session = openSession({
      obs,
      password,
      send: (frame) => {
        if (!faults.state.silent) socket.send(JSON.stringify(frame), () => {})
      },
      close: (code, reason) => socket.close(code, reason),
      perform,
    })
    sessions.set(socket, session)
    socket.on('message', (message, isBinary) => {
      if (!faults.state.silent) session.receive(message.toString(), isBinary)
    })
    socket.on('close', () => sessions.delete(socket))
    // A client that breaks off is not an error of the server; `close` follows.
    socket.on('error', () => {})
  }

  let server: WebSocketServer | null = await listen(host, options.port ?? 0, welcome)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  const goDown = async (how: 'crash' | 'exit' = 'crash'): Promise<void> => {
    if (how === 'exit') {
      emit('ExitStarted')
      for (const socket of sessions.keys()) socket.close(1001, 'Server stopping.')
    }
    obs.end()
    for (const socket of sessions.keys()) socket.terminate()
    sessions.clear()
    const ending = server
    server = null
    if (ending !== null) await new Promise((resolve) => ending.close(resolve))
  }

  return {
    ...faults.switches,
    url: `ws://${host}:${port}`,
    port,
    password,
    /** The last 10 000 requests that came in, oldest first. `inBatch`: it was part of a batch. */
    requests,
    /** The scene that the frames show, whatever OBS reports. */
    onAir: () => obs.world.onAir.name,
    furnish: (scenery: Scenery) => furnish(obs, scenery),
    /** Adds and removes scenes until there are exactly these. */
    setScenes: (scenes: readonly string[]) => setScenes(obs, scenes),
    /** As if the operator had clicked the scene in OBS. */
    switchProgram: (scene: string) => switchProgram(obs, scene),
    stream: {
      start: () => startStream(obs),
      stop: () => stopStream(obs),
      /** The server goes away, and a live stream reconnects until it is back. */
      lose: () => loseServer(obs),
      recover: () => recoverServer(obs),
      phase: () => obs.world.stream.phase,
    },
    setStream: (phase: StreamPhase) => {
      if (phase !== obs.world.stream.phase) setStreamPhase(obs, phase)
    },
    connections: () => sessions.size,
    killConnections: () => {
      for (const socket of sessions.keys()) socket.terminate()
    },
    /** Ends the process. Nothing listens until `restart`. `exit` is a clean end, which clients are told about. */
    goDown,
    /**
     * Starts a new process on the same port: frames count from 0, outputs are off, `program` (default: the first scene)
     * is on, and the transition is Fade.
     */
    restart: async ({
      program,
      how = 'crash',
    }: {
      readonly program?: string
      readonly how?: 'crash' | 'exit'
    } = {}) => {
      await goDown(how)
      obs = createObs(clock, restarted(obs.world, clock.now()), emit)
      known = allRequests(obs)
      beginOn(program)
      server = await listen(host, port, welcome)
    },
    close: () => goDown('crash'),
  }
}

/** The world of a new process: collections and persistent data are kept, and everything else begins anew. */
function restarted(world: World, startedAt: Instant): World {
  const { collection, collections, persistent } = world
  for (const { media } of collection.inputs) if (media) Object.assign(media, unplayed)
  collection.transition = collection.transitions.find(({ name }) => name === 'Fade') ?? collection.transition
  return { ...newWorld(collections, collection, startedAt), persistent }
}

/** Listens for clients. Port 0 is any free port. */
async function listen(host: string, port: number, welcome: (socket: WebSocket) => void): Promise<WebSocketServer> {
  const handleProtocols = (offered: Set<string>) => offered.has('obswebsocket.json') && 'obswebsocket.json'
  const server = new WebSocketServer({ host, port, handleProtocols })
  server.on('connection', welcome)
  await once(server, 'listening')
  return server
}
