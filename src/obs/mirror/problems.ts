import type { FoundProblem } from '../../orchestrator/core/events.ts'
import { nearestNames } from '../../values/nearest.ts'
import type { ObsReport } from './events.ts'
import type { Mirror } from './mirror.ts'

/** What is wrong on the side of OBS, by code and by what it is about. */
export type Problems = Readonly<Record<string, readonly Problem[]>>
type Problem = FoundProblem & { readonly about: string }

export function raise(mirror: Mirror, code: string, about: string, problem: FoundProblem): Mirror {
  const found = mirror.problems[code] ?? []
  const isKnown = found.some((one) => one.about === about)
  const raised = isKnown
    ? found.map((one) => (one.about === about ? { ...problem, about } : one))
    : [...found, { ...problem, about }]
  return withFound(mirror, code, raised)
}

/** Without `about`: all of this code. */
export function clear(mirror: Mirror, code: string, about?: string): Mirror {
  const found = mirror.problems[code] ?? []
  return withFound(mirror, code, about === undefined ? [] : found.filter((one) => one.about !== about))
}

/** Clears all of this code that are about none of these. */
export function keepOnly(mirror: Mirror, code: string, about: readonly string[]): Mirror {
  return withFound(
    mirror,
    code,
    (mirror.problems[code] ?? []).filter((one) => about.includes(one.about)),
  )
}

/** A report for each code whose problems have changed. */
export function problemReports(before: Problems, after: Problems): readonly ObsReport[] {
  return Object.entries(after).flatMap(([code, found]): readonly ObsReport[] => {
    const old = before[code] ?? []
    const isSame = found.length === old.length && found.every(({ message }, i) => message === old[i]?.message)
    return isSame ? [] : [{ type: 'problems', code, found: found.map(({ about: _, ...problem }) => problem) }]
  })
}

/** `the nearest are "A", "B"`, or that there are none. */
export function nearestInWords(name: string, names: readonly string[]): string {
  const found = nearestNames(name, names).map((candidate) => `"${candidate}"`)
  if (found.length === 0) return 'there are none'
  return found.length === 1 ? `there is ${found[0]}` : `the nearest are ${found.join(', ')}`
}

function withFound(mirror: Mirror, code: string, found: readonly Problem[]): Mirror {
  const before = mirror.problems[code] ?? []
  if (before.length === 0 && found.length === 0) return mirror
  return { ...mirror, problems: { ...mirror.problems, [code]: found } }
}
