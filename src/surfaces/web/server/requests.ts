import type { Answer, WrittenCommand } from './wire.ts'

/** The server let us in, but not to this. 401: it wants a token. 403: the token may only read. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`the server answered ${status}`)
    this.status = status
  }
}

const patience = 10_000

/** Throws a Refused, or the error of a server that can't be reached. */
export async function get<T>(path: string): Promise<T> {
  const response = await fetch(path, { signal: AbortSignal.timeout(patience), cache: 'no-store' })
  if (!response.ok) throw new Refused(response.status)
  return response.json()
}

/** Never rejects: what went wrong is in the answer. */
export async function post(command: WrittenCommand): Promise<Answer> {
  try {
    const response = await fetch('/api/v1/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(patience),
    })
    if (response.status === 401) return refusal('token', 'The server needs a token for this')
    if (response.status === 403) return refusal('view', 'View only: the token of this page may not command')
    return await response.json()
  } catch {
    return refusal('unanswered', 'The server did not answer. Look at the state before you press again')
  }
}

const refusal = (reason: string, message: string): Answer => ({ accepted: false, reason, message })
