import { join } from 'node:path'
import { z } from 'zod'
import { type Recovered, recover } from '../orchestrator/core/recovery.ts'
import { MODES } from '../orchestrator/core/snapshot.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Instant, WallOffset } from '../time/clock.ts'
import { type FoundCheckpoint, readCheckpoint, setAside } from './checkpointFile.ts'
import { errorCode, failure } from './failure.ts'
import { type JournalLine, journalFile, readJournal } from './journal.ts'
import {
  type CheckpointLine,
  type EventLine,
  isAct,
  isCheckpoint,
  isEvent,
  lineVersion,
  readLine,
  type Written,
} from './lines.ts'

/** What is known of the present process. */
export type Present = {
  /** The schedule file, as an absolute path, and what it says. */
  readonly file: string
  readonly schedule: Schedule
  readonly at: Instant
  readonly wallOffset: WallOffset
}

/** What an earlier process left. Its instants and offsets are those of the present orchestrator's clock. */
export type Restored = {
  /** The newest state; null if there is none. */
  readonly state: CheckpointLine | null
  /** The events after that state, in order. */
  readonly events: readonly EventLine[]
  /** The ids of the acts after that state that may have been carried out already. */
  readonly acts: readonly number[]
  /** When that process is last known to have been alive. */
  readonly aliveAt: Instant
  /** Which files were of no use, and why. */
  readonly problems: readonly string[]
}

/** Finds what to go on from. A checkpoint that makes no sense is set aside, and the journal is tried without it. */
export async function recoverFrom(
  folder: string,
  present: Present,
): Promise<Recovered & { readonly problems: readonly string[] }> {
  const problems: string[] = []
  for (const isLast of [false, true]) {
    const { state, problems: found, ...left } = await restoreFrom(folder, present)
    problems.push(...found)
    if (state === null) break
    try {
      return { ...recover({ ...left, ...state }, present.schedule, present.at), problems }
    } catch (error) {
      problems.push(
        isLast ? `the journal in ${folder} is damaged` : await setAside(folder, `is damaged (${failure(error)})`),
      )
    }
  }
  return { lines: [], kept: {}, show: null, problems }
}

/** Finds the newest state in the checkpoint file or the journal, and what the journal has after it. */
export async function restoreFrom(folder: string, present: Present): Promise<Restored> {
  const { at, wallOffset } = present
  const problems: string[] = []
  const checkpoint = await usableCheckpoint(folder, present, problems)
  const tail = await tailOf(join(folder, journalFile)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') problems.push(`the journal in ${folder} can't be read: ${failure(error)}`)
    return []
  })
  const why = unusable(tail[0]?.written ?? null, present)
  if (tail.length > 0 && why !== null) problems.push(`the journal in ${folder} ${why}`)
  const found = goingOnFrom(checkpoint?.written ?? null, why === null ? tail : [])

  // If the wall clock has been set back since, it is as if no time had passed; the clock event that follows sets this right.
  const times = found.map(({ written }) => Date.parse(String(written?.['at']))).filter(Number.isFinite)
  const livedUntil = Math.max(checkpoint?.aliveAt ?? 0, ...times)
  const offset = wallOffset + Math.max(0, livedUntil - at - wallOffset)
  // The two orchestrators see the same wall clock, each as far ahead of its own clock as its offset says.
  const ahead = (found.at(-1)?.offset ?? offset) - offset
  const lines = found.map((line) => readLine(line.written, line.offset, ahead)).filter((line) => line !== null)
  return {
    state: lines.find(isCheckpoint) ?? null,
    events: lines.filter(isEvent),
    acts: lines.filter(isAct).map(({ event }) => event.id),
    aliveAt: livedUntil - offset,
    problems,
  }
}

/** Sets a checkpoint aside that can't be used. */
async function usableCheckpoint(folder: string, present: Present, problems: string[]): Promise<FoundCheckpoint | null> {
  try {
    const found = await readCheckpoint(folder)
    const why = found === null ? null : unusable(found.written, present)
    if (why === null) return found
    problems.push(await setAside(folder, why))
  } catch (error) {
    problems.push(`the checkpoint in ${folder} can't be read: ${failure(error)}`)
  }
  return null
}

/** Why nothing can go on from this state; null if it can. */
function unusable(written: Written | null, { file, schedule }: Present): string | null {
  const version = written?.['version']
  if (typeof version === 'number' && version > lineVersion) return 'comes from a newer version of this program'
  const parsed = outline.safeParse(written)
  if (!parsed.success) return 'is damaged'
  const isOurs = parsed.data.file === file || parsed.data.checkpoint.schedule?.digest === schedule.digest
  return isOurs ? null : `belongs to another schedule, ${parsed.data.file}`
}

const time = z.iso.datetime()
/** Where a show is. Only an orchestrator writes the rest, and it can't go wrong alone. */
const outline = z.looseObject({
  version: z.literal(lineVersion),
  file: z.string(),
  seq: z.int(),
  at: time,
  entries: z.int(),
  checkpoint: z.looseObject({
    mode: z.enum(MODES),
    show: z.looseObject({
      at: time,
      offset: z.number(),
      playhead: z.looseObject({ index: z.int(), entry: z.int(), enteredAt: time, startedAt: time }).nullable(),
    }),
    air: z.looseObject({ takeCount: z.int(), actCount: z.int(), program: z.looseObject({}) }),
    outside: z.looseObject({ kept: z.looseObject({}), scenes: z.looseObject({ renamed: z.array(z.unknown()) }) }),
    problems: z.array(z.looseObject({ code: z.string() })),
    schedule: z.looseObject({ digest: z.string() }).nullable(),
  }),
})

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
function goingOnFrom(checkpoint: Written | null, tail: readonly Dated[]): readonly Dated[] {
  if (checkpoint === null) return tail
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
