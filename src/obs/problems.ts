import type { Subject } from '../schedule/whereNamed.ts'
import type { ObsReport } from './report.ts'

/** What is wrong on the side of OBS, by code and by what it is about; each change is told once. */
export type Problems = {
  raise(code: string, about: string, message: string, more?: More): void
  /** Without `about`: all of this code. */
  clear(code: string, about?: string): void
  /** Clears all of this code that are about none of these. */
  keepOnly(code: string, about: readonly string[]): void
}

/** `subject`: what of the schedule it is about; of several problems of one code, the oldest's is told. */
type More = { readonly severity?: 'error' | 'warning'; readonly subject?: Subject }

export function createProblems(send: (event: ObsReport) => void): Problems {
  const raised = new Map<string, Map<string, Raised>>()

  const change = (code: string, severity: 'error' | 'warning', edit: (all: Map<string, Raised>) => void) => {
    const all = raised.get(code) ?? new Map<string, Raised>()
    const before = inWords(all)
    edit(all)
    raised.set(code, all)
    const message = inWords(all)
    if (message === before) return
    const [oldest] = all.values()
    const subject = oldest?.subject === undefined ? {} : { subject: oldest.subject }
    send({ type: 'problem', code, severity, message, ...subject })
  }

  return {
    raise: (code, about, message, { severity = 'error', subject } = {}) =>
      change(code, severity, (all) => all.set(about, { message, subject })),
    clear: (code, about) =>
      change(code, 'error', (all) => {
        if (about === undefined) all.clear()
        else all.delete(about)
      }),
    keepOnly: (code, about) =>
      change(code, 'error', (all) => {
        for (const one of all.keys()) if (!about.includes(one)) all.delete(one)
      }),
  }
}

type Raised = { readonly message: string; readonly subject: Subject | undefined }

const inWords = (all: ReadonlyMap<string, Raised>): string | null =>
  all.size === 0 ? null : [...all.values()].map(({ message }) => message).join('; ')
