import { readFile } from 'node:fs/promises'
import type { ReadSchedule } from '../schedule/check.ts'
import type { Problem } from '../schedule/model/schedule.ts'
import { readSchedule } from '../schedule/read.ts'
import { decodeText } from '../schedule/text/decode.ts'

/** Reads a schedule file; one that can't be read has that as its only problem. */
export async function readScheduleFile(file: string): Promise<ReadSchedule> {
  try {
    const decoded = decodeText(await readFile(file))
    if ('text' in decoded) return readSchedule(decoded.text, { file })
    return { schedule: undefined, problems: [{ ...decoded.problem, file }] }
  } catch (failure) {
    return { schedule: undefined, problems: [unreadable(file, failure)] }
  }
}

function unreadable(file: string, failure: unknown): Problem {
  const reason = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  const messages: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file: check its name and folder',
    EISDIR: 'this is a folder: name a schedule file in it',
    EACCES: 'this file may not be read: check its permissions',
  }
  const message = messages[reason] ?? `this file can't be read: ${failure instanceof Error ? failure.message : failure}`
  return { severity: 'error', code: 'unreadableFile', message, file }
}
