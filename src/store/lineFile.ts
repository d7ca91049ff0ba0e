import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WallOffset } from '../time/clock.ts'
import { errorCode } from './failure.ts'
import { syncFolder } from './folder.ts'
import { type BackgroundWrite, writeInBackground } from './writeInBackground.ts'

/** What every file of the state folder needs. */
export type WrittenFile = {
  readonly folder: string
  /** How far the wall clock is ahead of the orchestrator's own. */
  readonly wallOffset: () => WallOffset
  readonly onProblem: BackgroundWrite['onProblem']
}

/** `name`: the file's name in messages. `after`: lines are written only once this has resolved. */
export type LineFileOptions = Pick<WrittenFile, 'onProblem'> & {
  readonly path: string
  readonly name: string
  readonly after?: (() => Promise<void>) | undefined
}

/** How many lines wait for a failing disk to come back. Older ones are lost. */
const longestBacklog = 10_000

/** A line, or the name under which the file is kept when the lines before are in it. */
type Step = string | { readonly keptAs: string }

/** A file that grows by lines. Nothing waits for it, so a failing disk doesn't hold up the show. */
export function createLineFile({ path, name, after, onProblem }: LineFileOptions) {
  const waiting: Step[] = []
  let isSyncWanted = false

  /** Writes the lines up to the next roll, or rolls. */
  const writeNext = async () => {
    const [first] = waiting
    if (typeof first === 'object') {
      await moveIfThere(path, first.keptAs)
      waiting.shift()
      return
    }
    const roll = waiting.findIndex((step) => typeof step === 'object')
    const lines = waiting.slice(0, roll < 0 ? waiting.length : roll).filter((step) => typeof step === 'string')
    const sync = isSyncWanted
    // What comes after a roll must be on disk, too.
    isSyncWanted &&= roll >= 0
    await after?.()
    await appendWhole(path, lines, sync)
    waiting.splice(0, lines.length)
  }

  const begin = writeInBackground({
    isDue: () => waiting.length > 0 || isSyncWanted,
    write: () =>
      writeNext().catch((error: unknown) => {
        waiting.splice(0, waiting.length - longestBacklog)
        throw error
      }),
    inWords: (why) => `the ${name} ${path} can't be written: ${why}; the show goes on`,
    onProblem,
  })
  const add = (step: Step) => {
    waiting.push(step)
    void begin()
  }

  return {
    append: (line: string): void => add(line),
    /** Keeps the present file as `keptAs` and goes on in a new one. */
    roll: (keptAs: string): void => add({ keptAs }),
    /** Resolves when everything appended so far would outlive this process, or a problem has been reported. Never rejects. */
    written: begin,
    /** The same for a power cut: everything is on disk. */
    sync(): Promise<void> {
      isSyncWanted = true
      return begin()
    },
  }
}

/** Opens the file each time, to notice when its folder is gone. */
async function appendWhole(path: string, lines: readonly string[], sync: boolean): Promise<void> {
  if (lines.length === 0 && !sync) return
  const file = await open(path, 'a+')
  let size: number
  try {
    size = (await file.stat()).size
    if (lines.length > 0) await writeLines(file, lines, size, sync)
    else await file.datasync()
  } finally {
    await file.close()
  }
  if (size === 0) await syncFolder(dirname(path))
}

async function writeLines(file: FileHandle, lines: readonly string[], size: number, sync: boolean): Promise<void> {
  // A process that was killed in the middle of a line must not spoil the next line.
  const start = (await endsInLine(file, size)) ? '' : '\n'
  try {
    await file.appendFile(`${start}${lines.join('\n')}\n`)
    if (sync) await file.datasync()
  } catch (error) {
    // All of it is written again later, so the part that a full disk took must not stay.
    await file.truncate(size).catch(() => {})
    throw error
  }
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] === 0x0a
}

async function moveIfThere(path: string, keptAs: string): Promise<void> {
  await rename(path, keptAs).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
  })
}
