import { join } from 'node:path'
import type { WallOffset } from '../time/clock.ts'
import { readCheckpoint } from './checkpointFile.ts'
import { errorCode, failure } from './failure.ts'
import { type JournalLine, journalFile, readJournal } from './journal.ts'
import { type CheckpointLine, type EventLine, isAct, isCheckpoint, isEvent, readLine, type Written } from './lines.ts'

/** What an earlier process left. Its instants and offsets are those of the present orchestrator's clock. */
export type Restored = {
  /** The newest state; null if there is none. */
  readonly state: CheckpointLine | null
  /** The events after that state, in order. */
  readonly events: readonly EventLine[]
  /** The ids of the acts after that state that may have been carried out already. */
  readonly acts: readonly number[]
  /** Which files were of no use, and why. */
  readonly problems: readonly string[]
}

/** Finds the newest state in the checkpoint file or the journal, and what the journal has after it. */
export async function restoreFrom(folder: string, wallOffset: WallOffset): Promise<Restored> {
  const problems: string[] = []
  const checkpoint = await readCheckpoint(folder, (message) => problems.push(message))
  const tail = await tailOf(join(folder, journalFile)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') problems.push(`the journal in ${folder} can't be read: ${failure(error)}`)
    return []
  })
  const found = checkpoint === null ? tail : goingOnFrom(checkpoint, tail)
  // The two orchestrators see the same wall clock, each as far ahead of its own clock as its offset says.
  const ahead = (found.at(-1)?.offset ?? wallOffset) - wallOffset
  const lines = found.map(({ written, offset }) => readLine(written, offset, ahead)).filter((line) => line !== null)
  return {
    state: lines.find(isCheckpoint) ?? null,
    events: lines.filter(isEvent),
    acts: lines.filter(isAct).map(({ event }) => event.id),
    problems,
  }
}

type Dated = Omit<JournalLine, 'line'>

/** The last checkpoint of the journal and what comes after it. */
async function tailOf(path: string): Promise<readonly Dated[]> {
  let tail: Dated[] = []
  for await (const dated of readJournal(path)) {
    if (dated.written === null) continue
    if ('checkpoint' in dated.written) tail = [dated]
    else if (tail.length > 0) tail.push(dated)
  }
  return tail
}

/** The checkpoint and what the journal has after it; the journal alone if that begins with a newer one. */
function goingOnFrom(checkpoint: Written, tail: readonly Dated[]): readonly Dated[] {
  const alone = { written: checkpoint, offset: numberIn(checkpoint, 'offset') }
  const head = tail[0]?.written ?? null
  if (head === null) return [alone]
  if (checkpoint['run'] !== head['run']) return String(checkpoint['at']) < String(head['at']) ? tail : [alone]
  const seen = numberIn(checkpoint, 'entries') - numberIn(head, 'entries')
  return seen < 0 ? tail : [alone, ...tail.slice(1 + seen)]
}

function numberIn(line: Written, field: string): number {
  const value = line[field]
  return typeof value === 'number' ? value : 0
}
