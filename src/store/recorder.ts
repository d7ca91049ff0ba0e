import type { Checkpoint } from '../orchestrator/core/checkpoint.ts'
import type { JournalEntry } from '../orchestrator/core/input.ts'
import type { DueAct } from '../playout/effect.ts'
import type { Clock, Instant } from '../time/clock.ts'
import { openCheckpointFile } from './checkpointFile.ts'
import { openJournal } from './journal.ts'
import type { WrittenFile } from './lineFile.ts'
import { type CheckpointLine, lineVersion } from './lines.ts'
import { type Present, recoverFrom } from './restore.ts'

/**
 * Keeps what happened and where the show is, so that both outlive this process. Each line of the as-run log is on its way only after
 * the event that it comes from, and a checkpoint only after both.
 */
export type Recorder = {
  /** Records the present state. Call it before the first `record` if the first event needs a line of its own. */
  begin(): void
  /** Records an event, right after it was applied, or acts that are due. */
  record(entry: JournalEntry | { readonly at: Instant; readonly acts: readonly DueAct[] }): void
  /**
   * Resolves when everything recorded is on disk. Carry out acts only then, so that none is done twice. If the disk fails, it resolves
   * once the problem has been reported: the show goes on.
   */
  sync(): Promise<void>
  /** Resolves when everything recorded would outlive this process. */
  written(): Promise<void>
  /** The show that an earlier process left, and which files were of no use. Call it before the first `record`. */
  restore(present: Omit<Present, 'file'>): ReturnType<typeof recoverFrom>
  /** Resolves when the last checkpoint is on disk, too, or the problem has been reported. */
  close(): Promise<void>
}

export type RecorderOptions = Pick<WrittenFile, 'folder' | 'wallOffset'> & {
  readonly clock: Clock
  /** The schedule file, as an absolute path. */
  readonly file: string
  /** Resolves when the lines of the as-run log so far would outlive this process. */
  readonly asRunWritten: () => Promise<void>
  /** The present state, the schedule included. */
  readonly checkpoint: () => { readonly seq: number; readonly at: Instant; readonly checkpoint: Checkpoint }
  /** As for each file. */
  readonly onProblem: Readonly<Record<'journal' | 'checkpoint', WrittenFile['onProblem']>>
  /** Bytes after which a new journal file begins; default: 64 MiB. */
  readonly journalSize?: number
}

/** A recorder that keeps a journal and a checkpoint in the state folder. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { folder, clock, file, wallOffset, onProblem, journalSize } = options
  const run = clock.wall?.() ?? clock.now() + wallOffset()
  let lastSeq: number | null = null

  const checkpoint = (entries: number): CheckpointLine => ({
    version: lineVersion,
    file,
    ...options.checkpoint(),
    run,
    entries,
  })
  const journal = openJournal({ folder, checkpoint, wallOffset, onProblem: onProblem.journal, fileSize: journalSize })
  const present = () => checkpoint(journal.entries())
  const after = () => Promise.all([journal.written(), options.asRunWritten()]).then(() => {})
  const checkpointFile = openCheckpointFile({
    ...{ folder, clock, checkpoint: present, after, wallOffset },
    onProblem: onProblem.checkpoint,
  })

  return {
    begin() {
      journal.begin()
      checkpointFile.changed()
    },
    record(entry) {
      if ('acts' in entry) {
        const seq = lastSeq ?? options.checkpoint().seq
        for (const act of entry.acts)
          journal.append({ seq, at: entry.at, event: { type: 'actDue', ...act }, changed: {} })
      } else {
        const { seq, at, event, changed } = entry
        lastSeq = seq
        journal.append({ seq, at, event, changed })
      }
      checkpointFile.changed()
    },
    written: journal.written,
    sync: journal.sync,
    restore: (present) => recoverFrom(folder, { file, ...present }),
    async close() {
      await Promise.all([journal.sync(), checkpointFile.close()])
    },
  }
}
