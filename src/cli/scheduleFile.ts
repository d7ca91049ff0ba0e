import { readFile } from 'node:fs/promises'
import type { ReadSchedule } from '../schedule/check.ts'
import { readSchedule } from '../schedule/read.ts'
import { decodeText } from '../schedule/text/decode.ts'
import { errorCode, failure } from '../store/failure.ts'

/** Reads a schedule file. If it can't be read, that is its only problem. */
export async function readScheduleFile(file: string): Promise<ReadSchedule> {
  try {
    const decoded = decodeText(await readFile(file))
    if ('text' in decoded) return readSchedule(decoded.text, { file })
    return { schedule: undefined, problems: [{ ...decoded.problem, file }] }
  } catch (error) {
    const message = unreadable[errorCode(error) ?? ''] ?? `this file can't be read: ${failure(error)}`
    return { schedule: undefined, problems: [{ severity: 'error', code: 'unreadableFile', message, file }] }
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check its name and folder',
  EISDIR: 'this is a folder: name a schedule file in it',
  EACCES: "this file can't be read: check its permissions",
}
