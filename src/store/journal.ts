import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { WallOffset } from '../time/clock.ts'
import { createLineFile, type WrittenFile } from './lineFile.ts'
import {
  type ActLine,
  type CheckpointLine,
  type EventLine,
  type Line,
  lineFromJson,
  lineToJson,
  type Written,
} from './lines.ts'

export type JournalOptions = WrittenFile & {
  /** The present state, which has seen this many entries. */
  readonly checkpoint: (entries: number) => CheckpointLine
  /** Bytes after which a new file begins. The checkpoint at its head isn't counted, since it alone may be larger. */
  readonly fileSize?: number | undefined
}

export const journalFile = 'journal.jsonl'

/**
 * Opens `journal.jsonl`: everything that happened, for replay. Each process and each file begins with a line that holds a
 * checkpoint. A full file is kept as `journal-0001.jsonl` and so on.
 */
export function openJournal(options: JournalOptions) {
  const { folder, checkpoint, wallOffset, onProblem, fileSize = 64 * 2 ** 20 } = options
  const path = join(folder, journalFile)
  const file = createLineFile({ path, name: 'journal', onProblem })
  const keptNames = new Set<string>()
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let hasBegun = false
  let entries = 0
  let lastOffset: WallOffset | null = null

  /** Returns how many bytes the line takes. */
  const write = (line: Line): number => {
    const offset = wallOffset()
    const text = lineToJson(offset === lastOffset ? line : { ...line, offset }, offset)
    lastOffset = offset
    file.append(text)
    return Buffer.byteLength(text) + 1
  }
  const writeHead = () => {
    lastOffset = null
    write(checkpoint(entries))
  }
  const roll = () => {
    file.roll(nextName(folder, keptNames))
    size = 0
    writeHead()
  }

  const begin = () => {
    hasBegun = true
    if (size < fileSize) writeHead()
    else roll()
  }

  return {
    /**
     * Appends an event that has been applied, or an act. The first event of a process isn't written: the checkpoint at the head of
     * the journal contains it.
     */
    append(line: EventLine | ActLine): void {
      const isEvent = line.event.type !== 'actDue'
      if (isEvent) entries++
      if (!hasBegun) {
        begin()
        if (isEvent) return
      }
      if (!isEvent) entries++
      size += write(line)
      if (size >= fileSize) roll()
    },
    /** Begins with a line of its own for the present state, so that the first event has one too. Call it before `append`. */
    begin,
    /** How many events and acts have been appended. */
    entries: () => entries,
    /** Resolves when all lines would outlive this process, or the problem has been reported. */
    written: file.written,
    /** Resolves when all lines are on disk. If the disk fails, it resolves once the problem has been reported: the show goes on. */
    sync: file.sync,
  }
}

/** The next number that no kept file has. `given`: those on their way to disk. */
function nextName(folder: string, given: Set<string>): string {
  const taken = [...namesIn(folder), ...given].map((name) => Number(/^journal-(\d+)\.jsonl$/.exec(name)?.[1] ?? 0))
  const name = `journal-${String(Math.max(0, ...taken) + 1).padStart(4, '0')}.jsonl`
  given.add(name)
  return join(folder, name)
}

/** None if the folder is gone; the next write reports that. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/**
 * A line of a journal with its times as they are written; null if it is broken, because a process that is killed may leave half of one.
 * `line` counts from 1. `offset`: how far the wall clock was ahead when it was written.
 */
export type JournalLine = { readonly line: number; readonly written: Written | null; readonly offset: WallOffset }

/** Reads a journal line by line. Rejects if the file can't be read. */
export async function* readJournal(path: string): AsyncGenerator<JournalLine, void> {
  const texts = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  let offset: WallOffset = 0
  let line = 0
  for await (const text of texts) {
    line++
    if (text === '') continue
    const written = lineFromJson(text)
    if (typeof written?.['offset'] === 'number') offset = written['offset']
    yield { line, written, offset }
  }
}
