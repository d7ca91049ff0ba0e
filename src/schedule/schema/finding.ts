import type { Problem } from '../model/schedule.ts'

/** At most this many errors and warnings are reported, because each takes time and nobody reads more. */
export const MOST_FINDINGS = 10_000

/** Keys and indices, from the top of the document. */
export type Path = readonly (string | number)[]

/** Something wrong at a path of the document. A reader that knows the lines makes a `Problem` of it. */
export type Finding = {
  readonly severity: Problem['severity']
  readonly code: string
  readonly message: string
  readonly path: Path
  /** Whether the key itself is wrong, or its value. */
  readonly target: 'key' | 'value'
  /** A second place that is part of the problem, and what it is: `the first one`. */
  readonly other?: { readonly path: Path; readonly is: string }
}

export type Report = (finding: Finding) => void

/** A message quotes names from the file, and they may have any length. */
const LONGEST_MESSAGE = 600

export function error(code: string, path: Path, message: string, other?: Finding['other']): Finding {
  const short = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message
  return { severity: 'error', code, message: short, path, target: 'value', ...(other && { other }) }
}

export function warning(code: string, path: Path, message: string, other?: Finding['other']): Finding {
  return { ...error(code, path, message, other), severity: 'warning' }
}

/** The problem without its place. `placeOf` says where the second place is. */
export function problemOf(
  { severity, code, message, other }: Finding,
  placeOf: (path: Path) => string = formatPath,
): Problem {
  return { severity, code, message: other ? `${message} (${other.is}: ${placeOf(other.path)})` : message }
}

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

/** `cues[3].actions[0].after`. */
function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}
