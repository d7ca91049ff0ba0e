import { readFileSync } from 'node:fs'
import type { Address } from '../obs/connection.ts'

const DEFAULT_OBS_URL = 'ws://127.0.0.1:4455'

/** What the command line says of OBS: `--obs` and `--obs-password-file`. */
export type ObsWords = { readonly obs?: string | undefined; readonly obsPasswordFile?: string | undefined }

/** `--obs`, then OBS_URL, then the schedule's own, then this machine; the password from its file, then OBS_PASSWORD. */
export function obsAddress(words: ObsWords, env: NodeJS.ProcessEnv, scheduleUrl: string | null): Address {
  return {
    url: words.obs ?? filled(env['OBS_URL']) ?? scheduleUrl ?? DEFAULT_OBS_URL,
    password: words.obsPasswordFile === undefined ? (filled(env['OBS_PASSWORD']) ?? null) : read(words.obsPasswordFile),
  }
}

/** An empty variable counts as none, as a shell user would expect. */
function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

/** The line end that editors add is no part of a password. Throws where the file can't be read. */
function read(file: string): string {
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}
