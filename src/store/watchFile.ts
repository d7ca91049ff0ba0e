import { type FSWatcher, readFileSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Clock, Millis } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { realPath } from './folder.ts'

export type WatchFileOptions = {
  readonly clock: Clock
  /** The content has changed. */
  readonly onChange: () => void
  /** The file can't be watched, or no longer. */
  readonly onProblem: (message: string) => void
}

/** Editors write a file in several steps. */
const settling: Millis = 100

/**
 * Watches a file through its folder, because many editors write a new file and put it in place of the old one. If the path is a link,
 * the folder of the file itself is watched, too.
 */
export function watchFile(file: string, { clock, onChange, onProblem }: WatchFileOptions): { close(): void } {
  const path = resolve(file)
  const names = new Map([path, realPath(path)].map((known) => [dirname(known), basename(known)]))
  // Read at once, so that no change is missed from here on.
  let content = Promise.resolve(readNow(path))
  let disarm: (() => void) | null = null
  let isClosed = false

  const look = async () => {
    disarm = null
    const before = await content
    content = readFile(path, 'utf8').catch(contentOfUnreadable)
    const after = await content
    // A missing file is about to be replaced.
    if (!isClosed && after !== null && after !== before) onChange()
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
      watcher.on('error', (error) => onProblem(`${folder} can't be watched any more: ${failure(error)}`))
      watchers.push(watcher)
    } catch (error) {
      onProblem(`${folder} can't be watched: ${failure(error)}`)
    }
  }
  return {
    close() {
      isClosed = true
      disarm?.()
      for (const watcher of watchers) watcher.close()
    },
  }
}

function readNow(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return contentOfUnreadable(error)
  }
}

/** Null if there is no file. Any other error counts as content, and the next reader of the file reports it. */
const contentOfUnreadable = (error: unknown): string | null =>
  errorCode(error) === 'ENOENT' ? null : String(errorCode(error))
