import { shown } from '../values/fields.ts'
import { lint } from './lint/lint.ts'
import { digestOf } from './model/digest.ts'
import type { Schedule } from './model/schedule.ts'
import { readCues } from './schema/cues.ts'
import { error, type Finding, type Path, type Report } from './schema/finding.ts'
import { readHead, readRecurring, readScenes } from './schema/head.ts'
import { readHotkeys } from './schema/hotkeys.ts'
import { MOST_CUES } from './schema/schema.ts'

export type Examined = { readonly schedule: Schedule | undefined; readonly findings: readonly Finding[] }

/** Reads a document, whatever it is, and finds all that is wrong with it in one go. The schedule is there unless an error is. */
export function examine(document: unknown): Examined {
  const findings: Finding[] = []
  const report: Report = (finding) => findings.push(finding)
  const top = mapAt(document, [], report)
  if (top === undefined) return { schedule: undefined, findings }

  const { scenes, cues, recurring, hotkeys, ...head } = top
  const own = Object.fromEntries(Object.entries(head).filter(([key]) => !key.startsWith('x-')))
  const { head: read, broken } = readHead(own, report)
  const draft = {
    ...read,
    scenes: readScenes(scenes === undefined ? {} : (mapAt(scenes, ['scenes'], report) ?? {}), report),
    cues: readCues(cuesOf(cues, report), report),
    recurring: readRecurring(recurring === undefined ? [] : listAt(recurring, ['recurring'], report), report),
    hotkeys: readHotkeys(hotkeys === undefined ? [] : listAt(hotkeys, ['hotkeys'], report), report),
  }
  lint(draft, broken, report)
  if (findings.some(({ severity }) => severity === 'error')) return { schedule: undefined, findings }

  const content = {
    ...draft,
    cues: draft.cues.filter((cue) => cue !== undefined),
    recurring: draft.recurring.filter((entry) => entry !== undefined),
    hotkeys: draft.hotkeys.filter((hotkey) => hotkey !== undefined),
  }
  return { schedule: { ...content, digest: digestOf(content) }, findings }
}

function cuesOf(written: unknown, report: Report): readonly unknown[] {
  if (written === undefined) {
    report(
      error('missingKey', [], '`cues` is missing: add the list of cues, such as `cues: [{ scene: …, duration: 5m }]`'),
    )
    return []
  }
  const cues = listAt(written, ['cues'], report)
  if (Array.isArray(written) && cues.length === 0) {
    report(error('noCues', ['cues'], 'there is no cue: add at least one, such as { scene: …, duration: 5m }'))
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
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  const what =
    path.length === 0 ? 'a schedule is a map that begins with `version: 1`' : `\`${path.join('.')}\` is a map`
  report(error(path.length === 0 ? 'notASchedule' : 'wrongType', path, `${what}, not ${shown(value)}`))
  return undefined
}
