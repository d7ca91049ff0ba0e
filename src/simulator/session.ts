import { createHash, randomBytes } from 'node:crypto'
import { isMap } from '../values/fields.ts'
import type { Answer } from './answer.ts'
import { type Batch, type Perform, runBatch } from './batch.ts'
import type { Obs } from './obs.ts'
import { CloseCode, defaultSubscriptions, ExecutionType, type Fields, intentOf, isUnsigned, Op } from './protocol.ts'
import { found, need, Refusal } from './requestFields.ts'
import { obsWebSocketVersion } from './requests/general.ts'

export type Session = ReturnType<typeof openSession>

export type SessionWires = {
  readonly obs: Obs
  readonly password: string | null
  send(frame: { readonly op: number; readonly d: Fields }): void
  close(code: number, reason: string): void
  perform(requestType: string, requestData: unknown, reply: (answer: Answer) => void, inBatch: boolean): void
}

/** The conversation with one client. Sends Hello at once. Until the client has identified itself, it may send nothing but Identify. */
export function openSession(wires: SessionWires) {
  const challenge = wires.password === null ? null : { challenge: nonce(), salt: nonce() }
  let identified = false
  let subscriptions = defaultSubscriptions

  const identify = (d: Fields) => {
    const { authentication, rpcVersion } = d
    need(!identified, CloseCode.alreadyIdentified, 'You are already Identified with the obs-websocket server.')
    if (wires.password !== null && challenge) {
      const missing = "Your payload's data is missing an `authentication` string, however authentication is required."
      const isRight = authentication === responseTo(challenge, wires.password)
      need(authentication !== undefined, CloseCode.authenticationFailed, missing)
      need(isRight, CloseCode.authenticationFailed, 'Authentication failed.')
    }
    need(rpcVersion !== undefined, CloseCode.missingDataField, "Your payload's data is missing an `rpcVersion`.")
    need(isUnsigned(rpcVersion), CloseCode.invalidDataFieldType, 'Your `rpcVersion` is not an unsigned number.')
    const unsupported = 'Your requested RPC version is not supported by this server.'
    need(rpcVersion === 1, CloseCode.unsupportedRpcVersion, unsupported)
    reidentify(d)
    identified = true
  }

  const reidentify = ({ eventSubscriptions = subscriptions }: Fields) => {
    const comment = 'Your `eventSubscriptions` is not an unsigned number.'
    need(isUnsigned(eventSubscriptions), CloseCode.invalidDataFieldType, comment)
    subscriptions = eventSubscriptions
    wires.send({ op: Op.identified, d: { negotiatedRpcVersion: 1 } })
  }

  const request = (d: Fields) => {
    const requestId = requireId(d)
    const { requestType } = d
    need(requestType !== undefined, CloseCode.missingDataField, "Your payload's data is missing an `requestType`.")
    need(typeof requestType === 'string', CloseCode.invalidDataFieldType, 'Your `requestType` is not a string.')
    const reply = (answer: Answer) => wires.send({ op: Op.requestResponse, d: { requestType, requestId, ...answer } })
    wires.perform(requestType, d['requestData'], reply, false)
  }

  const batch = (d: Fields) => {
    const requestId = requireId(d)
    const perform: Perform = (type, data, reply) => wires.perform(type, data, reply, true)
    const done = (results: readonly Fields[]) => wires.send({ op: Op.requestBatchResponse, d: { requestId, results } })
    runBatch(wires.obs, readBatch(d), perform, done)
  }

  const hear: Readonly<Record<number, (d: Fields) => void>> = {
    [Op.identify]: identify,
    [Op.reidentify]: reidentify,
    [Op.request]: request,
    [Op.requestBatch]: batch,
  }

  const authentication = challenge && { authentication: challenge }
  wires.send({ op: Op.hello, d: { obsWebSocketVersion, rpcVersion: 1, ...authentication } })

  return {
    receive: (text: string, isBinary: boolean): void => {
      try {
        const { op, d } = readFrame(text, isBinary, identified)
        const comment = 'You attempted to send a non-Identify message while not identified.'
        need(identified || op === Op.identify, CloseCode.notIdentified, comment)
        found(hear[op], CloseCode.unknownOpCode, `Unknown OpCode: ${op}`)(d)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        wires.close(error.code, error.message)
      }
    },
    tell: (eventType: string, eventData: Fields | undefined): void => {
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

function readFrame(text: string, isBinary: boolean, identified: boolean): { op: number; d: Fields } {
  const { messageDecodeError, unsupportedRpcVersion, unknownOpCode, missingDataField, invalidDataFieldType } = CloseCode
  need(!isBinary, messageDecodeError, 'Your session encoding is set to Json, but a binary message was received.')
  const frame = parsed(text)
  need(frame !== undefined, messageDecodeError, 'Unable to decode Json.')
  need(isMap(frame), messageDecodeError, 'You sent a non-object payload.')
  const { op, d } = frame
  need(
    identified || frame['request-type'] === undefined,
    unsupportedRpcVersion,
    'You appear to be attempting to connect with the pre-5.0.0 plugin protocol. Check to make sure your client is updated.',
  )
  need(op !== undefined, unknownOpCode, 'Your request is missing an `op`.')
  need(typeof op === 'number', unknownOpCode, 'Your `op` is not a number.')
  need(d !== undefined && d !== null, missingDataField, 'Your payload is missing data (`d`).')
  need(isMap(d), invalidDataFieldType, "Your payload's data (`d`) is not an object.")
  return { op, d }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function requireId({ requestId }: Fields): unknown {
  need(requestId !== undefined, CloseCode.missingDataField, 'Your payload data is missing a `requestId`.')
  return requestId
}

function readBatch(d: Fields): Batch {
  const { missingDataField, invalidDataFieldType, invalidDataFieldValue, unsupportedFeature } = CloseCode
  const { variables = null, requests } = d
  const executionType = d['executionType'] ?? 0
  const haltOnFailure = d['haltOnFailure'] ?? false
  need(isUnsigned(executionType), invalidDataFieldType, 'Your `executionType` is not a number.')
  need(executionType <= 2, invalidDataFieldValue, 'Your `executionType` has an invalid value.')
  const isParallel = executionType === ExecutionType.parallel
  need(variables === null || !isParallel, unsupportedFeature, 'Variables are not supported in Parallel mode.')
  need(typeof haltOnFailure === 'boolean', invalidDataFieldType, 'Your `haltOnFailure` is not a boolean.')
  need(requests !== undefined, missingDataField, 'Your payload data is missing a `requests`.')
  need(Array.isArray(requests), invalidDataFieldType, 'Your `requests` is not an array.')
  return { executionType, haltOnFailure, variables, requests }
}
