import { readFileSync } from 'node:fs'
import { errorCode, failure } from '../store/failure.ts'
import { accessTo, DEFAULT_ADDRESS, parseHttpAddress } from '../surfaces/http/access.ts'
import type { HttpOptions } from '../surfaces/http/server.ts'

/** The options about HTTP. `http` is undefined, an address, or false for `--no-http`. */
export type HttpWords = {
  readonly http?: string | boolean
  readonly httpTokenFile?: string
  readonly httpViewTokenFile?: string
  /** The folder of the built pages. */
  readonly pages?: string
}

/**
 * Where the server listens and who may come in; null for no server. Throws a RangeError that says what to do if the options or the
 * files of the tokens are wrong.
 */
export function httpOptions(words: HttpWords, env: NodeJS.ProcessEnv): HttpOptions | null {
  const { http, httpTokenFile, httpViewTokenFile, pages = '' } = words
  if (http === false) return null
  const address = parseHttpAddress(typeof http === 'string' ? http : DEFAULT_ADDRESS)
  const operate = tokenOf('--http-token-file', httpTokenFile, env['ORCHESTRATOR_TOKEN'])
  const view = tokenOf('--http-view-token-file', httpViewTokenFile, undefined)
  return { ...address, access: accessTo(address, { operate, view }), pages }
}

/** The token in the file or else in the variable; null without either. An empty variable counts as none. */
export function tokenOf(option: string, file: string | undefined, variable: string | undefined): string | null {
  const token = file === undefined ? variable?.trim() || null : read(option, file).trim()
  if (token === null || /^[\x21-\x7e]+$/.test(token)) return token
  const where = file === undefined ? 'ORCHESTRATOR_TOKEN' : `${option} ${file}`
  throw new RangeError(`${where}: ${token === '' ? 'the file is empty' : tokenRule}`)
}

const tokenRule = 'a token is one word of plain letters, digits and signs'

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'there is no such file' : failure(error)
    throw new RangeError(`${option} ${file} can't be read: ${why}`)
  }
}
