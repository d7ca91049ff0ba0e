import { seal } from './checked.ts'
import { examine } from './examine.ts'
import { problemByPath } from './model/problem.ts'
import type { Problem, Schedule } from './model/schedule.ts'

export type ReadSchedule = {
  /** Undefined where a problem is an error. */
  readonly schedule: Schedule | undefined
  /** All problems in one go, in the order of the file. */
  readonly problems: readonly Problem[]
}

/** Checks a schedule that is an object already, written as in the file. Problems have a `path` in place of a position. */
export function checkSchedule(document: unknown): ReadSchedule {
  const { schedule, findings } = examine(document)
  return { schedule: schedule && seal(schedule), problems: findings.map(problemByPath) }
}
