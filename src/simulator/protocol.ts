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
  goingAway: 1001,
  messageDecodeError: 4002,
  missingDataField: 4003,
  invalidDataFieldType: 4004,
  invalidDataFieldValue: 4005,
  unknownOpCode: 4006,
  notIdentified: 4007,
  alreadyIdentified: 4008,
  authenticationFailed: 4009,
  unsupportedRpcVersion: 4010,
  sessionInvalidated: 4011,
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

const Intent = {
  general: 1,
  config: 1 << 1,
  scenes: 1 << 2,
  inputs: 1 << 3,
  transitions: 1 << 4,
  outputs: 1 << 6,
  sceneItems: 1 << 7,
  mediaInputs: 1 << 8,
  ui: 1 << 10,
  inputActiveStateChanged: 1 << 17,
} as const

/** What a client gets by default: everything except events of high volume. */
export const defaultSubscriptions: number = 0x7ff

const intents: Readonly<Record<string, number>> = {
  ExitStarted: Intent.general,
  CustomEvent: Intent.general,
  CurrentSceneCollectionChanging: Intent.config,
  CurrentSceneCollectionChanged: Intent.config,
  SceneCollectionListChanged: Intent.config,
  SceneCreated: Intent.scenes,
  SceneRemoved: Intent.scenes,
  SceneNameChanged: Intent.scenes,
  SceneListChanged: Intent.scenes,
  CurrentProgramSceneChanged: Intent.scenes,
  CurrentPreviewSceneChanged: Intent.scenes,
  InputCreated: Intent.inputs,
  InputRemoved: Intent.inputs,
  InputMuteStateChanged: Intent.inputs,
  InputSettingsChanged: Intent.inputs,
  InputActiveStateChanged: Intent.inputActiveStateChanged,
  CurrentSceneTransitionChanged: Intent.transitions,
  CurrentSceneTransitionDurationChanged: Intent.transitions,
  SceneTransitionStarted: Intent.transitions,
  SceneTransitionEnded: Intent.transitions,
  SceneTransitionVideoEnded: Intent.transitions,
  StreamStateChanged: Intent.outputs,
  RecordStateChanged: Intent.outputs,
  ReplayBufferStateChanged: Intent.outputs,
  ReplayBufferSaved: Intent.outputs,
  VirtualcamStateChanged: Intent.outputs,
  SceneItemCreated: Intent.sceneItems,
  SceneItemRemoved: Intent.sceneItems,
  SceneItemEnableStateChanged: Intent.sceneItems,
  MediaInputPlaybackStarted: Intent.mediaInputs,
  MediaInputPlaybackEnded: Intent.mediaInputs,
  MediaInputActionTriggered: Intent.mediaInputs,
  StudioModeStateChanged: Intent.ui,
}

/** The subscription that an event belongs to. */
export function intentOf(eventType: string): number {
  return intents[eventType] ?? Intent.general
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isUnsigned(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
