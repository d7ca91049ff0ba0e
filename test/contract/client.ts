import WebSocket from 'ws'
import { responseTo } from '../../src/simulator/session.ts'
import { withDeadline } from '../support/deadline.ts'
import { until } from '../support/until.ts'

export type Fields = Readonly<Record<string, unknown>>
export type Event = { readonly eventType: string; readonly eventIntent: number; readonly eventData: Fields }
export type Answer = {
  readonly requestStatus: { readonly result: boolean; readonly code: number; readonly comment?: string }
  readonly responseData?: Fields
}
export type Frame = { readonly op: number; readonly d: Fields }

/** A client that speaks the plain protocol, without a library in between. */
export type Client = {
  readonly hello: Fields
  /** Since the last `forget`, in order of arrival. */
  readonly events: readonly Event[]
  forget(): void
  send(frame: Frame): void
  call(requestType: string, requestData?: Fields): Promise<Answer>
  /** The answer to the request. Throws if it is refused. */
  ask(requestType: string, requestData?: Fields): Promise<Fields>
  batch(batch: Fields & { readonly requests: readonly Fields[] }): Promise<readonly Answer[]>
  /** The first such event that has come or will come. */
  event(eventType: string, fields?: Fields, deadline?: number): Promise<Fields>
  /** Sends something that breaks the protocol. Resolves with how the server ends the session. */
  breach(frame: Frame): Promise<{ readonly code: number }>
  close(): Promise<void>
}

export type Door = { readonly url: string; readonly password: string }

export async function connect({ url, password }: Door, eventSubscriptions?: number): Promise<Client> {
  const socket = new WebSocket(url, 'obswebsocket.json')
  const frames: Frame[] = []
  const events: Event[] = []
  const answers = new Map<unknown, (d: Fields) => void>()
  let asked = 0
  socket.on('message', (message) => {
    const frame: Frame = JSON.parse(message.toString())
    frames.push(frame)
    const { op, d } = frame
    if (op === 5)
      events.push({
        eventType: String(d['eventType']),
        eventIntent: Number(d['eventIntent']),
        eventData: fieldsOf(d['eventData']),
      })
    else answers.get(d['requestId'])?.(d)
  })

  const send = (frame: Frame) => socket.send(JSON.stringify(frame))
  const answered = (op: number, d: Fields): Promise<Fields> => {
    asked += 1
    const requestId = `request ${asked}`
    const answer = new Promise<Fields>((resolve) => answers.set(requestId, resolve))
    send({ op, d: { requestId, ...d } })
    return withDeadline(`the answer to ${d['requestType'] ?? 'a batch'}`, answer)
  }

  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const hello = await until('a hello', () => frames.find(({ op }) => op === 0)?.d)
  const challenge = fieldsOf(hello['authentication'])
  const authentication = responseTo(
    { challenge: String(challenge['challenge']), salt: String(challenge['salt']) },
    password,
  )
  send({
    op: 1,
    d: { rpcVersion: 1, authentication, ...(eventSubscriptions === undefined ? {} : { eventSubscriptions }) },
  })
  await until('to be identified', () => frames.some(({ op }) => op === 2))

  const call = async (requestType: string, requestData?: Fields): Promise<Answer> => {
    const d = await answered(6, { requestType, ...(requestData ? { requestData } : {}) })
    return answerOf(d)
  }

  return {
    hello,
    events,
    send,
    call,
    forget: () => events.splice(0),
    ask: async (requestType, requestData) => {
      const { requestStatus, responseData = {} } = await call(requestType, requestData)
      if (requestStatus.result) return responseData
      throw new Error(`${requestType} was refused with ${requestStatus.code} ${requestStatus.comment ?? ''}`)
    },
    batch: async (batch) => {
      const { results } = await answered(8, batch)
      return Array.isArray(results) ? results.map((result) => answerOf(fieldsOf(result))) : []
    },
    event: (eventType, fields = {}, deadline) =>
      until(
        `the event ${eventType}`,
        () => events.find((event) => event.eventType === eventType && holds(event.eventData, fields))?.eventData,
        deadline,
      ),
    breach: (frame) =>
      new Promise((resolve) => {
        socket.once('close', (code) => resolve({ code }))
        send(frame)
      }),
    close: () =>
      new Promise((resolve) => {
        // A server that died has closed it already.
        if (socket.readyState === WebSocket.CLOSED) return resolve()
        socket.once('close', () => resolve())
        socket.close()
      }),
  }
}

/** Lets some frames pass: OBS reports some things late, and releases a scene a frame or two after leaving it. */
export async function someFrames(client: Client): Promise<void> {
  const sleep = { requestType: 'Sleep', requestData: { sleepFrames: 4 } }
  await client.batch({ executionType: 1, requests: [sleep, { requestType: 'GetVersion' }] })
}

/** In the order of OBS, bottom to top. */
export async function sceneNames(client: Client): Promise<unknown[]> {
  const { scenes } = await client.ask('GetSceneList')
  return listed(scenes).map(({ sceneName }) => sceneName)
}

export const listed = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])

/** Sends these frames one after the other after the hello. Resolves with the code and reason with which the server closes. */
export function closingOf(
  { url }: Door,
  frames: readonly (string | Buffer)[],
): Promise<{ readonly code: number; readonly reason: string }> {
  const socket = new WebSocket(url, 'obswebsocket.json')
  const left = [...frames]
  return new Promise((resolve, reject) => {
    socket.on('message', () => {
      const next = left.shift()
      if (next !== undefined) socket.send(next)
    })
    socket.once('error', reject)
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function answerOf(d: Fields): Answer {
  const { result, code, comment } = fieldsOf(d['requestStatus'])
  return {
    requestStatus: {
      result: result === true,
      code: Number(code),
      ...(typeof comment === 'string' ? { comment } : {}),
    },
    ...(d['responseData'] === undefined ? {} : { responseData: fieldsOf(d['responseData']) }),
  }
}

const holds = (data: Fields, fields: Fields) => Object.entries(fields).every(([name, value]) => data[name] === value)
