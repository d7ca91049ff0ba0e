import { formatPath } from '../schema/finding.ts'
import type { Problem } from './schedule.ts'

export type Position = { readonly line: number; readonly col: number }

/** One line in the form that editors understand, `show.yaml:12:5: error: …`. Without a position, it begins with the path. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.col].filter((part) => part !== undefined).join(':')
  const path = problem.line === undefined && problem.path !== undefined ? formatPath(problem.path) : ''
  return [place, path, problem.severity, problem.message]
    .filter((part) => part !== '')
    .join(': ')
    .replace(/\p{Cc}/gu, escaped)
}

/** A file may hold anything, including the escape sequences of a terminal. */
const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
