import { existsSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock, Millis } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { syncFolder } from './folder.ts'
import type { WrittenFile } from './lineFile.ts'
import { type CheckpointLine, lineFromJson, lineToJson, type Written } from './lines.ts'
import { writeInBackground } from './writeInBackground.ts'

export type CheckpointFileOptions = WrittenFile & {
  readonly clock: Clock
  readonly checkpoint: () => CheckpointLine
}

/** A write must have begun within 20 ms of a change. */
const gathering: Millis = 10

const fileName = 'checkpoint.json'

/** Opens `checkpoint.json`: where the show is. It is replaced whole, so a reader never finds half of it. */
export function openCheckpointFile(options: CheckpointFileOptions) {
  const { folder, clock, checkpoint, wallOffset, onProblem } = options
  const path = join(folder, fileName)
  let isDirty = false
  let cancelTimer = () => {}

  const begin = writeInBackground({
    isDue: () => isDirty,
    write: () => {
      isDirty = false
      const offset = wallOffset()
      return replace(path, lineToJson({ ...checkpoint(), offset }, offset))
    },
    inWords: (why) =>
      `the checkpoint ${path} can't be written: ${why}; the show goes on, but can't be restored after a crash`,
    onProblem,
  })

  return {
    /** Writes the present state soon. The changes of one moment are written once. */
    changed(): void {
      if (!isDirty) cancelTimer = clock.setTimer(clock.now() + gathering, begin)
      isDirty = true
    },
    /** Resolves when the last change is on disk, or the problem has been reported. */
    close(): Promise<void> {
      cancelTimer()
      return begin()
    },
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
    if (existsSync(aside)) continue
    const kept = await rename(path, aside).then(
      () => `it is kept as ${aside}`,
      (error: unknown) => `it couldn't be set aside: ${failure(error)}`,
    )
    return `the checkpoint ${path} is damaged; ${kept}`
  }
}

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
