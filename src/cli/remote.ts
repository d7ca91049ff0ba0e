import { z } from 'zod'
import type { OperatorCommand } from '../commands/table.ts'
import type { Snapshot } from '../orchestrator/core/snapshot.ts'
import type { Clock, Instant, Millis } from '../time/clock.ts'
import { isMap } from '../values/fields.ts'

/** The orchestrator isn't there, or doesn't let us in. The message says what to do. */
export class RemoteError extends Error {
  readonly reason: 'away' | 'notLetIn' | 'foreign' | 'failed'

  constructor(reason: RemoteError['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

export type RemoteOptions = { readonly url: URL; readonly token: string | null; readonly clock: Clock }

/** The answer to a command. `json`: as it came. */
export type Answer = z.infer<typeof answer> & { readonly json: string }

/** A state, and what the orchestrator's clock showed when it was sent. */
export type Seen = { readonly now: Instant; readonly state: Snapshot; readonly json: string }

/** An orchestrator that is reached over HTTP. Everything rejects with a RemoteError. */
export type Remote = {
  send(command: OperatorCommand): Promise<Answer>
  /** The present state, then each later one. Ends when the connection does. */
  states(signal?: AbortSignal): AsyncGenerator<Seen, void>
}

/** How long to wait for an answer, and for the next sign of life of the event stream, which has one a second. */
const limit: Millis = 5000

export function remoteAt({ url, token, clock }: RemoteOptions): Remote {
  const base = url.href.endsWith('/') ? url.href : `${url.href}/`
  const away = (why: string) =>
    new RemoteError(
      'away',
      `no orchestrator at ${url.href} (${why}): start one with \`stream-orchestrator run\`, or say where it is with --url or ORCHESTRATOR_URL`,
    )
  const foreign = () =>
    new RemoteError(
      'foreign',
      `something else than an orchestrator answers at ${url.href}: correct --url or ORCHESTRATOR_URL`,
    )

  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { ...(token !== null && { Authorization: `Bearer ${token}` }) }
    const response = await fetch(new URL(path, base), { ...init, headers, redirect: 'manual' }).catch(
      (error: unknown) => {
        throw away(causeOf(error))
      },
    )
    if ([200, 400, 409].includes(response.status)) return response
    const said = messageIn(await response.text().catch(() => ''))
    if (response.status === 401) {
      const what = token === null ? 'asks for a token' : 'refuses the token'
      const where = 'give the right one with --token-file or ORCHESTRATOR_TOKEN'
      throw new RemoteError('notLetIn', `the orchestrator at ${url.href} ${what}: ${where}`)
    }
    if (said === null) throw foreign()
    const reason = response.status === 403 || response.status === 503 ? 'notLetIn' : 'failed'
    throw new RemoteError(reason, `the orchestrator at ${url.href} said: ${said}`)
  }

  return {
    async send(command) {
      const late = deadline(clock)
      try {
        const body = JSON.stringify(command)
        const response = await ask('api/v1/commands', { method: 'POST', body, signal: late.signal })
        const json = await response.text()
        const { data } = answer.safeParse(parsed(json))
        if (data === undefined) throw foreign()
        return { ...data, json }
      } finally {
        late.cancel()
      }
    },
    async *states(signal) {
      const late = deadline(clock)
      const end = () => late.abort()
      signal?.addEventListener('abort', end)
      try {
        const response = await ask('api/v1/events', { signal: late.signal })
        const type = response.headers.get('Content-Type') ?? ''
        if (response.body === null || !type.startsWith('text/event-stream')) throw foreign()
        for await (const { name, data } of eventsIn(response.body, late.put)) {
          if (name !== 'state') continue
          const { data: seen } = stateEvent.safeParse(parsed(data))
          if (seen === undefined) throw foreign()
          yield { ...seen, json: data }
        }
      } catch (error) {
        if (signal?.aborted) return
        throw error instanceof RemoteError ? error : away(causeOf(error))
      } finally {
        late.cancel()
        signal?.removeEventListener('abort', end)
        late.abort()
      }
    },
  }
}

/** Aborts when nothing has come for a while. `put` puts that off. */
function deadline(clock: Clock) {
  const controller = new AbortController()
  const abort = () => controller.abort(new Error(`no answer within ${limit / 1000} s`))
  const arm = () => clock.setTimer(clock.now() + limit, abort)
  let cancel = arm()
  return {
    signal: controller.signal,
    abort,
    put() {
      cancel()
      cancel = arm()
    },
    cancel: () => cancel(),
  }
}

type ServerEvent = { readonly name: string; readonly data: string }

/** The events of a stream, as our server writes them: one line of data each. */
async function* eventsIn(body: ReadableStream<Uint8Array>, onChunk: () => void): AsyncGenerator<ServerEvent, void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    onChunk()
    const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const text of events) {
      const fields = new Map(
        text.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
      )
      yield { name: fields.get('event') ?? '', data: fields.get('data') ?? '' }
    }
  }
}

/** Only the outline is checked, since the same program writes them. */
const snapshot = z.custom<Snapshot>(
  (value) =>
    isMap(value) &&
    typeof value['seq'] === 'number' &&
    typeof value['mode'] === 'string' &&
    isMap(value['program']) &&
    isMap(value['link']) &&
    Array.isArray(value['problems']),
)
const stateEvent = z.object({ now: z.number(), state: snapshot })
const answer = z.discriminatedUnion('accepted', [
  z.object({ accepted: z.literal(true), seq: z.number(), state: snapshot }),
  z.object({ accepted: z.literal(false), reason: z.string(), message: z.string() }),
])

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function messageIn(json: string): string | null {
  const value = parsed(json)
  return isMap(value) && typeof value['message'] === 'string' ? value['message'] : null
}

/** Why a fetch failed: `fetch failed` has the reason as its cause, such as ECONNREFUSED. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof AggregateError) return causeOf(cause.errors[0])
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.message
}
