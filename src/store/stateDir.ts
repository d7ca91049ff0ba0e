import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { basename, extname, isAbsolute, join, resolve } from 'node:path'
import { failure } from './failure.ts'
import { makeFolder, realPath } from './folder.ts'
import { type FolderLock, lockFolder, StateFolderError } from './folderLock.ts'

export type Surroundings = {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly home: string
}

/** The folder of this schedule file in the platform's state folder: the same one, whichever path leads to the file. */
export function stateFolderOf(
  scheduleFile: string,
  surroundings: Surroundings = { env: process.env, platform: process.platform, home: homedir() },
): string {
  const path = realPath(scheduleFile)
  const name = basename(path, extname(path))
  const slug = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8)
  return join(stateHome(surroundings), 'stream-orchestrator', slug ? `${slug}-${hash}` : hash)
}

/**
 * Makes the folder if it is missing, and takes it for this process alone until `release` or the end of the process. Throws a
 * StateFolderError that says what to do.
 */
export async function openStateFolder(folder: string): Promise<FolderLock> {
  const path = resolve(folder)
  try {
    await makeFolder(path)
    return lockFolder(path)
  } catch (error) {
    if (error instanceof StateFolderError) throw error
    throw new StateFolderError(
      'unusable',
      `the state folder ${path} can't be used: ${failure(error)}; choose another one with --state-dir`,
    )
  }
}

function stateHome({ env, platform, home }: Surroundings): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  // The XDG Base Directory Specification says to ignore relative paths.
  const xdg = env['XDG_STATE_HOME']
  return xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'state')
}
