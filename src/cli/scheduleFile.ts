import { readFile } from 'node:fs/promises'
import type { ReadSchedule } from '../schedule/check.ts'
import { formatProblem } from '../schedule/model/problem.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { readSchedule } from '../schedule/read.ts'
import { decodeText } from '../schedule/text/decode.ts'
import { errorCode, failure } from '../store/failure.ts'
import type { Io } from './io.ts'

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

/** Reads a schedule file and prints its problems on stderr. Null if one of them is an error. */
export async function loadSchedule(file: string, io: Io): Promise<Schedule | null> {
  const { schedule, problems } = await readScheduleFile(file)
  for (const problem of problems) io.stderr(formatProblem(problem))
  return schedule ?? null
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check its name and folder',
  EISDIR: 'this is a folder: name a schedule file in it',
  EACCES: "this file can't be read: check its permissions",
}
