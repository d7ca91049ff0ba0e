import { createHash, randomBytes } from 'node:crypto'
import type { Answer } from './answer.ts'
import type { Batch } from './batch.ts'
import { CloseCode, defaultSubscriptions, type Fields, intentOf, isObject, isUnsigned, Op } from './protocol.ts'
import { obsWebSocketVersion } from './requests/general.ts'

/** The conversation with one client. */
export type Session = {
  receive(text: string, isBinary: boolean): void
  tell(eventType: string, eventData: Fields | undefined): void
}

export type SessionWires = {
  readonly password: string | null
  send(frame: { readonly op: number; readonly d: Fields }): void
  close(code: number, reason: string): void
  request(requestType: string, requestData: unknown, answer: (answer: Answer) => void): void
  batch(batch: Batch, done: (results: readonly Fields[]) => void): void
}

/** Sends Hello at once. Until the client has identified itself, it may send nothing but Identify. */
export function openSession(wires: SessionWires): Session {
  const challenge = wires.password === null ? null : { challenge: nonce(), salt: nonce() }
  let identified = false
  let subscriptions = defaultSubscriptions

  const identify = (d: Fields) => {
    if (identified)
      throw wrong(CloseCode.alreadyIdentified, 'You are already Identified with the obs-websocket server.')
    if (wires.password !== null && challenge) checkPassword(d, responseTo(challenge, wires.password))
    checkRpcVersion(d)
    reidentify(d)
    identified = true
  }

  const reidentify = ({ eventSubscriptions = subscriptions }: Fields) => {
    if (!isUnsigned(eventSubscriptions)) throw wrongType('Your `eventSubscriptions` is not an unsigned number.')
    subscriptions = eventSubscriptions
    wires.send({ op: Op.identified, d: { negotiatedRpcVersion: 1 } })
  }

  const request = (d: Fields) => {
    const requestId = requireId(d)
    const { requestType } = d
    if (requestType === undefined) throw missing("Your payload's data is missing an `requestType`.")
    if (typeof requestType !== 'string') throw wrongType('Your `requestType` is not a string.')
    wires.request(requestType, d['requestData'], (answer) =>
      wires.send({ op: Op.requestResponse, d: { requestType, requestId, ...answer } }),
    )
  }

  const batch = (d: Fields) => {
    const requestId = requireId(d)
    wires.batch(readBatch(d), (results) => wires.send({ op: Op.requestBatchResponse, d: { requestId, results } }))
  }

  const hear: Readonly<Record<number, (d: Fields) => void>> = {
    [Op.identify]: identify,
    [Op.reidentify]: reidentify,
    [Op.request]: request,
    [Op.requestBatch]: batch,
  }

  const authentication = challenge ? { authentication: challenge } : {}
  wires.send({ op: Op.hello, d: { obsWebSocketVersion, rpcVersion: 1, ...authentication } })

  return {
    receive: (text, isBinary) => {
      try {
        const { op, d } = readFrame(text, isBinary, identified)
        const known = hear[op]
        if (!identified && op !== Op.identify) {
          throw wrong(CloseCode.notIdentified, 'You attempted to send a non-Identify message while not identified.')
        }
        if (!known) throw wrong(CloseCode.unknownOpCode, `Unknown OpCode: ${op}`)
        known(d)
      } catch (error) {
        if (!(error instanceof Violation)) throw error
        wires.close(error.code, error.message)
      }
    },
    tell: (eventType, eventData) => {
      const eventIntent = intentOf(eventType)
      if (!identified || (subscriptions & eventIntent) === 0) return
      wires.send({ op: Op.event, d: { eventType, eventIntent, ...(eventData ? { eventData } : {}) } })
    },
  }
}

type Challenge = { readonly challenge: string; readonly salt: string }

const nonce = () => randomBytes(32).toString('base64')

/** The answer of a client that knows the password (obs-websocket protocol, Creating an authentication string). */
export function responseTo({ challenge, salt }: Challenge, password: string): string {
  return sha256(sha256(password + salt) + challenge)
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

/** The client broke the protocol, which ends the connection. */
class Violation extends Error {
  readonly code: number
  constructor(code: number, reason: string) {
    super(reason)
    this.code = code
  }
}

const wrong = (code: number, reason: string) => new Violation(code, reason)
const missing = (reason: string) => wrong(CloseCode.missingDataField, reason)
const wrongType = (reason: string) => wrong(CloseCode.invalidDataFieldType, reason)

function readFrame(text: string, isBinary: boolean, identified: boolean): { op: number; d: Fields } {
  const undecodable = (reason: string) => wrong(CloseCode.messageDecodeError, reason)
  if (isBinary) throw undecodable('Your session encoding is set to Json, but a binary message was received.')
  const frame = parsed(text)
  if (frame === undefined) throw undecodable('Unable to decode Json.')
  if (!isObject(frame)) throw undecodable('You sent a non-object payload.')
  const { op, d } = frame
  if (!identified && frame['request-type'] !== undefined) {
    throw wrong(
      CloseCode.unsupportedRpcVersion,
      'You appear to be attempting to connect with the pre-5.0.0 plugin protocol. Check to make sure your client is updated.',
    )
  }
  if (op === undefined) throw wrong(CloseCode.unknownOpCode, 'Your request is missing an `op`.')
  if (typeof op !== 'number') throw wrong(CloseCode.unknownOpCode, 'Your `op` is not a number.')
  if (d === undefined || d === null) throw missing('Your payload is missing data (`d`).')
  if (!isObject(d)) throw wrongType("Your payload's data (`d`) is not an object.")
  return { op, d }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function checkPassword({ authentication }: Fields, expected: string): void {
  const failed = (reason: string) => wrong(CloseCode.authenticationFailed, reason)
  if (authentication === undefined) {
    throw failed("Your payload's data is missing an `authentication` string, however authentication is required.")
  }
  if (authentication !== expected) throw failed('Authentication failed.')
}

function checkRpcVersion({ rpcVersion }: Fields): void {
  if (rpcVersion === undefined) throw missing("Your payload's data is missing an `rpcVersion`.")
  if (!isUnsigned(rpcVersion)) throw wrongType('Your `rpcVersion` is not an unsigned number.')
  if (rpcVersion !== 1) {
    throw wrong(CloseCode.unsupportedRpcVersion, 'Your requested RPC version is not supported by this server.')
  }
}

function requireId(d: Fields): unknown {
  if (d['requestId'] === undefined) throw missing('Your payload data is missing a `requestId`.')
  return d['requestId']
}

function readBatch(d: Fields): Batch {
  const { variables = null, requests } = d
  const executionType = d['executionType'] ?? 0
  const haltOnFailure = d['haltOnFailure'] ?? false
  if (!isUnsigned(executionType)) throw wrongType('Your `executionType` is not a number.')
  if (executionType > 2) throw wrong(CloseCode.invalidDataFieldValue, 'Your `executionType` has an invalid value.')
  if (variables !== null && executionType === 2) {
    throw wrong(CloseCode.unsupportedFeature, 'Variables are not supported in Parallel mode.')
  }
  if (typeof haltOnFailure !== 'boolean') throw wrongType('Your `haltOnFailure` is not a boolean.')
  if (requests === undefined) throw missing('Your payload data is missing a `requests`.')
  if (!Array.isArray(requests)) throw wrongType('Your `requests` is not an array.')
  return { executionType, haltOnFailure, variables, requests }
}
