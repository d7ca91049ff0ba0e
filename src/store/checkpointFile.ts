import { access, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock, Millis, WallOffset } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { syncFolder } from './folder.ts'
import { type CheckpointLine, lineFromJson, lineToJson, type Written } from './lines.ts'

export type CheckpointFile = {
  /** Writes the present state soon. The changes of one moment are written once. */
  changed(): void
  /** Resolves when the last change is on disk, or the problem has been reported. */
  close(): Promise<void>
}

export type CheckpointFileOptions = {
  readonly folder: string
  readonly clock: Clock
  readonly checkpoint: () => CheckpointLine
  /** How far the wall clock is ahead of the orchestrator's own. */
  readonly wallOffset: () => WallOffset
  /** Called once when writing begins to fail, and with null once it works again. */
  readonly onProblem: (message: string | null) => void
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

export type FoundCheckpoint =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly line: Written }
  /** The message says why, and where the file is kept now. */
  | { readonly kind: 'damaged'; readonly message: string }

/** Reads the checkpoint of an earlier process. A damaged one is set aside. */
export async function readCheckpoint(folder: string): Promise<FoundCheckpoint> {
  const path = join(folder, fileName)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'none' }
    return { kind: 'damaged', message: `the checkpoint ${path} can't be read: ${failure(error)}` }
  }
  const line = lineFromJson(text)
  return line !== null && 'checkpoint' in line
    ? { kind: 'found', line }
    : { kind: 'damaged', message: await setAside(folder) }
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
