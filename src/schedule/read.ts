import type { ReadSchedule } from './check.ts'
import { seal } from './checked.ts'
import { examine } from './examine.ts'
import { type Position, problemByLine } from './model/problem.ts'
import type { Problem, Schedule } from './model/schedule.ts'
import type { Path } from './schema/finding.ts'
import { quickValues } from './text/quickText.ts'
import { type ParsedText, parseText } from './text/yamlText.ts'

/** No schedule file is larger: 16 MiB. */
export const MOST_BYTES = 16 * 1024 * 1024

/** Where something stands: a position of a file, as problems name it. */
export type Place = Position & { readonly file?: string }

/** Reads the text of a schedule file. `file` is the name that problems give. Throws a TypeError for anything but a text. */
export function readSchedule(text: string, { file }: { readonly file?: string | undefined } = {}): ReadSchedule {
  if (typeof text !== 'string')
    throw new TypeError(
      'readSchedule takes the text of a schedule: decode bytes first, and give objects to checkSchedule',
    )
  const size = Buffer.byteLength(text)
  if (size > MOST_BYTES) {
    const message = `this text has ${size} bytes, and a schedule file at most ${MOST_BYTES} (16 MiB): larger schedules come through the library, by checkSchedule`
    const problem: Problem = { severity: 'error', code: 'fileTooLarge', message, line: 1, col: 1 }
    return { schedule: undefined, problems: [file === undefined ? problem : { ...problem, file }] }
  }
  const bare = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  return (bare.length >= LARGE ? readQuickly(bare, file) : undefined) ?? readWithPositions(bare, file)
}

/** Editors count columns without it. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Positions cost most of the time of reading: a large text is read without them as long as nothing is wrong with it. */
const LARGE = 100_000

function readQuickly(text: string, file: string | undefined): ReadSchedule | undefined {
  const { schedule, findings } = examine(quickValues(text))
  // A key without a name is the one thing that the two parsers read differently: `null` here, nothing there.
  if (schedule === undefined || findings.length > 0 || 'null' in schedule.scenes) return undefined
  let parsed: ParsedText | undefined
  const read = () => {
    parsed ??= parseText(text)
    return parsed
  }
  remember(schedule, file, read, () => parsed !== undefined)
  return { schedule: seal(schedule), problems: [] }
}

function readWithPositions(text: string, file: string | undefined): ReadSchedule {
  const parsed = parseText(text)
  const { schedule, findings } = examine(parsed.document)
  const problems = [...textProblems(parsed, file), ...problemsOf(findings, parsed, file)].sort(byPosition)
  if (schedule === undefined || parsed.findings.length > 0) return { schedule: undefined, problems }
  remember(
    schedule,
    file,
    () => parsed,
    () => true,
  )
  return { schedule: seal(schedule), problems }
}

/** Where the value at this path of the file (`['cues', 3, 'media']`) stands; undefined for a schedule without a text. */
export function positionOf(schedule: Schedule, path: Path): Place | undefined {
  return places.get(schedule)?.of(path)
}

/** The same, where it can be told at once: in the middle of a show nobody can wait until a large text has been read again. */
export function positionAtOnce(schedule: Schedule, path: Path): Place | undefined {
  const known = places.get(schedule)
  return known?.isAtHand() === true ? known.of(path) : undefined
}

function remember(
  schedule: Schedule,
  file: string | undefined,
  parsed: () => ParsedText,
  isAtHand: () => boolean,
): void {
  const of = (path: Path): Place => ({
    ...parsed().positions.of(path, 'value'),
    ...(file !== undefined && { file }),
  })
  places.set(schedule, { of, isAtHand })
}

const places = new WeakMap<Schedule, { of(path: Path): Place; isAtHand(): boolean }>()

function textProblems(parsed: ParsedText, file: string | undefined): Problem[] {
  return parsed.findings.map(({ severity, code, message, position }) => ({
    severity,
    code,
    message,
    ...(file !== undefined && { file }),
    ...position,
  }))
}

/** Of a text that is broken from some line on only what is wrong above is said: the rest may follow from the break. */
function problemsOf(findings: ReturnType<typeof examine>['findings'], parsed: ParsedText, file: string | undefined) {
  const problems = findings.map((finding) => problemByLine(finding, parsed.positions.of, file))
  if (parsed.brokenFrom === Number.POSITIVE_INFINITY) return problems
  const certain = new Set(['unknownKey', 'unknownValue', 'wrongType', 'invalidDuration', 'invalidTime', 'invalidValue'])
  return problems.filter(({ code, line = 0 }) => line < parsed.brokenFrom && certain.has(code))
}

function byPosition(one: Problem, other: Problem): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.col ?? 0) - (other.col ?? 0)
}
