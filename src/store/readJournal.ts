import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { WallOffset } from '../time/clock.ts'
import { type CheckpointLine, type EventLine, lineFromJson, readLine, type Written } from './lines.ts'

/** A line of a journal, its instants on the clock of the orchestrator that wrote it. `line` counts from 1. */
export type RecordedLine = { readonly line: number } & (
  | ({ readonly kind: 'checkpoint' } & CheckpointLine)
  | ({ readonly kind: 'event' } & EventLine)
  | { readonly kind: 'act' }
  /** Not a line of ours: a process that is killed may leave half of one. */
  | { readonly kind: 'broken' }
)

/** Reads a journal line by line. Rejects if the file can't be read. */
export async function* readJournal(path: string): AsyncGenerator<RecordedLine, void> {
  for await (const { line, written, offset } of writtenLines(path)) {
    const read = written === null ? null : readLine(written, offset)
    if (read === null) yield { line, kind: 'broken' }
    else if ('checkpoint' in read) yield { ...read, line, kind: 'checkpoint' }
    else if (read.event.type === 'actDue') yield { line, kind: 'act' }
    else yield { ...read, event: read.event, line, kind: 'event' }
  }
}

/** `offset`: how far the wall clock was ahead when the line was written. `written`: null if the line is broken. */
export type WrittenLine = { readonly line: number; readonly written: Written | null; readonly offset: WallOffset }

/** The lines of a journal with their times as they are written. Rejects if the file can't be read. */
export async function* writtenLines(path: string): AsyncGenerator<WrittenLine, void> {
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
