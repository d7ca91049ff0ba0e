import type { FoundProblem } from '../../orchestrator/core/events.ts'
import { nearestNames } from '../../values/nearest.ts'
import type { ObsReport } from './events.ts'
import type { Mirror } from './mirror.ts'

/** What is wrong on the side of OBS, by code and by what it is about. */
export type Problems = Readonly<Record<string, readonly Problem[]>>
type Problem = FoundProblem & { readonly about: string }

export type Target = {
  readonly code: string
  readonly about: string
  readonly subject: NonNullable<FoundProblem['subject']>
}

/** `wrong` null: nothing is, or no longer. */
export function found(mirror: Mirror, { code, about, subject }: Target, wrong: string | null): Mirror {
  return wrong === null ? clear(mirror, code, about) : raise(mirror, code, about, { message: wrong, subject })
}

export function raise(mirror: Mirror, code: string, about: string, problem: FoundProblem): Mirror {
  const before = mirror.problems[code] ?? []
  const one = { ...problem, about }
  const isKnown = before.some((other) => other.about === about)
  return withFound(
    mirror,
    code,
    isKnown ? before.map((other) => (other.about === about ? one : other)) : [...before, one],
  )
}

/** Without `about`: all of this code. */
export function clear(mirror: Mirror, code: string, about?: string): Mirror {
  return keep(mirror, code, (one) => about !== undefined && one.about !== about)
}

/** Clears all of this code that are about none of these. */
export function keepOnly(mirror: Mirror, code: string, about: readonly string[]): Mirror {
  return keep(mirror, code, (one) => about.includes(one.about))
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

function keep(mirror: Mirror, code: string, isKept: (problem: Problem) => boolean): Mirror {
  const before = mirror.problems[code] ?? []
  const kept = before.filter(isKept)
  return kept.length === before.length ? mirror : withFound(mirror, code, kept)
}

function withFound(mirror: Mirror, code: string, problems: readonly Problem[]): Mirror {
  return { ...mirror, problems: { ...mirror.problems, [code]: problems } }
}
