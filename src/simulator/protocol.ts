/** The numbers of the obs-websocket 5 protocol, by their names in its documentation. */

export type Fields = Readonly<Record<string, unknown>>

export const Op = {
  hello: 0,
  identify: 1,
  identified: 2,
  reidentify: 3,
  event: 5,
  request: 6,
  requestResponse: 7,
  requestBatch: 8,
  requestBatchResponse: 9,
} as const

export const CloseCode = {
  messageDecodeError: 4002,
  missingDataField: 4003,
  invalidDataFieldType: 4004,
  invalidDataFieldValue: 4005,
  unknownOpCode: 4006,
  notIdentified: 4007,
  alreadyIdentified: 4008,
  authenticationFailed: 4009,
  unsupportedRpcVersion: 4010,
  unsupportedFeature: 4012,
} as const

export const Status = {
  success: 100,
  missingRequestType: 203,
  unknownRequestType: 204,
  unsupportedExecutionType: 206,
  notReady: 207,
  missingRequestField: 300,
  missingRequestData: 301,
  invalidRequestField: 400,
  invalidRequestFieldType: 401,
  requestFieldOutOfRange: 402,
  requestFieldEmpty: 403,
  outputRunning: 500,
  outputNotRunning: 501,
  outputPaused: 502,
  outputNotPaused: 503,
  studioModeNotActive: 506,
  resourceNotFound: 600,
  resourceAlreadyExists: 601,
  invalidResourceType: 602,
  notEnoughResources: 603,
  invalidResourceState: 604,
  invalidInputKind: 605,
} as const

export const ExecutionType = { serialRealtime: 0, serialFrame: 1, parallel: 2 } as const

/** What a client gets by default: everything except events of high volume. */
export const defaultSubscriptions: number = 0x7ff

/** The subscriptions, each with the events that belong to it. The first match counts; all others are general. */
const intents: readonly (readonly [intent: number, events: RegExp])[] = [
  [1 << 1, /SceneCollection/],
  [1 << 4, /Transition/],
  [1 << 17, /^InputActiveState/],
  [1 << 3, /^Input/],
  [1 << 6, /^(Stream|Record|ReplayBuffer|Virtualcam)/],
  [1 << 7, /^SceneItem/],
  [1 << 8, /^MediaInput/],
  [1 << 10, /^StudioMode/],
  [1 << 2, /Scene/],
]

/** The subscription that an event belongs to. */
export function intentOf(eventType: string): number {
  return intents.find(([, events]) => events.test(eventType))?.[0] ?? 1
}

export function isUnsigned(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
