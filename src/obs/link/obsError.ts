export type ObsErrorReason =
  /** Nobody answers at the address, or something that doesn't speak obs-websocket. */
  | 'unreachable'
  | 'wrongPassword'
  /** OBS speaks another version of the protocol. */
  | 'incompatible'
  /** OBS, or somebody in OBS, threw us out. */
  | 'kicked'
  /** No answer within the deadline. */
  | 'timeout'
  | 'closed'
  /** OBS is loading a scene collection and takes no requests. */
  | 'notReady'
  /** OBS answered a request with an error; `code` says which. */
  | 'refused'

/** A failure of OBS or of the way to it. `code`: the close code, or the status code of the request, if there is one. */
export class ObsError extends Error {
  override readonly name = 'ObsError'
  readonly reason: ObsErrorReason
  readonly code: number | null

  constructor(reason: ObsErrorReason, message: string, code: number | null = null) {
    super(message)
    this.reason = reason
    this.code = code
  }
}

export function asObsError(thrown: unknown): ObsError {
  if (thrown instanceof ObsError) return thrown
  return new ObsError('closed', thrown instanceof Error ? thrown.message : String(thrown))
}

/** Status codes of requests (obs-websocket protocol, RequestStatus). */
export const status = {
  unknownRequest: 204,
  notReady: 207,
  alreadyRunning: 500,
  notRunning: 501,
  notFound: 600,
  wrongResourceType: 602,
  notPossibleNow: 604,
} as const

/** Close codes (obs-websocket protocol, WebSocketCloseCode). */
export const closeCode = {
  wrongPassword: 4009,
  unsupportedVersion: 4010,
  kicked: 4011,
  unsupportedFeature: 4012,
} as const
