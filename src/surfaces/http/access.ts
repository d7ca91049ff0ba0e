import { isIP, isIPv4 } from 'node:net'

export type HttpAddress = {
  /** An IP address without brackets, or a name. */
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

/** Who may come in. `open`: everybody on this machine, which is allowed only on a loopback address. */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'tokens'; readonly operate: string; readonly view: string | null }

const thisMachine = '127.0.0.1'
const defaultPort = 4466
export const DEFAULT_ADDRESS = `${thisMachine}:${defaultPort}`

/** Reads `HOST:PORT`, `PORT` or `HOST`. Throws a RangeError that says what to write instead. */
export function parseHttpAddress(written: string): HttpAddress {
  const wrong = (what: string) => new RangeError(`--http ${written}: ${what}`)
  if (isIP(written) === 6) throw wrong(`write an IPv6 address in brackets, such as [${written}]:${defaultPort}`)
  if (/^\d+$/.test(written)) return { host: thisMachine, port: portOf(written, wrong) }
  const [, host = '', port = `${defaultPort}`] = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d+))?$/.exec(written) ?? []
  if (host === '')
    throw wrong(
      `write an address and a port, such as ${thisMachine}:${defaultPort} for this machine or 0.0.0.0:${defaultPort} for all`,
    )
  return { host: hostOf(host, wrong), port: portOf(port, wrong) }
}

function hostOf(written: string, wrong: (what: string) => RangeError): string {
  if (written.startsWith('[')) {
    const inside = written.slice(1, -1)
    if (isIP(inside) !== 6) throw wrong(`there is no IPv6 address in the brackets`)
    return inside
  }
  if (written.toLowerCase() === 'localhost') return thisMachine
  const isName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(written) && !/^[\d.]+$/.test(written)
  if (!isName && !isIPv4(written)) throw wrong(`"${written}" is neither an address nor the name of a machine`)
  return written
}

function portOf(written: string, wrong: (what: string) => RangeError): number {
  const port = Number(written)
  if (port > 65_535) throw wrong('a port is at most 65535')
  return port
}

/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean => host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** The host of an address as a URL has it. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** Who may come in at an address, given these tokens. Throws a RangeError where anybody could. */
export function accessTo(
  { host }: HttpAddress,
  { operate, view }: { readonly operate: string | null; readonly view: string | null },
): Access {
  if (operate !== null) {
    if (operate === view)
      throw new RangeError('the two tokens are the same, so the view token could command too: choose another one')
    return { kind: 'tokens', operate, view }
  }
  if (view !== null)
    throw new RangeError('--http-view-token-file needs --http-token-file too, or nobody could command the show')
  if (isLoopback(host)) return { kind: 'open' }
  throw new RangeError(
    `other machines reach ${host}, so it needs a token: give one with --http-token-file or ORCHESTRATOR_TOKEN`,
  )
}
