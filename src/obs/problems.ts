import type { ObsReport } from './report.ts'

/** What is wrong on the side of OBS, by code and by what it is about; each change is told once. */
export type Problems = {
  raise(code: string, about: string, message: string, severity?: 'error' | 'warning'): void
  /** Without `about`: all of this code. */
  clear(code: string, about?: string): void
  /** Clears all of this code that are about none of these. */
  keepOnly(code: string, about: readonly string[]): void
}

export function createProblems(send: (event: ObsReport) => void): Problems {
  const raised = new Map<string, Map<string, string>>()

  const change = (code: string, severity: 'error' | 'warning', edit: (messages: Map<string, string>) => void) => {
    const messages = raised.get(code) ?? new Map<string, string>()
    const before = [...messages.values()].join('; ')
    edit(messages)
    raised.set(code, messages)
    const after = [...messages.values()].join('; ')
    if (after !== before) send({ type: 'problem', code, severity, message: after === '' ? null : after })
  }

  return {
    raise: (code, about, message, severity = 'error') => change(code, severity, (all) => all.set(about, message)),
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
