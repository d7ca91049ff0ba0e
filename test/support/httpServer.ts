import { mkdir, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { controlOf } from '../../src/orchestrator/control.ts'
import { asRunJson } from '../../src/store/asRunLog.ts'
import { type Access, accessTo } from '../../src/surfaces/http/access.ts'
import { startHttp } from '../../src/surfaces/http/server.ts'
import { createLog } from '../../src/surfaces/terminal/log.ts'
import { freshFolder } from '../store/folders.ts'
import { load, type Show } from './show.ts'

export const TOKEN = 'a-token-that-may-command'
export const VIEW_TOKEN = 'a-token-that-may-only-look'

/** A server with a real show on a manual clock, on a port of its own of 127.0.0.1. */
export type Served = Show & {
  readonly port: number
  readonly url: string
  /** The lines of the log. */
  readonly logged: string[]
  /** A request with exactly this path and these headers, as no browser and no `fetch` would send it. */
  raw(path: string, options?: RawOptions): Promise<RawAnswer>
  post(command: unknown, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>
  close(): Promise<void>
}

export type RawOptions = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
}
export type RawAnswer = {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  json(): Data
}

export type Serving = {
  /** `tokens`: as on an address that others reach. */
  readonly access?: 'open' | 'tokens'
  /** The built pages by their place. Default: a page, and a script with a hash in its name. */
  readonly pages?: Readonly<Record<string, string>>
  readonly longestRequest?: number
  /** Default: any free one. */
  readonly port?: number
}

const examplePages = {
  'index.html': '<!doctype html><title>operator</title>',
  'overlay.html': '<!doctype html><title>overlay</title>',
  'assets/index-4f9aB1c2.js': 'console.log(1)',
  'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
}

const obs = { version: '32.0.0', websocket: '5.6.0', platform: 'linux' }

/** Serves a show that is loaded and whose OBS is connected. */
export async function serve(
  text: string,
  { access = 'open', pages = examplePages, longestRequest, port: asked = 0 }: Serving = {},
): Promise<Served> {
  const folder = join(await freshFolder(), 'web')
  for (const [place, content] of Object.entries(pages)) {
    await mkdir(dirname(join(folder, place)), { recursive: true })
    await writeFile(join(folder, place), content)
  }
  // Beside the pages, where no request may reach it.
  await mkdir(folder, { recursive: true })
  await writeFile(join(dirname(folder), 'secret.txt'), 'secret')
  const show = load(text)
  const { clock, orchestrator, lines } = show
  orchestrator.send({ type: 'link', phase: 'up', obs, restarted: true, program: 'Before' })
  const logged: string[] = []
  const log = createLog({
    ...{ style: 'pretty', level: 'debug', colour: false, wall: clock.wall, timezone: () => 'UTC' },
    write: (line) => logged.push(line),
  })
  const tokens = access === 'open' ? { operate: null, view: null } : { operate: TOKEN, view: VIEW_TOKEN }
  const address = { host: '127.0.0.1', port: asked }
  const allowed: Access = accessTo(address, tokens)
  const server = await startHttp(
    { ...address, access: allowed, pages: folder, ...(longestRequest !== undefined && { longestRequest }) },
    {
      ...{ control: controlOf(orchestrator), clock, log },
      takeJson: (line) => asRunJson(line, 0),
      obsFigures: async () => null,
      asRunLines: async (last) => lines.slice(-last).map((line) => asRunJson(line, 0)),
    },
  )
  onTestFinished(server.close)
  const port = Number(new URL(server.url).port)
  const raw: Served['raw'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const host = { Host: `127.0.0.1:${port}` }
      const request = httpRequest({
        ...{ host: '127.0.0.1', port, path, method, agent: false },
        headers: { ...host, ...headers } as Record<string, string | string[]>,
      })
      request.on('error', reject)
      request.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            ...{ status: response.statusCode ?? 0, headers: response.headers, text },
            json: () => JSON.parse(text),
          }),
        )
      })
      request.end(body)
    })
  return {
    ...show,
    port,
    url: server.url,
    logged,
    raw,
    post: (command, headers = {}) =>
      raw('/api/v1/commands', { method: 'POST', headers, body: JSON.stringify(command) }),
    close: server.close,
  }
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

// biome-ignore lint/suspicious/noExplicitAny: what a server sends is looked at field by field.
type Data = any

/** An event of the stream. */
export type SentEvent = {
  readonly name: string
  readonly id: string | null
  readonly data: Data
}

export type Listening = {
  readonly status: number
  readonly events: readonly SentEvent[]
  /** Resolves with the first event that fits, also one that came before. */
  next(name: string, fits?: (event: SentEvent) => boolean): Promise<SentEvent>
  /** Takes nothing any more until `resume`. */
  readonly response: IncomingMessage
  readonly ended: Promise<void>
  close(): void
}

/** Opens the event stream. */
export function listen(
  { port }: Pick<Served, 'port'>,
  { query = '', headers = {} }: { readonly query?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path: `/api/v1/events${query}`, headers, agent: false })
    request.on('error', reject)
    request.on('response', (response) => {
      const events: SentEvent[] = []
      const waiting = new Set<() => void>()
      let rest = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n\n')
        rest = parts.pop() ?? ''
        for (const part of parts) {
          const event = eventOf(part)
          if (event !== null) events.push(event)
        }
        for (const look of [...waiting]) look()
      })
      const ended = new Promise<void>((gone) => response.once('close', gone))
      response.on('error', () => {})
      const close = () => void request.destroy()
      onTestFinished(close)
      resolve({
        status: response.statusCode ?? 0,
        events,
        response,
        ended,
        close,
        next: (name, fits = () => true) =>
          new Promise((found) => {
            const look = () => {
              const event = events.find((one) => one.name === name && fits(one))
              if (event === undefined) return
              waiting.delete(look)
              found(event)
            }
            waiting.add(look)
            look()
          }),
      })
    })
    request.end()
  })
}

function eventOf(text: string): SentEvent | null {
  const field = (name: string) =>
    text.split('\n').flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : []))[0] ?? null
  const [name, data] = [field('event'), field('data')]
  return name === null || data === null ? null : { name, id: field('id'), data: JSON.parse(data) }
}

/** A connection that sends what it is told, byte by byte. */
export function socketTo({ port }: Pick<Served, 'port'>): Promise<Socket & { said(): string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      said += chunk
    })
    onTestFinished(() => void socket.destroy())
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject).on('error', () => {})
      resolve(Object.assign(socket, { said: () => said }))
    })
  })
}
