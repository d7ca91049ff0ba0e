import { type Finding, formatPath } from '../schema/finding.ts'
import type { Problem } from './schedule.ts'

export type Position = { readonly line: number; readonly col: number }

/** One line, as an editor understands it: `show.yaml:12:5: error: …`; without a file or a position, where it is by its path. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.col].filter((part) => part !== undefined).join(':')
  const path = problem.line === undefined && problem.path !== undefined ? formatPath(problem.path) : ''
  return [place, path, problem.severity, problem.message]
    .filter((part) => part !== '')
    .join(': ')
    .replace(/\p{Cc}/gu, escaped)
}

/** A file may hold anything, also what a terminal would take for orders. */
const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Problems of a document without lines: each with its path. */
export function problemByPath(finding: Finding): Problem {
  const { severity, code, path, other } = finding
  const message = other === undefined ? finding.message : `${finding.message} (${other.is}: ${formatPath(other.path)})`
  return { severity, code, message, path }
}

/** Problems of a text: each with its line and column. */
export function problemByLine(
  finding: Finding,
  positionOf: (path: Finding['path'], target: Finding['target']) => Position,
  file: string | undefined,
): Problem {
  const { severity, code, other } = finding
  const message =
    other === undefined
      ? finding.message
      : `${finding.message} (${other.is}: line ${positionOf(other.path, 'value').line})`
  return { severity, code, message, ...(file !== undefined && { file }), ...positionOf(finding.path, finding.target) }
}
