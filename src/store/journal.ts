import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DueAct } from '../playout/effect.ts'
import type { Instant, Millis } from '../time/clock.ts'
import { createLineFile } from './lineFile.ts'
import { toJson, toWallTimes } from './wallTimes.ts'

/** An event and what it changed: whole top-level fields of the snapshot, none for a refusal. */
export type JournalLine = {
  readonly seq: number
  readonly at: Instant
  readonly event: object
  readonly changed: object
}

export type Journal = {
  /** To be called once the event has been applied. The first one of a process is in the checkpoint that the journal begins with. */
  append(line: JournalLine): void
  /**
   * Resolves when it is on disk that these acts are due: only then may they be carried out, so that none is done twice. When the disk
   * fails it resolves too, after the problem has been reported: the show goes on.
   */
  writeActs(acts: readonly DueAct[], at: Instant): Promise<void>
  close(): Promise<void>
}

export type JournalOptions = {
  readonly folder: string
  /** All that is needed to go on from the present state, the schedule included. */
  readonly checkpoint: () => { readonly seq: number; readonly at: Instant; readonly checkpoint: object }
  /** How far the wall clock is ahead of the orchestrator's time line. */
  readonly wallOffset: () => Millis
  readonly onProblem: (message: string | null) => void
  /** Bytes after which a new file begins. The checkpoint at its head isn't counted: it may be larger by itself. */
  readonly fileSize?: number
}

const mebibyte = 2 ** 20

/**
 * `journal.jsonl`: everything that happened, to run it again. Each process and each file begins with a line that holds a checkpoint. A
 * full file is kept as `journal-0001.jsonl` and so on. A line has its `offset` when the wall clock has moved since the line before.
 */
export function openJournal(options: JournalOptions): Journal {
  const { folder, checkpoint, wallOffset, onProblem, fileSize = 64 * mebibyte } = options
  const path = join(folder, 'journal.jsonl')
  const file = createLineFile({ path, name: 'journal', onProblem })
  let size = sizeOf(path)
  let hasBegun = false
  let lastSeq = 0
  let lastOffset: Millis | null = null

  /** Returns how many bytes it takes. */
  const write = (line: object): number => {
    const offset = wallOffset()
    const moved = offset === lastOffset ? line : { ...line, offset }
    lastOffset = offset
    const text = toJson(toWallTimes(moved, offset))
    file.append(text)
    return Buffer.byteLength(text) + 1
  }

  const beginFile = () => {
    lastOffset = null
    const { seq, at, checkpoint: held } = checkpoint()
    lastSeq = seq
    write({ seq, at, checkpoint: held })
  }

  const keptNames = new Set<string>()
  const roll = () => {
    file.roll(nextName(folder, keptNames))
    size = 0
    beginFile()
  }

  const begin = () => {
    hasBegun = true
    if (size < fileSize) beginFile()
    else roll()
  }

  return {
    append({ seq, at, event, changed }) {
      if (!hasBegun) return begin()
      lastSeq = seq
      size += write({ seq, at, event, changed })
      if (size >= fileSize) roll()
    },
    async writeActs(acts, at) {
      if (!hasBegun) begin()
      for (const act of acts) size += write({ seq: lastSeq, at, event: { type: 'actDue', ...act }, changed: {} })
      await file.sync()
    },
    close: () => file.close(),
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** The next number that no kept file has, `given` being those on their way. */
function nextName(folder: string, given: Set<string>): string {
  const taken = [...namesIn(folder), ...given].map((name) => Number(/^journal-(\d+)\.jsonl$/.exec(name)?.[1] ?? 0))
  const name = `journal-${String(Math.max(0, ...taken) + 1).padStart(4, '0')}.jsonl`
  given.add(name)
  return join(folder, name)
}

/** None where the folder is gone; that is reported when it is written to. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
