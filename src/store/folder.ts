import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './failure.ts'

/**
 * Makes a folder and those above it, where they are missing, for this user alone. Node's own `recursive` tries for ever where a folder
 * takes no new ones, as in /proc, and says of a read-only disk that something is missing.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (await isFolder(folder)) return
    const parent = dirname(folder)
    if (errorCode(error) !== 'ENOENT' || parent === folder || (await isFolder(parent))) throw error
    await makeFolder(parent)
    await makeFolder(folder)
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** A new name in a folder is safe only once the folder itself is on disk. Windows can't, and needn't. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
