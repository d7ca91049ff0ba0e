import { createHash } from 'node:crypto'
import { isMap, shown } from '../values/fields.ts'
import { lint } from './lint/lint.ts'
import type { Problem, Schedule } from './model/schedule.ts'
import { readCues } from './schema/cues.ts'
import { error, type Finding, MOST_FINDINGS, type Path, problemOf, type Report } from './schema/finding.ts'
import { readHead, readRecurring, readScenes } from './schema/head.ts'
import { readHotkeys } from './schema/hotkeys.ts'
import { MOST_CUES } from './schema/schema.ts'

export type ReadSchedule = {
  /** Undefined if one of the problems is an error. */
  readonly schedule: Schedule | undefined
  /** All problems, in the order of the file. */
  readonly problems: readonly Problem[]
}

/** Checks an object written like a schedule file. Its problems have a `path` instead of a line and column. */
export function checkSchedule(document: unknown): ReadSchedule {
  const { schedule, findings } = examine(document)
  const problems = findings.map((finding) => ({ ...problemOf(finding), path: finding.path }))
  return { schedule: schedule && seal(schedule), problems }
}

const schedules = new WeakSet<object>()

/** Whether `readSchedule` or `checkSchedule` returned this value. */
export function isChecked(value: unknown): value is Schedule {
  return typeof value === 'object' && value !== null && schedules.has(value)
}

/** Freezes the whole schedule, and marks it as checked. */
export function seal(schedule: Schedule): Schedule {
  freeze(schedule)
  schedules.add(schedule)
  return schedule
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}

type Examined = { readonly schedule: Schedule | undefined; readonly findings: readonly Finding[] }

/** Reads any document and reports everything that is wrong with it. There is no schedule if a finding is an error. */
export function examine(document: unknown): Examined {
  const findings: Finding[] = []
  const count = { error: 0, warning: 0 }
  const report: Report = (finding) => {
    count[finding.severity] += 1
    if (count[finding.severity] <= MOST_FINDINGS) findings.push(finding)
  }
  const top = mapAt(document, [], report)
  if (top === undefined) return { schedule: undefined, findings }

  const { scenes = {}, cues, recurring = [], hotkeys = [], ...others } = top
  const { head, countdown, broken } = readHead(others, report)
  const draft = {
    ...head,
    countdown,
    scenes: readScenes(mapAt(scenes, ['scenes'], report) ?? {}, report),
    cues: readCues(cuesOf(cues, report), countdown, report),
    recurring: readRecurring(listAt(recurring, ['recurring'], report), report),
    hotkeys: readHotkeys(listAt(hotkeys, ['hotkeys'], report), report),
  }
  lint(draft, broken, report)
  if (count.error > 0) return { schedule: undefined, findings }

  const content = {
    ...head,
    scenes: draft.scenes,
    cues: draft.cues.filter((cue) => cue !== undefined),
    recurring: draft.recurring.filter((entry) => entry !== undefined),
    hotkeys: draft.hotkeys.filter((hotkey) => hotkey !== undefined),
  }
  return { schedule: { ...content, digest: digestOf(content) }, findings }
}

function cuesOf(written: unknown, report: Report): readonly unknown[] {
  if (written === undefined) {
    const message = '`cues` is missing: add the list of cues, such as `cues: [{ scene: …, duration: 5m }]`'
    report(error('missingKey', [], message))
    return []
  }
  const cues = listAt(written, ['cues'], report)
  if (Array.isArray(written) && cues.length === 0) {
    report(error('noCues', ['cues'], 'there are no cues: add at least one, such as { scene: …, duration: 5m }'))
  }
  if (cues.length <= MOST_CUES) return cues
  report(error('tooManyCues', ['cues'], `there are ${cues.length} cues: a schedule has at most ${MOST_CUES}`))
  return []
}

function listAt(value: unknown, path: Path, report: Report): readonly unknown[] {
  if (Array.isArray(value)) return [...value]
  report(error('wrongType', path, `\`${path.join('.')}\` is a list, not ${shown(value)}: begin each entry with \`- \``))
  return []
}

function mapAt(value: unknown, path: Path, report: Report): Readonly<Record<string, unknown>> | undefined {
  if (isMap(value)) return value
  const [code, what] =
    path.length === 0
      ? ['notASchedule', 'a schedule is a map that begins with `version: 1`']
      : ['wrongType', `\`${path.join('.')}\` is a map`]
  report(error(code, path, `${what}, not ${shown(value)}`))
  return undefined
}

/** SHA-256, hex, of what a schedule says. Readers write keys in one order, whatever their order in the file. */
function digestOf(content: Omit<Schedule, 'digest'>): string {
  const rounds = content.rounds === Number.POSITIVE_INFINITY ? 'endless' : content.rounds
  return createHash('sha256')
    .update(JSON.stringify({ ...content, rounds }))
    .digest('hex')
}
