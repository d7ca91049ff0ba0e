import { type FSWatcher, realpathSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Clock, Millis } from '../time/clock.ts'
import { errorCode } from './failure.ts'

export type WatchFileOptions = {
  readonly clock: Clock
  /** The content is another one than before. */
  readonly onChange: () => void
  /** It can't be watched any more. */
  readonly onProblem: (message: string) => void
}

/** Editors write a file in several steps. */
const settling: Millis = 100

/**
 * Watches a file by its folder: many editors write a new file and put it in place of the old one. Where the path is a link, the
 * folder of the file itself is watched, too.
 */
export function watchFile(file: string, { clock, onChange, onProblem }: WatchFileOptions): { close(): void } {
  const path = resolve(file)
  const names = new Map([path, realPath(path)].map((known) => [dirname(known), basename(known)]))
  let content: Promise<string | null> = read(path)
  let disarm: (() => void) | null = null
  let closed = false

  const look = async () => {
    disarm = null
    const before = await content
    content = read(path)
    const after = await content
    // A file that is gone for a moment is on its way to be replaced.
    if (!closed && after !== null && after !== before) onChange()
  }
  const stir = () => {
    disarm?.()
    disarm = clock.setTimer(clock.now() + settling, () => void look())
  }

  const watchers: FSWatcher[] = []
  for (const [folder, name] of names) {
    try {
      const watcher = watch(folder, { persistent: false }, (_, changed) => {
        if (changed === null || changed === name) stir()
      })
      watcher.on('error', (error) => onProblem(`${folder} can't be watched any more: ${error.message}`))
      watchers.push(watcher)
    } catch (error) {
      onProblem(`${folder} can't be watched: ${error instanceof Error ? error.message : error}`)
    }
  }
  return {
    close() {
      closed = true
      disarm?.()
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** Null while it is gone. What is in the way of reading it is a content, too: it is to be reported like one that is wrong. */
const read = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').catch((error: unknown) => (errorCode(error) === 'ENOENT' ? null : String(errorCode(error))))

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
