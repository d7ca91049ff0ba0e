import { readFileSync } from 'node:fs'
import type { Address } from '../obs/link/address.ts'
import { errorCode, failure } from '../store/failure.ts'

const DEFAULT_OBS_URL = 'ws://127.0.0.1:4455'

/** The options about OBS: `--obs` and `--obs-password-file`. */
export type ObsWords = { readonly obs?: string; readonly obsPasswordFile?: string }

/**
 * Finds the address in `--obs`, then OBS_URL, then the schedule, and otherwise takes this machine; the password in its file, then in
 * OBS_PASSWORD. Throws a RangeError that says what to do if the address is wrong or the password file can't be read.
 */
export function obsAddress(words: ObsWords, env: NodeJS.ProcessEnv, scheduleUrl: string | null): Address {
  // An empty variable counts as none, as a shell user would expect.
  const url = words.obs ?? (env['OBS_URL'] || (scheduleUrl ?? DEFAULT_OBS_URL))
  if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol))
    throw new RangeError(`the address of OBS looks like ${DEFAULT_OBS_URL}, not ${url}: correct --obs or OBS_URL`)
  const { obsPasswordFile: file } = words
  return { url, password: file === undefined ? env['OBS_PASSWORD'] || null : read(file) }
}

/** Leaves out the line end that editors add. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'there is no such file' : failure(error)
    throw new RangeError(`--obs-password-file ${file} can't be read: ${why}`)
  }
}
