import { isMap } from '../values/fields.ts'
import type { Obs, Requests } from './obs.ts'
import { type Fields, Status } from './protocol.ts'
import { found, need, Refusal, requestFields } from './requestFields.ts'
import { generalRequests } from './requests/general.ts'
import { inputRequests } from './requests/inputs.ts'
import { outputRequests } from './requests/outputs.ts'
import { sceneRequests } from './requests/scenes.ts'
import { transitionRequests } from './requests/transitions.ts'

export type Answer = { readonly requestStatus: Fields & { readonly result: boolean }; readonly responseData?: Fields }

/** Every request that the simulated OBS knows, by name. */
export function allRequests(obs: Obs): Requests {
  const all: Requests = {
    ...generalRequests(obs, () => all),
    ...sceneRequests(obs),
    ...inputRequests(obs),
    ...transitionRequests(obs),
    ...outputRequests(obs),
  }
  return all
}

/** Carries out one request. */
export const answerTo = (requests: Requests, requestType: string, requestData: unknown): Answer =>
  answered(() => {
    need(requestType !== '', Status.missingRequestType, "Your request's `requestType` may not be empty.")
    const request = Object.hasOwn(requests, requestType) ? requests[requestType] : undefined
    const known = found(request, Status.unknownRequestType, 'Your request type is not valid.')
    return known(requestFields(requestData))
  })

/** The answer with what `carryOut` returns. A refusal is an answer too. */
export function answered(carryOut: () => unknown): Answer {
  try {
    const responseData = carryOut()
    const requestStatus = { result: true, code: Status.success }
    return isMap(responseData) ? { requestStatus, responseData } : { requestStatus }
  } catch (error) {
    if (error instanceof Refusal) return refused(error.code, error.comment)
    throw error
  }
}

export function refused(code: number, comment?: string): Answer {
  return { requestStatus: { result: false, code, ...(comment === undefined ? {} : { comment }) } }
}

export const notReady: Answer = refused(Status.notReady, 'OBS is not ready to perform the request.')
