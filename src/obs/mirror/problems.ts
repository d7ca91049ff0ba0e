import type { FoundProblem } from '../../orchestrator/core/events.ts'
import { nearestNames } from '../../values/nearest.ts'
import type { ObsReport } from './events.ts'
import type { Mirror } from './mirror.ts'

/** What is wrong on the side of OBS, by code and by what it is about. */
export type Problems = Readonly<Record<string, ProblemsByAbout>>
type ProblemsByAbout = Readonly<Record<string, FoundProblem>>

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
  return withFound(mirror, code, { ...mirror.problems[code], [about]: problem })
}

/** Without `about`: all of this code. */
export function clear(mirror: Mirror, code: string, about?: string): Mirror {
  return keep(mirror, code, (one) => about !== undefined && one !== about)
}

/** Clears all of this code that are about none of these. */
export function keepOnly(mirror: Mirror, code: string, about: readonly string[]): Mirror {
  return keep(mirror, code, (one) => about.includes(one))
}

/** A report for each code whose problems have changed. */
export function problemReports(before: Problems, after: Problems): readonly ObsReport[] {
  return Object.entries(after).flatMap(([code, problems]): readonly ObsReport[] => {
    const found = Object.values(problems)
    const old = Object.values(before[code] ?? {})
    const isSame = found.length === old.length && found.every(({ message }, i) => message === old[i]?.message)
    return isSame ? [] : [{ type: 'problems', code, found }]
  })
}

/** `the nearest are "A", "B"`, or that there are none. */
export function nearestInWords(name: string, names: readonly string[]): string {
  const found = nearestNames(name, names).map((candidate) => `"${candidate}"`)
  if (found.length === 0) return 'there are none'
  return found.length === 1 ? `there is ${found[0]}` : `the nearest are ${found.join(', ')}`
}

function keep(mirror: Mirror, code: string, isKept: (about: string) => boolean): Mirror {
  const before = Object.entries(mirror.problems[code] ?? {})
  const kept = before.filter(([about]) => isKept(about))
  return kept.length === before.length ? mirror : withFound(mirror, code, Object.fromEntries(kept))
}

function withFound(mirror: Mirror, code: string, problems: ProblemsByAbout): Mirror {
  return { ...mirror, problems: { ...mirror.problems, [code]: problems } }
}
