import { createServer, type ServerResponse } from 'node:http'
import type { Control, Sent } from '../../orchestrator/control.ts'
import type { AsRunLine } from '../../orchestrator/core/asRun.ts'
import { createActualTimes } from '../../orchestrator/readers/actualTimes.ts'
import type { Millis } from '../../time/clock.ts'
import { type Access, type HttpAddress, hostInUrl } from './access.ts'
import { createGuard } from './guard.ts'
import { createRoutes, type Routes, type RoutesOptions } from './routes.ts'

export type HttpOptions = HttpAddress & {
  readonly access: Access
  /** The folder of the built pages. */
  readonly pages: string
  /** How long a client may take for its request; default: 10 s. */
  readonly longestRequest?: Millis
}

export type HttpServer = {
  /** The address of the operator's page, without a token. */
  readonly url: string
  readonly needsToken: boolean
  close(): Promise<void>
}

/** The port can't be opened. The message says why, and what to do. */
export class HttpError extends Error {}

/** Loading what answers requests takes as long as a cut may be late, so the show connects and starts first. */
const loadsAfter: Millis = 3000
/** Each event stream holds one. The others are for requests. */
const mostConnections = 1024

export async function startHttp(
  { host, port, access, pages, longestRequest = 10_000 }: HttpOptions,
  parts: Omit<RoutesOptions, 'actual' | 'earlier' | 'pages'>,
): Promise<HttpServer> {
  const { control, clock, log } = parts
  const server = createServer({
    noDelay: true,
    headersTimeout: longestRequest,
    requestTimeout: longestRequest,
    connectionsCheckingInterval: longestRequest / 5,
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new HttpError(whyClosed(error, host, port))))
    server.listen({ host, port }, resolve)
  })
  // For example when there are too many open files; the show goes on.
  server.on('error', (error) => log.warn(`http: ${error.message}`))
  const address = server.address()
  const openPort = address !== null && typeof address === 'object' ? address.port : port

  const early = heardFrom(control)
  let routes: Promise<Routes> | null = null
  const load = () => {
    routes ??= createRoutes({ ...parts, actual: early.actual, earlier: early, pages }).finally(early.stop)
    return routes
  }
  const failed = (error: Error) => log.error(`http: a request failed: ${error.message}`)
  const setTimer = clock.setBackgroundTimer ?? clock.setTimer
  const disarm = setTimer(clock.now() + loadsAfter, () => void load().catch(failed))
  const guard = createGuard(access, () => openPort)
  server.on('request', (incoming, outgoing) => {
    for (const [name, value] of Object.entries(safety)) outgoing.setHeader(name, value)
    const verdict = guard(incoming)
    if (!('role' in verdict)) {
      const { status, message, headers } = verdict
      return answer(outgoing, status, message, headers)
    }
    load()
      .then((loaded) => loaded.answer(incoming, outgoing, verdict.role))
      .catch((error: Error) => {
        failed(error)
        if (outgoing.headersSent) outgoing.destroy()
        else answer(outgoing, 500, 'this failed inside the orchestrator; its log says why', {})
      })
  })

  const url = `http://${hostInUrl(isWildcard(host) ? '127.0.0.1' : host)}:${openPort}/`
  return {
    url,
    needsToken: access.kind === 'tokens',
    async close() {
      disarm()
      early.close()
      const closed = new Promise((resolve) => server.close(resolve))
      const loaded = await routes?.catch(() => null)
      loaded?.close()
      server.closeIdleConnections()
      // After the last events have gone out.
      setImmediate(() => server.closeAllConnections())
      await closed
    },
  }
}

/** On every answer. Pages bring scripts and styles as files of their own. */
const safety = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

function answer(
  outgoing: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>>,
): void {
  outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  outgoing.end(JSON.stringify({ message }))
}

/** Listens from now on, because the routes are made only once the show is up. `stop`: somebody else counts takes and commands. */
function heardFrom({ currentState, subscribe, asRun, sent: onSent }: Control) {
  const actual = createActualTimes(currentState())
  const takes: AsRunLine[] = []
  const sent: Sent[] = []
  const unsubscribe = subscribe(actual.note)
  const stops = [asRun((line) => void takes.push(line)), onSent((one) => void sent.push(one))]
  const stop = () => {
    for (const end of stops) end()
  }
  const close = () => {
    unsubscribe()
    stop()
  }
  return { actual, takes, sent, stop, close }
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

function whyClosed({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const place = `${hostInUrl(host)}:${port}`
  if (code === 'EADDRINUSE')
    return `${place} is in use: another orchestrator may run; choose another address with --http, or none with --no-http`
  if (code === 'EACCES') return `this user may not listen on ${place}: choose a port from 1024 on with --http`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `this machine has no address ${host}: correct --http, or use 127.0.0.1 or 0.0.0.0`
  return `${place} can't be opened: ${message}`
}
