import { plannedLength } from '../schedule/lint/outline.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { formatProblem } from '../schedule/schema/finding.ts'
import { counted } from '../surfaces/terminal/words.ts'
import { formatDuration } from '../time/duration.ts'
import type { Io } from './io.ts'
import { readScheduleFile } from './scheduleFile.ts'

/** Checks schedule files without OBS and prints all their problems. Returns 2 if one of them is an error, otherwise 0. */
export async function validate(files: readonly string[], io: Io, { json = false } = {}): Promise<number> {
  if (files.length === 0) {
    io.stderr('validate needs a schedule file to check: stream-orchestrator validate show.yaml')
    return 2
  }
  let isValid = true
  for (const file of files) {
    const { schedule, problems } = await readScheduleFile(file)
    for (const problem of problems) io.stdout(json ? JSON.stringify(problem, keys) : formatProblem(problem))
    if (schedule === undefined) isValid = false
    else if (!json) io.stdout(`${file}: ok (${summary(schedule)})`)
  }
  return isValid ? 0 : 2
}

function summary(schedule: Schedule): string {
  const skipped = schedule.cues.filter(({ skip }) => skip).length
  const length = plannedLength(schedule)
  const parts = [counted(schedule.cues.length, 'cue')]
  if (skipped > 0) parts.push(`${skipped} skipped`)
  if (length !== null && length > 0) parts.push(`${formatDuration(length)}${schedule.rounds > 1 ? ' a round' : ''}`)
  return parts.join(', ')
}

/** The keys of a problem as an object, in this order. */
const keys = ['file', 'line', 'col', 'severity', 'code', 'message']
