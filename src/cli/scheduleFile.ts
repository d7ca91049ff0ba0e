import { readFile } from 'node:fs/promises'
import type { ReadSchedule } from '../schedule/check.ts'
import type { Problem, Schedule } from '../schedule/model/schedule.ts'
import { readSchedule } from '../schedule/read.ts'
import { formatProblem } from '../schedule/schema/finding.ts'
import { decodeText } from '../schedule/text/decode.ts'
import type { Io } from './io.ts'

/** Reads a schedule file. If it can't be read, that is its only problem. */
export async function readScheduleFile(file: string): Promise<ReadSchedule> {
  try {
    const decoded = decodeText(await readFile(file))
    if ('text' in decoded) return readSchedule(decoded.text, { file })
    return { schedule: undefined, problems: [{ ...decoded.problem, file }] }
  } catch (failure) {
    return { schedule: undefined, problems: [unreadable(file, failure)] }
  }
}

/** Reads a schedule file and prints its problems on stderr. Null if one of them is an error. */
export async function loadSchedule(file: string, io: Io): Promise<Schedule | null> {
  const { schedule, problems } = await readScheduleFile(file)
  for (const problem of problems) io.stderr(formatProblem(problem))
  return schedule ?? null
}

function unreadable(file: string, failure: unknown): Problem {
  const reason = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  const messages: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file: check its name and folder',
    EISDIR: 'this is a folder: name a schedule file in it',
    EACCES: "this file can't be read: check its permissions",
  }
  const message = messages[reason] ?? `this file can't be read: ${failure instanceof Error ? failure.message : failure}`
  return { severity: 'error', code: 'unreadableFile', message, file }
}
