import { type Passes, percentile, type Spread } from './passes.ts'

export type Row = {
  readonly what: string
  readonly measured: string
  /** Empty if there is none. */
  readonly goal: string
  /** A peer measured in the same run, or a figure from elsewhere with its source. */
  readonly comparison: string
}

const heads: Row = {
  what: 'what',
  measured: 'measured: median (min – max)',
  goal: 'goal',
  comparison: 'for comparison',
}

/** The rows as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const columns = ['what', 'measured', 'goal', 'comparison'] as const
  const widths = columns.map((column) => Math.max(...[heads, ...rows].map((row) => row[column].length)))
  const line = (row: Row) => `| ${columns.map((column, i) => row[column].padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** `1.31 M/s (1.22 – 1.40)` */
export function shown(values: Passes, unit: string, digits = 2): string {
  const text = (value: number) => value.toFixed(digits)
  return `${text(percentile(values, 0.5))} ${unit} (${text(Math.min(...values))} – ${text(Math.max(...values))})`
}

/** `p50 0.10, p99 0.21 µs (0.19 – 0.30)` */
export const shownSpread = ({ p50, p99 }: Spread, unit: string, digits = 2): string =>
  `p50 ${percentile(p50, 0.5).toFixed(digits)}, p99 ${shown(p99, unit, digits)}`
