import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'
import type { Access } from './access.ts'

/** What a client may do: `view` only reads. */
export type Role = 'operate' | 'view'

/** What the guard looks at. */
export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>

export type Verdict =
  | { readonly role: Role }
  | { readonly status: number; readonly message: string; readonly headers: Readonly<Record<string, string>> }

/** Decides on each request before anything else looks at it. */
export type Guard = (asked: Asked) => Verdict

/** The paths at which `?token=` lets a browser in. */
export const PAGES: ReadonlySet<string> = new Set(['/', '/presenter', '/overlay', '/screens'])

/** `port`: the one that the server listens on, known once it listens. */
export function createGuard(access: Access, port: () => number): Guard {
  const keys = access.kind === 'open' ? [] : keysOf(access)
  const cookieName = () => `orchestrator-${port()}`

  return ({ method = '', url = '', rawHeaders }) => {
    const [host, ...moreHosts] = valuesOf('host', rawHeaders)
    if (host === undefined || moreHosts.length > 0) return refuse(400, 'send one Host header')
    if (!url.startsWith('/')) return refuse(400, 'ask for a path that begins with /')
    if (access.kind === 'open' && !isLoopbackName(host))
      return refuse(403, 'this server answers only to this machine: use http://127.0.0.1 or http://localhost')
    const origins = valuesOf('origin', rawHeaders)
    if (isFetchedFromElsewhere(rawHeaders) || !origins.every((origin) => isSameOrigin(origin, host)))
      return refuse(403, 'a page from elsewhere may not use this server')

    const { path, tokens, rest } = partsOf(url)
    const isRead = method === 'GET' || method === 'HEAD'
    if (tokens.length > 0 && isRead && PAGES.has(path)) {
      const key = tokens.length === 1 ? keyOf(tokens[0] ?? '', keys) : undefined
      if (access.kind === 'tokens' && key === undefined) return unknown('the token in the address is wrong')
      return refuse(303, 'go on without the token in the address', {
        Location: rest === '' ? path : `${path}?${rest}`,
        ...(key && { 'Set-Cookie': `${cookieName()}=${key.cookie}; ${cookieAttributes}` }),
      })
    }
    const role = access.kind === 'open' ? 'operate' : roleOf(rawHeaders, keys, cookieName())
    if (role === null)
      return unknown('this needs a token: send it as "Authorization: Bearer …", or open a page with ?token=… once')
    if (role === 'view' && !isRead) return refuse(403, 'a view token may look, not command')
    return { role }
  }
}

function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Verdict {
  return { status, message, headers }
}

const unknown = (message: string): Verdict => refuse(401, message, { 'WWW-Authenticate': 'Bearer' })

/** A month, so that a page that is left open comes back in after a restart. No Domain: no other host gets the cookie. */
const cookieAttributes = 'Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000'

/** A token as it is compared. The cookie isn't the token, because other servers on the same host see cookies too. */
type Key = { readonly role: Role; readonly digest: Buffer; readonly cookie: string; readonly cookieDigest: Buffer }

function keysOf({ operate, view }: Extract<Access, { kind: 'tokens' }>): readonly Key[] {
  const key = (role: Role, token: string): Key => {
    const cookie = createHmac('sha256', token).update('stream-orchestrator cookie').digest('base64url')
    return { role, digest: digestOf(token), cookie, cookieDigest: digestOf(cookie) }
  }
  return [key('operate', operate), ...(view === null ? [] : [key('view', view)])]
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Looks at each key, so that the time taken says nothing about which one is nearly right. */
function keyOf(token: string, keys: readonly Key[]): Key | undefined {
  const digest = digestOf(token)
  return keys.filter((key) => timingSafeEqual(key.digest, digest))[0]
}

/** An Authorization header decides alone. Of several cookies of our name, the one that is right counts. */
function roleOf(rawHeaders: readonly string[], keys: readonly Key[], cookieName: string): Role | null {
  const [authorization, ...more] = valuesOf('authorization', rawHeaders)
  if (authorization !== undefined) {
    const [, token] = /^Bearer +([^ ]+)$/i.exec(authorization) ?? []
    return token === undefined || more.length > 0 ? null : (keyOf(token, keys)?.role ?? null)
  }
  const digests = valuesOf('cookie', rawHeaders)
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .map((pair) => digestOf(pair.slice(cookieName.length + 1)))
  const fitting = keys.filter((key) => digests.filter((digest) => timingSafeEqual(key.cookieDigest, digest)).length > 0)
  return fitting[0]?.role ?? null
}

/** All values of a header. Node joins some and keeps only the first of others. */
function valuesOf(name: string, rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}

/**
 * Whether a Host header names this machine, in the one way of writing it that a browser uses. A foreign name that leads here (DNS
 * rebinding) is refused. Any port will do, because a tunnel may have another one.
 */
function isLoopbackName(host: string): boolean {
  const [, name = ''] = /^(localhost|[\d.]+|\[::1\])(?::\d{1,5})?$/i.exec(host) ?? []
  return /^(localhost|\[::1\])$/i.test(name) || (isIPv4(name) && name.startsWith('127.'))
}

/**
 * A page elsewhere can ask for an image or an event stream without an Origin, and could take up all places. Browsers say so (Fetch
 * Metadata). A link from elsewhere may lead here.
 */
function isFetchedFromElsewhere(rawHeaders: readonly string[]): boolean {
  const [site = 'none'] = valuesOf('sec-fetch-site', rawHeaders)
  const [mode] = valuesOf('sec-fetch-mode', rawHeaders)
  return site !== 'none' && site !== 'same-origin' && mode !== 'navigate'
}

const isSameOrigin = (origin: string, host: string): boolean =>
  ['http', 'https'].some((scheme) => origin.toLowerCase() === `${scheme}://${host.toLowerCase()}`)

/** The path as it was sent, the tokens in the query, and the query without them. */
function partsOf(url: string): { readonly path: string; readonly tokens: readonly string[]; readonly rest: string } {
  const mark = url.indexOf('?')
  if (mark < 0) return { path: url, tokens: [], rest: '' }
  const query = new URLSearchParams(url.slice(mark + 1))
  const tokens = query.getAll('token')
  query.delete('token')
  return { path: url.slice(0, mark), tokens, rest: query.toString() }
}
