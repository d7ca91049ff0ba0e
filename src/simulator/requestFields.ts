import { isMap } from '../values/fields.ts'
import { type Fields, Status } from './protocol.ts'

export type RequestFields = ReturnType<typeof requestFields>

/** The fields of one request. They are read and refused as OBS does. */
export function requestFields(requestData: unknown) {
  const fields = isMap(requestData) ? requestData : null

  const given = (name: string) => fields !== null && fields[name] !== undefined
  const has = (name: string) => given(name) && fields?.[name] !== null

  const value = (name: string): unknown => {
    if (!fields) throw new Refusal(Status.missingRequestData, 'Your request data is missing or invalid (non-object)')
    if (!has(name)) throw new Refusal(Status.missingRequestField, `Your request is missing the \`${name}\` field.`)
    return fields[name]
  }

  return {
    has,
    given,
    value,
    string: (name: string): string => {
      const text = value(name)
      if (typeof text !== 'string') throw wrongType(name, 'a string')
      need(text !== '', Status.requestFieldEmpty, `${fieldValue(name)} must not be empty.`)
      return text
    },
    number: (name: string, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): number => {
      const number = value(name)
      if (typeof number !== 'number') throw wrongType(name, 'a number')
      if (number < min) throw outOfRange(name, `below the minimum of \`${min.toFixed(6)}\``)
      if (number > max) throw outOfRange(name, `above the maximum of \`${max.toFixed(6)}\``)
      return number
    },
    boolean: (name: string): boolean => {
      const flag = value(name)
      if (typeof flag !== 'boolean') throw wrongType(name, 'boolean')
      return flag
    },
    object: (name: string): Fields => {
      const object = value(name)
      if (!isMap(object)) throw wrongType(name, 'an object')
      return object
    },
  }
}

const fieldValue = (name: string) => `The field value of \`${name}\``
const wrongType = (name: string, type: string) =>
  new Refusal(Status.invalidRequestFieldType, `${fieldValue(name)} must be ${type}.`)
const outOfRange = (name: string, how: string) =>
  new Refusal(Status.requestFieldOutOfRange, `${fieldValue(name)} is ${how}`)

/** What OBS refuses: a request, answered with this status, or a message against the protocol, which ends the connection with this code. */
export class Refusal extends Error {
  readonly code: number
  readonly comment: string | undefined
  constructor(code: number, comment?: string) {
    super(comment ?? `The request is refused with status ${code}.`)
    this.code = code
    this.comment = comment
  }
}

/** Refuses the request or the message unless the condition holds. */
export function need(holds: boolean, code: number, comment?: string): asserts holds {
  if (!holds) throw new Refusal(code, comment)
}

/** Refuses it if there is nothing to return. */
export function found<T>(value: T | null | undefined, code: number, comment?: string): T {
  if (value === null || value === undefined) throw new Refusal(code, comment)
  return value
}
