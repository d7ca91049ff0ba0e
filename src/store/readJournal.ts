import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Checkpoint } from '../orchestrator/core/checkpoint.ts'
import type { Cause } from '../orchestrator/core/input.ts'
import { seal } from '../schedule/checked.ts'
import type { Instant, Millis } from '../time/clock.ts'
import { fromJson, fromWallTimes } from './wallTimes.ts'

/** A line of a journal with the instants of the orchestrator that wrote it. */
export type RecordedLine = { readonly line: number } & (
  | { readonly kind: 'checkpoint'; readonly seq: number; readonly checkpoint: Checkpoint }
  | {
      readonly kind: 'event'
      readonly seq: number
      readonly at: Instant
      readonly event: Cause
      readonly changed: object
    }
  | { readonly kind: 'act' }
  /** Not JSON: a process that was killed may leave half a line. */
  | { readonly kind: 'broken' }
)

/** Reads a journal line by line. Rejects where the file can't be read. */
export async function* readJournal(path: string): AsyncGenerator<RecordedLine, void> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  let offset: Millis = 0
  let line = 0
  for await (const text of lines) {
    line++
    if (text === '') continue
    const written = parsed(text)
    if (written === null) {
      yield { line, kind: 'broken' }
      continue
    }
    if (typeof written['offset'] === 'number') offset = written['offset']
    yield { line, ...recorded(written, offset) }
  }
}

type Written = Readonly<Record<string, unknown>>

function parsed(text: string): Written | null {
  try {
    const value: unknown = fromJson(text)
    return isMap(value) && typeof value['seq'] === 'number' ? value : null
  } catch {
    return null
  }
}

// The orchestrator itself wrote these lines: only their outline is looked at here, and what they hold is taken as it is.
function recorded(written: Written, offset: Millis) {
  const value = fromWallTimes(written, offset)
  if (!isMap(value)) return { kind: 'broken' } as const
  const { seq, at, event, changed, checkpoint } = value
  if (isMap(checkpoint)) {
    if (isMap(checkpoint['schedule'])) seal(checkpoint['schedule'] as never)
    return { kind: 'checkpoint', seq: seq as number, checkpoint: checkpoint as unknown as Checkpoint } as const
  }
  if (!isMap(event) || !isMap(changed) || typeof at !== 'number') return { kind: 'broken' } as const
  if (event['type'] === 'actDue') return { kind: 'act' } as const
  if (isMap(event['schedule'])) seal(event['schedule'] as never)
  return { kind: 'event', seq: seq as number, at, event: event as unknown as Cause, changed } as const
}

const isMap = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value)
