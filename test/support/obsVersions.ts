import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { searchPath } from './childProcess.ts'

/** How to start an OBS: the installed one, or one in a folder with its own Debian (see scripts/obs-versions.mjs). */
export type ObsCommand = {
  readonly command: string
  readonly args: readonly string[]
  /** Why it can't be started here, and what to do about it. */
  readonly missing: string | undefined
}

/** `version` is `30.2` or `32.2`, as in `npm run test:obs-versions`; default: OBS_VERSION, or else the installed one. */
export function obsCommand(version: string | undefined = process.env['OBS_VERSION'] || undefined): ObsCommand {
  if (version === undefined || version === 'installed') {
    const found = searchPath.split(':').some((folder) => folder !== '' && existsSync(join(folder, 'obs')))
    const missing = found ? undefined : 'OBS is not installed (on Debian: apt-get install obs-studio)'
    return { command: 'obs', args: [], missing }
  }
  const root = join(cacheFolder(), `obs-${version}`)
  const ready = existsSync(join(root, 'usr/bin/obs')) && existsSync(join(root, 'proc/self'))
  const missing = ready ? undefined : `OBS ${version} is not set up (npm run test:obs-versions does that)`
  return { command: 'chroot', args: [root, '/usr/bin/obs'], missing }
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stream-orchestrator')
}
