import { open } from 'node:fs/promises'

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
