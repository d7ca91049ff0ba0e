import type { Problem } from '../model/schedule.ts'

/** Keys and indices from the top of the document down. */
export type Path = readonly (string | number)[]

/** Something wrong, by its place in the document; a reader that knows lines makes a `Problem` of it. */
export type Finding = {
  readonly severity: Problem['severity']
  readonly code: string
  readonly message: string
  readonly path: Path
  /** Whether the key itself is at fault, or what it holds. */
  readonly target: 'key' | 'value'
  /** A second place that has to do with it, and what it is: `the first one`. */
  readonly other?: { readonly path: Path; readonly is: string }
}

export type Report = (finding: Finding) => void

export function error(code: string, path: Path, message: string, other?: Finding['other']): Finding {
  return { severity: 'error', code, message, path, target: 'value', ...(other && { other }) }
}

export function warning(code: string, path: Path, message: string, other?: Finding['other']): Finding {
  return { ...error(code, path, message, other), severity: 'warning' }
}

/** `cues[3].actions[0].after`. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}
