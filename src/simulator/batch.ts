import { isMap } from '../values/fields.ts'
import { type Answer, answered } from './answer.ts'
import type { Obs } from './obs.ts'
import { ExecutionType, type Fields } from './protocol.ts'
import { requestFields } from './requestFields.ts'

export type Batch = {
  readonly executionType: number
  readonly haltOnFailure: boolean
  readonly variables: unknown
  readonly requests: readonly unknown[]
}

/** Carries out one request of a batch. The answer may come later, or never. */
export type Perform = (requestType: string, requestData: unknown, answer: (answer: Answer) => void) => void

type Done = (results: readonly Fields[]) => void

/** Runs a batch to its end or, if it is to halt, to the first failure. Then `done` gets the results in order. */
export function runBatch(obs: Obs, batch: Batch, perform: Perform, done: Done): void {
  const { executionType } = batch
  const requests = batch.requests.map((request) => (isMap(request) ? request : {}))
  if (requests.length === 0) done([])
  else if (executionType === ExecutionType.parallel) runParallel(requests, perform, done)
  else if (executionType === ExecutionType.serialRealtime) runSerial(obs, batch, requests, perform, done)
  else obs.atFrame(0, () => runSerial(obs, batch, requests, perform, done))
}

function runSerial(obs: Obs, batch: Batch, requests: readonly Fields[], perform: Perform, done: Done): void {
  const variables: Record<string, unknown> = isMap(batch.variables) ? { ...batch.variables } : {}
  const results: Fields[] = []
  const step = (index: number): void => {
    const request = requests[index]
    if (!request) {
      done(results)
      return
    }
    const requestType = typeOf(request)
    const requestData = withInputs(request, variables)
    const goOn = (answer: Answer) => {
      keepOutputs(request, answer, variables)
      results.push(resultOf(request, answer))
      if (batch.haltOnFailure && !answer.requestStatus.result) done(results)
      else step(index + 1)
    }
    if (requestType === 'Sleep') sleep(obs, batch.executionType, requestData, index === requests.length - 1, goOn)
    else perform(requestType, requestData, goOn)
  }
  step(0)
}

function runParallel(requests: readonly Fields[], perform: Perform, done: Done): void {
  const results: Fields[] = []
  for (const request of requests) {
    perform(typeOf(request), request['requestData'], (answer) => {
      results.push(resultOf(request, answer))
      if (results.length === requests.length) done(results)
    })
  }
}

/** Like OBS, a batch by frames doesn't wait for a sleep that is its last request. */
function sleep(obs: Obs, executionType: number, data: unknown, last: boolean, goOn: (answer: Answer) => void): void {
  const byFrames = executionType === ExecutionType.serialFrame
  let length = 0
  const answer = answered(() => {
    const [field, longest] = byFrames ? (['sleepFrames', 10000] as const) : (['sleepMillis', 50000] as const)
    length = Math.floor(requestFields(data).number(field, 0, longest))
  })
  if (!answer.requestStatus.result || (byFrames && last)) goOn(answer)
  else if (byFrames) waitFrames(obs, length, () => goOn(answer))
  else obs.after(length, () => goOn(answer))
}

function waitFrames(obs: Obs, frames: number, fn: () => void): void {
  if (frames === 0) fn()
  else obs.atFrame(0, () => waitFrames(obs, frames - 1, fn))
}

/** `{ sceneName: 'scene' }` reads the variable `scene` into the field `sceneName`. */
function withInputs(request: Fields, variables: Fields): unknown {
  const requestData = request['requestData']
  const inputs = Object.entries(isMap(request['inputVariables']) ? request['inputVariables'] : {})
  const read = inputs.flatMap(([field, variable]) =>
    typeof variable === 'string' && Object.hasOwn(variables, variable) ? [[field, variables[variable]]] : [],
  )
  if (inputs.length === 0 || Object.keys(variables).length === 0) return requestData
  const filled = { ...(isMap(requestData) ? requestData : {}), ...Object.fromEntries(read) }
  // An empty object counts as no request data.
  return Object.keys(filled).length > 0 ? filled : undefined
}

/** `{ scene: 'slotValue' }` stores the field `slotValue` of the answer in the variable `scene`. */
function keepOutputs(request: Fields, { responseData }: Answer, variables: Record<string, unknown>): void {
  if (!isMap(request['outputVariables']) || !responseData) return
  for (const [variable, field] of Object.entries(request['outputVariables'])) {
    if (typeof field === 'string' && Object.hasOwn(responseData, field)) variables[variable] = responseData[field]
  }
}

function resultOf(request: Fields, answer: Answer): Fields {
  const requestId = request['requestId']
  return { requestType: typeOf(request), ...(requestId != null && { requestId }), ...answer }
}

const typeOf = (request: Fields): string => (typeof request['requestType'] === 'string' ? request['requestType'] : '')
