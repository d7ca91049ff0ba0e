import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCode } from './failure.ts'

export class StateFolderError extends Error {
  readonly reason: 'inUse' | 'unusable'

  constructor(reason: 'inUse' | 'unusable', message: string) {
    super(message)
    this.name = 'StateFolderError'
    this.reason = reason
  }
}

export type FolderLock = { readonly folder: string; release(): void }

/** Another process may be quicker to take over a lock that nobody holds any more. */
const tries = 5

/**
 * Takes a folder for this process, with a file `lock` that names the process. Takes over the lock of a process that is gone, and a
 * lock that can't be parsed, as a power cut may leave it. Throws a StateFolderError if another process holds it.
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  const release = () => {
    process.off('exit', release)
    if (read(path) === mine) unlinkSync(path)
  }
  for (let attempt = 0; attempt < tries; attempt++) {
    if (create(path, mine)) {
      process.on('exit', release)
      return { folder, release }
    }
    const theirs = read(path)
    if (theirs === null) continue
    const holder = liveHolder(theirs)
    if (holder !== null) throw inUse(folder, `process ${holder}`)
    removeStale(path, theirs)
  }
  throw inUse(folder, 'another process that has just started')
}

const create = (path: string, content: string): boolean =>
  unless('EEXIST', () => writeFileSync(path, content, { flag: 'wx' })) !== null

const read = (path: string): string | null => unless('ENOENT', () => readFileSync(path, 'utf8'))

/** Null if it fails, with this code if one is given. */
function unless<T>(code: string | null, attempt: () => T): T | null {
  try {
    return attempt()
  } catch (error) {
    if (code === null || errorCode(error) === code) return null
    throw error
  }
}

/** Moves it away first. If it is no longer the lock that was found stale, another process took over in between. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`
  if (unless('ENOENT', () => renameSync(path, aside)) === null) return
  const moved = read(aside)
  if (moved !== null && moved !== stale) create(path, moved)
  unlinkSync(aside)
}

/** The process that holds the lock; null if it is gone. */
function liveHolder(content: string): number | null {
  const holder = unless(null, () => holderSchema.parse(JSON.parse(content)))
  if (holder === null || !isAlive(holder.pid)) return null
  const started = startOf(holder.pid)
  // Another process may have the same number by now.
  const isAnother = started !== null && holder.started !== null && started !== holder.started
  return isAnother ? null : holder.pid
}

const holderSchema = z.object({ pid: z.int().min(1), started: z.string().nullable() })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** When a process started, in the units of Linux (proc_pid_stat(5), field 22); null elsewhere. */
function startOf(pid: number): string | null {
  const stat = unless(null, () => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function inUse(folder: string, by: string): StateFolderError {
  return new StateFolderError(
    'inUse',
    `state folder in use: ${folder} belongs to ${by}; stop that orchestrator first, or choose another folder with --state-dir`,
  )
}
