import type { FoundProblem } from '../../orchestrator/core/events.ts'
import type { Subject } from '../../schedule/text/whereNamed.ts'
import type { ObsReport } from './report.ts'

/** What is wrong on the side of OBS, by code and by what it is about; each change is told once. */
export type Problems = {
  raise(code: string, about: string, message: string, more?: More): void
  /** Without `about`: all of this code. */
  clear(code: string, about?: string): void
  /** Clears all of this code that are about none of these. */
  keepOnly(code: string, about: readonly string[]): void
}

/** `subject`: what of the schedule it is about. */
type More = { readonly severity?: 'error' | 'warning'; readonly subject?: Subject }

export function createProblems(send: (event: ObsReport) => void): Problems {
  const raised = new Map<string, Map<string, FoundProblem>>()

  const change = (code: string, edit: (all: Map<string, FoundProblem>) => void) => {
    const all = raised.get(code) ?? new Map<string, FoundProblem>()
    const before = [...all.values()]
    edit(all)
    raised.set(code, all)
    const found = [...all.values()]
    const isNew = found.length !== before.length || found.some(({ message }, i) => message !== before[i]?.message)
    if (isNew) send({ type: 'problems', code, found })
  }

  return {
    raise: (code, about, message, more = {}) => change(code, (all) => all.set(about, { message, ...more })),
    clear: (code, about) =>
      change(code, (all) => {
        if (about === undefined) all.clear()
        else all.delete(about)
      }),
    keepOnly: (code, about) =>
      change(code, (all) => {
        for (const one of all.keys()) if (!about.includes(one)) all.delete(one)
      }),
  }
}
