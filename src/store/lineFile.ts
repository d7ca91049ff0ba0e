import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WallOffset } from '../time/clock.ts'
import { errorCode, failure } from './failure.ts'
import { syncFolder } from './folder.ts'

/** A file that grows by lines. Nothing waits for it, so a failing disk doesn't hold up the show. */
export type LineFile = {
  append(line: string): void
  /** Keeps the present file as `keptAs` and goes on in a new one. */
  roll(keptAs: string): void
  /** Resolves when everything appended so far is on disk, or a problem has been reported. Never rejects. */
  sync(): Promise<void>
}

/** What every file of the state folder needs. */
export type WrittenFile = {
  readonly folder: string
  /** How far the wall clock is ahead of the orchestrator's own. */
  readonly wallOffset: () => WallOffset
  /** Called once when writing begins to fail, and with null once it works again. */
  readonly onProblem: (message: string | null) => void
}

/** `name`: the file's name in messages. */
export type LineFileOptions = Pick<WrittenFile, 'onProblem'> & { readonly path: string; readonly name: string }

/** How many lines wait for a failing disk to come back. Older ones are lost. */
const longestBacklog = 10_000

type Step = { readonly line: string } | { readonly keptAs: string }

export function createLineFile({ path, name, onProblem }: LineFileOptions): LineFile {
  let waiting: Step[] = []
  let writing: Promise<void> | null = null
  let syncWanted = false
  let failed = false
  let retry = false

  const write = async () => {
    while ((waiting.length > 0 || syncWanted) && (!failed || retry)) {
      retry = false
      const steps = waiting
      const sync = syncWanted
      waiting = []
      syncWanted = false
      const done = { steps: 0 }
      try {
        await carryOut(path, steps, sync, done)
        if (failed) onProblem(null)
        failed = false
      } catch (error) {
        waiting = [...steps.slice(done.steps), ...waiting].slice(-longestBacklog)
        if (!failed) onProblem(`the ${name} ${path} can't be written: ${failure(error)}; the show goes on`)
        failed = true
        syncWanted = false
      }
    }
    writing = null
  }
  const begin = () => {
    retry = true
    // In a microtask, so that lines appended together are written together.
    writing ??= Promise.resolve().then(write)
    return writing
  }

  return {
    append(line) {
      waiting.push({ line })
      begin()
    },
    roll(keptAs) {
      waiting.push({ keptAs })
      begin()
    },
    sync() {
      syncWanted = true
      return begin()
    },
  }
}

/** Opens the file each time, to notice when its folder is gone. */
async function carryOut(path: string, steps: readonly Step[], sync: boolean, done: { steps: number }): Promise<void> {
  const lines: string[] = []
  for (const step of steps) {
    if ('line' in step) {
      lines.push(step.line)
      continue
    }
    await appendWhole(path, lines.splice(0), sync)
    await moveIfThere(path, step.keptAs)
    done.steps = steps.indexOf(step) + 1
  }
  await appendWhole(path, lines, sync)
  done.steps = steps.length
}

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
