import {
  type OBSEventTypes,
  type OBSRequestTypes,
  type OBSResponseTypes,
  OBSWebSocket,
  OBSWebSocketError,
  type RequestBatchOptions,
  type RequestBatchRequest,
  type ResponseMessage,
} from 'obs-websocket-js/json'
import { WebSocket } from 'ws'
import type { Clock, Millis } from '../../time/clock.ts'
import type { Address } from './address.ts'
import { within } from './deadline.ts'
import { closeCode, ObsError, status } from './obsError.ts'

/** One socket to one OBS, logged in. Once closed it stays closed: open another. */
export type Connection = {
  /** Rejects with an ObsError, also if OBS doesn't answer in time or the socket closes meanwhile. */
  call<T extends keyof OBSRequestTypes>(type: T, fields?: OBSRequestTypes[T]): Promise<OBSResponseTypes[T]>
  /** `limit`: how long the batch may take, including its sleeps. */
  batch(requests: RequestBatchRequest[], options: RequestBatchOptions, limit: Millis): Promise<ResponseMessage[]>
  on<E extends keyof OBSEventTypes>(event: E, hear: (fields: OBSEventTypes[E]) => void): void
  /** Called once when the socket is gone, unless `close` was called before. */
  onClosed(hear: (error: ObsError) => void): void
  /** Says goodbye, and hangs up after a second without an answer. */
  close(): Promise<void>
}

export type ConnectionOptions = Address & {
  readonly clock: Clock
  /** For the connect, and for each request. */
  readonly limit?: Millis
}

const DEFAULT_LIMIT = 5000
const GOODBYE_LIMIT = 1000

/** What the adapter listens to: General, Config, Scenes, Inputs, Transitions, Outputs, SceneItems, MediaInputs and Ui. */
const EVENTS = 1 | 2 | 4 | 8 | 16 | 64 | 128 | 256 | 1024

/** Connects and logs in. Rejects with an ObsError: `unreachable`, `wrongPassword`, `incompatible`, `kicked` or `timeout`. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { url, password, clock, limit = DEFAULT_LIMIT } = options
  const socket = new OBSWebSocket()
  try {
    const late = () =>
      new ObsError(
        'timeout',
        `${url} takes connections but did not greet us within ${limit} ms; does something else listen there?`,
      )
    await within(clock, limit, socket.connect(url, password ?? undefined, { eventSubscriptions: EVENTS }), late)
  } catch (thrown) {
    terminate(socket)
    throw connectError(thrown, options)
  }
  return overSocket(socket, options)
}

function overSocket(socket: OBSWebSocket, { url, clock, limit = DEFAULT_LIMIT }: ConnectionOptions): Connection {
  let gone: ObsError | null = null
  const waiting = new Set<(error: ObsError) => void>()
  const farewells = new Set<(error: ObsError) => void>()

  const end = (error: ObsError, isOurs: boolean) => {
    if (gone) return
    gone = error
    for (const reject of waiting) reject(error)
    if (!isOurs) for (const hear of farewells) hear(error)
  }
  socket.on('ConnectionClosed', ({ code, message }) => end(closeError(code, message, url), false))

  /** The library leaves requests pending forever when the socket closes, so they are rejected here. */
  const answered = <T>(what: string, longest: Millis, ask: () => Promise<T>): Promise<T> => {
    if (gone) return Promise.reject(gone)
    const late = () => new ObsError('timeout', `OBS has not answered ${what} within ${longest} ms`)
    return new Promise((resolve, reject) => {
      waiting.add(reject)
      within(clock, longest, ask(), late)
        .then(resolve, (thrown: unknown) => reject(requestError(what, thrown)))
        .finally(() => waiting.delete(reject))
    })
  }

  return {
    call: (type, fields) => answered(type, limit, () => socket.call(type, fields)),
    batch: (requests, batchOptions, longest) =>
      answered('a batch', longest, () => socket.callBatch(requests, batchOptions)),
    on: (event, hear) => {
      // The library types this with overloads, which don't accept a generic name.
      const hearWhileOpen = (fields: Parameters<typeof hear>[0]) => {
        if (!gone) hear(fields)
      }
      Reflect.apply(socket.on, socket, [event, hearWhileOpen])
    },
    onClosed: (hear) => {
      farewells.add(hear)
    },
    close: async () => {
      end(new ObsError('closed', `the connection to ${url} was closed`), true)
      const late = () => new ObsError('timeout', 'OBS did not say goodbye')
      await within(clock, GOODBYE_LIMIT, socket.disconnect(), late).catch(() => terminate(socket))
    },
  }
}

/** The library can't leave a silent peer: its polite close waits half a minute for an answer. */
function terminate(socket: OBSWebSocket): void {
  const inner: unknown = Reflect.get(socket, 'socket')
  if (inner instanceof WebSocket) inner.terminate()
}

function connectError(thrown: unknown, { url, password }: Address): ObsError {
  if (thrown instanceof ObsError) return thrown
  const { code, message } = codeAndMessage(thrown)
  if (code === closeCode.wrongPassword) {
    const what = password === null ? 'OBS asks for a password and none was given' : 'OBS refuses the password'
    return new ObsError(
      'wrongPassword',
      `${what} (${url}); find it in OBS under Tools, WebSocket Server Settings`,
      code,
    )
  }
  if (code !== null && code >= 4000) return closeError(code, message, url)
  const detail = message === '' ? 'no connection' : message
  const what = `no OBS at ${url} (${detail}); start OBS and switch on its server under Tools, WebSocket Server Settings`
  return new ObsError('unreachable', what, code)
}

function closeError(code: number, said: string, url: string): ObsError {
  if (code === closeCode.unsupportedVersion || code === closeCode.unsupportedFeature) {
    const what = `the OBS at ${url} speaks another obs-websocket than version 5 (${said}); update OBS`
    return new ObsError('incompatible', what, code)
  }
  if (code === closeCode.kicked) {
    const what = `OBS at ${url} has thrown us out: somebody ended our session in its WebSocket Server Settings`
    return new ObsError('kicked', what, code)
  }
  const detail = said === '' ? code : `${code}, ${said}`
  return new ObsError('closed', `the connection to OBS at ${url} broke off (${detail})`, code)
}

function requestError(what: string, thrown: unknown): ObsError {
  if (thrown instanceof ObsError) return thrown
  const { code, message } = codeAndMessage(thrown)
  if (code === null) return new ObsError('closed', message)
  const words = message === '' ? `code ${code}` : message
  return new ObsError(code === status.notReady ? 'notReady' : 'refused', `OBS refused ${what}: ${words}`, code)
}

function codeAndMessage(thrown: unknown): { readonly code: number | null; readonly message: string } {
  if (thrown instanceof OBSWebSocketError) return { code: thrown.code, message: thrown.message ?? '' }
  return { code: null, message: thrown instanceof Error ? thrown.message : String(thrown) }
}
