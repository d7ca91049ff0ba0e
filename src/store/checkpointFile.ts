import { access, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock, Millis } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { syncFolder } from './folder.ts'
import { fromJson, fromWallTimes, toJson, toWallTimes } from './wallTimes.ts'

export type CheckpointFile = {
  /** Writes it soon; a newer one takes the place of one that waits. The value is read later: it must not change. */
  save(checkpoint: object): void
  /** Resolves when the newest one is on disk, or the problem has been reported. */
  close(): Promise<void>
}

export type CheckpointFileOptions = {
  readonly folder: string
  readonly clock: Clock
  /** How far the wall clock is ahead of the orchestrator's time line. */
  readonly wallOffset: () => Millis
  /** Once when writing begins to fail, and null once it works again. */
  readonly onProblem: (message: string | null) => void
}

/** The changes of one moment are written once. Less than the 20 ms in which a write has to have begun. */
const gathering: Millis = 10

const fileName = 'checkpoint.json'

/** `checkpoint.json`: where the show is, replaced whole, so that whoever reads it finds the old one or the new one and never half of one. */
export function openCheckpointFile({ folder, clock, wallOffset, onProblem }: CheckpointFileOptions): CheckpointFile {
  const path = join(folder, fileName)
  let newest: object | null = null
  let writing: Promise<void> | null = null
  let cancelTimer: (() => void) | null = null
  let failed = false

  const write = async () => {
    while (newest) {
      const checkpoint = newest
      newest = null
      try {
        await replace(path, toJson(toWallTimes(checkpoint, wallOffset())))
        if (failed) onProblem(null)
        failed = false
      } catch (error) {
        if (!failed) {
          onProblem(
            `the checkpoint ${path} cannot be written: ${failure(error)}; the show goes on, but not after a crash`,
          )
        }
        failed = true
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
    save(checkpoint) {
      newest = checkpoint
      if (writing === null && cancelTimer === null) cancelTimer = clock.setTimer(clock.now() + gathering, begin)
    },
    close: () => begin(),
  }
}

export type FoundCheckpoint =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly checkpoint: unknown }
  /** Kept aside for whoever wants to know; `message` says so. */
  | { readonly kind: 'damaged'; readonly message: string }

/** Reads the checkpoint of an earlier process; its times become instants of this one's time line. */
export async function readCheckpoint(folder: string, wallOffset: Millis): Promise<FoundCheckpoint> {
  const path = join(folder, fileName)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'none' }
    return { kind: 'damaged', message: `the checkpoint ${path} cannot be read: ${failure(error)}; starting without it` }
  }
  try {
    return { kind: 'found', checkpoint: fromWallTimes(fromJson(text), wallOffset) }
  } catch (error) {
    return { kind: 'damaged', message: await setCheckpointAside(folder, failure(error)) }
  }
}

/** Keeps a checkpoint that can't be used under another name, and says in one line what it was, why, and where it is now. */
async function setCheckpointAside(folder: string, why: string): Promise<string> {
  const path = join(folder, fileName)
  for (let number = 1; ; number++) {
    const aside = join(folder, `checkpoint.damaged-${number}.json`)
    if (await exists(aside)) continue
    const kept = await rename(path, aside).then(
      () => `kept as ${aside}`,
      (error: unknown) => `which could not be kept aside: ${failure(error)}`,
    )
    return `the checkpoint ${path} is damaged (${why}), ${kept}; starting without it`
  }
}

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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
