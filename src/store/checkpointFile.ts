import { access, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock, Millis } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { syncFolder } from './folder.ts'
import type { WrittenFile } from './lineFile.ts'
import { type CheckpointLine, lineFromJson, lineToJson, type Written } from './lines.ts'

export type CheckpointFile = {
  /** Writes the present state soon. The changes of one moment are written once. */
  changed(): void
  /** Resolves when the last change is on disk, or the problem has been reported. */
  close(): Promise<void>
}

export type CheckpointFileOptions = WrittenFile & {
  readonly clock: Clock
  readonly checkpoint: () => CheckpointLine
}

/** A write must have begun within 20 ms of a change. */
const gathering: Millis = 10

const fileName = 'checkpoint.json'

/** Opens `checkpoint.json`: where the show is. It is replaced whole, so a reader never finds half of it. */
export function openCheckpointFile(options: CheckpointFileOptions): CheckpointFile {
  const { folder, clock, checkpoint, wallOffset, onProblem } = options
  const path = join(folder, fileName)
  let isDirty = false
  let writing: Promise<void> | null = null
  let cancelTimer: (() => void) | null = null
  let hasFailed = false

  const write = async () => {
    while (isDirty) {
      isDirty = false
      const offset = wallOffset()
      try {
        await replace(path, lineToJson({ ...checkpoint(), offset }, offset))
        if (hasFailed) onProblem(null)
        hasFailed = false
      } catch (error) {
        const why = `the checkpoint ${path} can't be written: ${failure(error)}`
        if (!hasFailed) onProblem(`${why}; the show goes on, but can't be restored after a crash`)
        hasFailed = true
      }
    }
    writing = null
  }
  const begin = () => {
    cancelTimer?.()
    cancelTimer = null
    writing ??= write()
    return writing
  }

  return {
    changed() {
      isDirty = true
      if (writing === null && cancelTimer === null) cancelTimer = clock.setTimer(clock.now() + gathering, begin)
    },
    close: begin,
  }
}

/**
 * Reads the checkpoint of an earlier process; null if there is none that can be used. `onProblem` is told why, and where a damaged
 * one is kept.
 */
export async function readCheckpoint(folder: string, onProblem: (message: string) => void): Promise<Written | null> {
  const path = join(folder, fileName)
  try {
    const line = lineFromJson(await readFile(path, 'utf8'))
    if (line !== null && 'checkpoint' in line) return line
    onProblem(await setAside(folder))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') onProblem(`the checkpoint ${path} can't be read: ${failure(error)}`)
  }
  return null
}

async function setAside(folder: string): Promise<string> {
  const path = join(folder, fileName)
  for (let number = 1; ; number++) {
    const aside = join(folder, `checkpoint.damaged-${number}.json`)
    if (await exists(aside)) continue
    const kept = await rename(path, aside).then(
      () => `it is kept as ${aside}`,
      (error: unknown) => `it couldn't be set aside: ${failure(error)}`,
    )
    return `the checkpoint ${path} is damaged; ${kept}`
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** The new file is on disk before it takes the old one's place, and its name before this resolves. */
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w')
  try {
    await file.writeFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
  await syncFolder(dirname(path))
}
