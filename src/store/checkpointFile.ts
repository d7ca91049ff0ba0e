import { existsSync } from 'node:fs'
import { open, readFile, rename, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock, Millis, WallInstant } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { syncFolder } from './folder.ts'
import type { WrittenFile } from './lineFile.ts'
import { type CheckpointLine, lineFromJson, lineToJson, type Written } from './lines.ts'
import { writeInBackground } from './writeInBackground.ts'

export type CheckpointFileOptions = WrittenFile & {
  readonly clock: Clock
  readonly checkpoint: () => CheckpointLine
  /** A checkpoint is replaced only once this has resolved. */
  readonly after: () => Promise<void>
}

/** A write must have begun within 20 ms of a change. */
const gathering: Millis = 10

/** How often the file's modification time says that the process still lives. */
const heartbeat: Millis = 1000

const fileName = 'checkpoint.json'

/**
 * Opens `checkpoint.json`: where the show is. It is replaced whole, so a reader never finds half of it. Its modification time follows
 * the wall clock, so that the next process knows until when this one lived.
 */
export function openCheckpointFile(options: CheckpointFileOptions) {
  const { folder, clock, checkpoint, after, wallOffset, onProblem } = options
  const path = join(folder, fileName)
  let isDirty = false
  let isSignDue = false
  let cancelTimer: (() => void) | null = null
  let cancelBeat: (() => void) | null = null

  const wall = (): WallInstant => clock.now() + wallOffset()
  const setBeat = clock.setBackgroundTimer ?? clock.setTimer

  const writeState = async () => {
    const offset = wallOffset()
    const text = lineToJson({ ...checkpoint(), offset }, offset)
    const at = wall()
    await after()
    await replace(path, text, at)
  }
  const begin = writeInBackground({
    isDue: () => isDirty || isSignDue,
    write: async () => {
      const isState = isDirty
      isDirty = isSignDue = false
      try {
        await (isState ? writeState() : utimes(path, wall() / 1000, wall() / 1000))
      } catch (error) {
        // The next heartbeat tries again.
        isDirty ||= isState
        throw error
      }
    },
    inWords: (why) =>
      `the checkpoint ${path} can't be written: ${why}; the show goes on, but can't be restored after a crash`,
    onProblem,
  })
  const write = () => {
    cancelTimer = null
    void begin()
  }
  const beat = () => {
    cancelBeat = setBeat(clock.now() + heartbeat, beat)
    isSignDue = true
    void begin()
  }

  return {
    /** Writes the present state soon. The changes of one moment are written once. */
    changed(): void {
      isDirty = true
      cancelTimer ??= clock.setTimer(clock.now() + gathering, write)
      cancelBeat ??= setBeat(clock.now() + heartbeat, beat)
    },
    /** Resolves when the last change is on disk, or the problem has been reported. */
    close(): Promise<void> {
      cancelTimer?.()
      cancelBeat?.()
      return begin()
    },
  }
}

/** A checkpoint as it is written, and until when its process lived. */
export type FoundCheckpoint = { readonly written: Written | null; readonly aliveAt: WallInstant }

/** Reads the checkpoint of an earlier process; null if there is none. What can't be understood is null inside. */
export async function readCheckpoint(folder: string): Promise<FoundCheckpoint | null> {
  const path = join(folder, fileName)
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return { written: lineFromJson(text), aliveAt: Math.floor(mtimeMs) }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Keeps a checkpoint that is of no use under another name. Says so, with the reason. */
export async function setAside(folder: string, why: string): Promise<string> {
  const path = join(folder, fileName)
  for (let number = 1; ; number++) {
    const aside = join(folder, `checkpoint.aside-${number}.json`)
    if (existsSync(aside)) continue
    const kept = await rename(path, aside).then(
      () => `it is kept as ${aside}`,
      (error: unknown) => `it couldn't be set aside: ${failure(error)}`,
    )
    return `the checkpoint ${path} ${why}; ${kept}`
  }
}

/** The new file is on disk before it takes the old one's place, and its name before this resolves. */
async function replace(path: string, text: string, at: WallInstant): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w')
  try {
    await file.writeFile(text)
    await file.utimes(at / 1000, at / 1000)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
  await syncFolder(dirname(path))
}
