import { examine, type ReadSchedule, seal } from './check.ts'
import type { Position, Problem, Schedule } from './model/schedule.ts'
import { type Finding, type Path, problemOf } from './schema/finding.ts'
import { type ParsedText, parseText } from './text/parse.ts'
import type { PositionOf } from './text/positions.ts'

/** The largest schedule file: 16 MiB. */
export const MOST_BYTES = 16 * 1024 * 1024

/** A position in a file. */
export type Place = Position & { readonly file?: string }

/** Reads the text of a schedule file. Problems name it `file`. Throws a TypeError for anything but a string. */
export function readSchedule(text: string, { file }: { readonly file?: string | undefined } = {}): ReadSchedule {
  if (typeof text !== 'string')
    throw new TypeError(
      'readSchedule takes the text of a schedule: decode bytes first, and give objects to checkSchedule',
    )
  const named = (problem: Problem): Problem => (file === undefined ? problem : { ...problem, file })
  const size = Buffer.byteLength(text)
  if (size > MOST_BYTES) {
    const message = `this text has ${size} bytes, but a schedule file has at most ${MOST_BYTES} (16 MiB): give larger schedules to the library, as an object for checkSchedule`
    return {
      schedule: undefined,
      problems: [named({ severity: 'error', code: 'fileTooLarge', message, line: 1, col: 1 })],
    }
  }
  const bare = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  const parsed = parseText(bare)
  const { schedule, findings } = examine(parsed.document)
  const problems = [...parsed.problems, ...certainProblems(findings, parsed)].sort(byPosition).map(named)
  if (schedule === undefined || parsed.problems.length > 0) return { schedule: undefined, problems }
  sources.set(schedule, { text: bare, file, positionIn: null })
  return { schedule: seal(schedule), problems }
}

/** Editors don't count it as a column. */
const BYTE_ORDER_MARK = '\uFEFF'

/** The position of the value at a path of the file, such as `['cues', 3, 'media']`; undefined for a schedule without a text. */
export function positionOf(schedule: Schedule, path: Path): Place | undefined {
  const source = sources.get(schedule)
  if (source === undefined) return undefined
  source.positionIn ??= parseText(source.text).positionOf
  return { ...source.positionIn(path, 'value'), ...(source.file !== undefined && { file: source.file }) }
}

/** The same, but undefined if it would take long: a running show can't wait until a large text is parsed again. */
export function positionAtOnce(schedule: Schedule, path: Path): Place | undefined {
  const source = sources.get(schedule)
  const isAtHand = source !== undefined && (source.positionIn !== null || source.text.length < LARGE)
  return isAtHand ? positionOf(schedule, path) : undefined
}

const LARGE = 100_000

/** The text of each schedule; it is parsed again when somebody asks for a position. */
const sources = new WeakMap<Schedule, Source>()
type Source = { readonly text: string; readonly file: string | undefined; positionIn: PositionOf | null }

/** If a part of the text is broken, only those findings are reported that the break can't have caused. */
function certainProblems(findings: readonly Finding[], parsed: ParsedText): Problem[] {
  const lineOf = (path: Path) => `line ${parsed.positionOf(path, 'value').line}`
  const problems = findings.map((finding) => ({
    ...problemOf(finding, lineOf),
    ...parsed.positionOf(finding.path, finding.target),
  }))
  if (parsed.isWhole) return problems
  const certain = new Set(['unknownKey', 'unknownValue', 'wrongType', 'invalidDuration', 'invalidTime', 'invalidValue'])
  return problems.filter(({ code, line }) => certain.has(code) && parsed.isSound(line))
}

const byPosition = (one: Problem, other: Problem): number =>
  (one.line ?? 0) - (other.line ?? 0) || (one.col ?? 0) - (other.col ?? 0)
