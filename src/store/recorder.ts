import type { Checkpoint } from '../orchestrator/core/checkpoint.ts'
import type { JournalEntry } from '../orchestrator/core/input.ts'
import type { DueAct } from '../playout/effect.ts'
import type { Clock, Instant } from '../time/clock.ts'
import { openCheckpointFile } from './checkpointFile.ts'
import { openJournal } from './journal.ts'
import type { WrittenFile } from './lineFile.ts'
import type { CheckpointLine } from './lines.ts'
import { type Restored, restoreFrom } from './restore.ts'

/** Keeps what happened and where the show is, so that both outlive this process. */
export type Recorder = {
  /** Records an event, right after it was applied, or acts that are due. */
  record(entry: JournalEntry | { readonly at: Instant; readonly acts: readonly DueAct[] }): void
  /**
   * Resolves when everything recorded is on disk. Carry out acts only then, so that none is done twice. If the disk fails, it resolves
   * once the problem has been reported: the show goes on.
   */
  sync(): Promise<void>
  /** What an earlier process left. Call it before the first `record`. */
  restore(): Promise<Restored>
  /** Resolves when the last checkpoint is on disk, too, or the problem has been reported. */
  close(): Promise<void>
}

export type RecorderOptions = Pick<WrittenFile, 'folder' | 'wallOffset'> & {
  readonly clock: Clock
  /** The present state, the schedule included. */
  readonly checkpoint: () => { readonly seq: number; readonly at: Instant; readonly checkpoint: Checkpoint }
  /** As for each file. */
  readonly onProblem: Readonly<Record<'journal' | 'checkpoint', WrittenFile['onProblem']>>
  /** Bytes after which a new journal file begins; default: 64 MiB. */
  readonly journalSize?: number
}

/** A recorder that keeps a journal and a checkpoint in the state folder. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { folder, clock, wallOffset, onProblem, journalSize } = options
  const run = clock.wall?.() ?? clock.now() + wallOffset()
  let lastSeq: number | null = null

  const checkpoint = (entries: number): CheckpointLine => ({ ...options.checkpoint(), run, entries })
  const journal = openJournal({ folder, checkpoint, wallOffset, onProblem: onProblem.journal, fileSize: journalSize })
  const present = () => checkpoint(journal.entries())
  const file = openCheckpointFile({ folder, clock, checkpoint: present, wallOffset, onProblem: onProblem.checkpoint })

  return {
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
      file.changed()
    },
    sync: journal.sync,
    restore: () => restoreFrom(folder, wallOffset()),
    async close() {
      await Promise.all([journal.sync(), file.close()])
    },
  }
}
