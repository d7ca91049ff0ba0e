/** Lines of the as-run log as CSV (RFC 4180), with a row of names first. `reason` is there only for some lines. */
export function asRunCsv(lines: readonly Readonly<Record<string, unknown>>[]): string {
  const rows = lines.map((line) => columns.map((column) => cellOf(line[column])))
  return [columns, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('')
}

const columns = [
  ...['cue', 'title', 'scene', 'cause', 'plannedAt', 'sentAt', 'confirmedAt', 'errorMs', 'how', 'errorFrames'],
  ...['outcome', 'reason'],
]

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
