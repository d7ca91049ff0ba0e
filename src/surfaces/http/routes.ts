import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { commandInWords } from '../../commands/table.ts'
import type { Control, Sent } from '../../orchestrator/control.ts'
import type { AsRunLine } from '../../orchestrator/core/asRun.ts'
import type { ActualTimesReader } from '../../orchestrator/readers/actualTimes.ts'
import type { Clock } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { commandFromJson, commandFromQuery, commandList, type ReadCommand } from './commands.ts'
import { asRunCsv } from './csv.ts'
import { createEventStreams, MOST_CLIENTS, pageName, streamHeaders } from './eventStreams.ts'
import type { Role } from './guard.ts'
import { createMetrics, type ObsFigures } from './metrics.ts'
import { openApi } from './openApi.ts'
import { readPageFiles } from './pageFiles.ts'
import { createScheduleView } from './scheduleView.ts'

/** What the routes show besides the control. */
export type RoutesOptions = {
  readonly control: Control
  readonly clock: Clock
  readonly log: Log
  readonly actual: ActualTimesReader
  /** The folder of the built pages. */
  readonly pages: string
  /** A line of the as-run log as its file has it. */
  readonly takeJson: (line: AsRunLine) => string
  /** The last lines of the as-run log, the oldest first. */
  readonly asRunLines: (last: number) => Promise<readonly string[]>
  /** OBS's own figures; null if they can't be had now. */
  readonly obsFigures: () => Promise<ObsFigures | null>
  /** Takes and commands from before the routes were made. */
  readonly earlier: { readonly takes: readonly AsRunLine[]; readonly sent: readonly Sent[] }
}

export type Routes = {
  answer(incoming: IncomingMessage, outgoing: ServerResponse, role: Role): Promise<unknown>
  close(): void
}

type Env = { Bindings: HttpBindings & { readonly role: Role } }

const longestBody = 64 * 1024
const linesByDefault = 1000
const mostLines = 100_000

/** What is at each path. The guard has let the request in already. */
export async function createRoutes(options: RoutesOptions): Promise<Routes> {
  const { control, clock, log, actual, takeJson, asRunLines, earlier } = options
  const libraries = await import('./libraries.ts')
  const { getRequestListener, Hono, RESPONSE_ALREADY_SENT } = libraries
  const files = await readPageFiles(options.pages)
  const streams = createEventStreams({ control, clock, takeJson })
  const scheduleView = createScheduleView(control, actual)
  const metrics = createMetrics(libraries, control, options.obsFigures)
  for (const line of earlier.takes) metrics.take(line)
  for (const sent of earlier.sent) metrics.sent(sent)
  const stop = [control.asRun(metrics.take), control.sent(metrics.sent)]
  const app = new Hono<Env>()

  const json = (c: Context<Env>, text: string) => c.body(text, 200, { 'Content-Type': 'application/json' })
  const send = (c: Context<Env>, read: ReadCommand) => {
    if ('message' in read) return c.json({ accepted: false, reason: 'invalid', message: read.message }, 400)
    log.info(`http: ${commandInWords(read.command)}`)
    const result = control.send(read.command)
    if (result.accepted) return c.json({ accepted: true, seq: result.seq, state: result.state })
    log.warn(`${read.command.type} was refused: ${result.message}`)
    return c.json(result, result.reason === 'invalid' ? 400 : 409)
  }

  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', (c) => {
    const { phase } = control.currentState().link
    return phase === 'up' ? c.text('ok') : c.text(`the link to OBS is ${phase}`, 503)
  })
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }))
  app.get('/api/v1/openapi.json', (c) => c.json(openApi()))
  app.get('/api/v1/state', (c) => c.json(control.currentState()))
  app.get('/api/v1/schedule', (c) => json(c, scheduleView()))
  app.get('/api/v1/scenes', (c) => c.json({ scenes: control.scenes() }))
  app.get('/api/v1/commands', (c) => c.json({ role: c.env.role, ...commandList() }))
  app.get('/api/v1/as-run', async (c) => {
    const { last = String(linesByDefault), format = 'json' } = c.req.query()
    if (!/^[1-9]\d*$/.test(last)) return c.json({ message: 'last is a number of lines, such as last=100' }, 400)
    if (format !== 'json' && format !== 'csv') return c.json({ message: 'format is json or csv' }, 400)
    const lines = await asRunLines(Math.min(Number(last), mostLines))
    if (format === 'json') return json(c, `[${lines.join(',')}]`)
    return c.body(asRunCsv(lines.map((line) => JSON.parse(line))), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
  })
  app.get('/api/v1/events', (c) => {
    if (streams.isFull())
      return c.json({ message: `${MOST_CLIENTS} clients listen already: close a page that nobody needs` }, 503)
    if (c.req.method === 'HEAD') return c.body(null, 200, streamHeaders)
    streams.open(c.env.outgoing, { page: pageName(c.req.query('page')), role: c.env.role })
    return RESPONSE_ALREADY_SENT
  })
  app.post('/api/v1/commands', async (c) => {
    const body = await bodyOf(c.req.raw)
    return body === null ? c.json({ message: 'a command has at most 64 KiB' }, 413) : send(c, commandFromJson(body))
  })
  app.post('/api/v1/commands/:type', (c) =>
    send(c, commandFromQuery(c.req.param('type'), new URL(c.req.url).searchParams)),
  )

  const reads = 'GET, HEAD'
  const allowed = new Map(app.routes.map(({ path, method }) => [path, method === 'POST' ? 'POST' : reads]))
  allowed.set('/api/v1/commands', `${reads}, POST`)
  const wrongMethod = (c: Context, allow: string) =>
    c.json({ message: `${c.req.method} does nothing here: use ${allow}` }, 405, { Allow: allow })
  for (const [path, allow] of allowed) app.all(path, (c) => wrongMethod(c, allow))

  app.all('*', (c) => {
    const file = files.get(decoded(c.req.path))
    if (file !== undefined && c.req.method !== 'GET' && c.req.method !== 'HEAD') return wrongMethod(c, reads)
    if (file !== undefined)
      return c.body(new Uint8Array(file.bytes), 200, { 'Content-Type': file.type, 'Cache-Control': file.caching })
    const message =
      files.size === 0 ? 'the pages are not built: run `npm run build`' : `there is nothing at ${c.req.path}`
    return c.json({ message }, 404)
  })
  app.onError((error, c) => {
    // A client that leaves in the middle of its request is no fault of ours.
    if (!c.env.incoming.socket.destroyed) log.error(`http: ${c.req.method} ${c.req.path} failed: ${error.message}`)
    return c.json({ message: 'this failed inside the orchestrator; its log says why' }, 500)
  })

  const admitted = new WeakMap<object, Env['Bindings']>()
  const listener = getRequestListener((request, { incoming }) => app.fetch(request, admitted.get(incoming)), {
    overrideGlobalObjects: false,
  })
  return {
    answer(incoming, outgoing, role) {
      admitted.set(incoming, { incoming, outgoing, role })
      return listener(incoming, outgoing)
    },
    close() {
      for (const end of stop) end()
      streams.close()
    },
  }
}

/** Null if it is too long. The rest isn't read then, nor given up, because that would end the connection before the answer. */
async function bodyOf({ body, headers }: Request): Promise<string | null> {
  if (Number(headers.get('Content-Length')) > longestBody) return null
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body?.getReader()
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    size += read.value.length
    if (size > longestBody) return null
    chunks.push(read.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** An address that can't be decoded names no file. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
