import { parseDuration } from '../../time/duration.ts'
import { parseTimeOfDay } from '../../time/timeOfDay.ts'
import { parseTransition } from '../../values/transition.ts'
import { createSlugs } from '../model/ids.ts'
import type { CueSpec } from '../model/schedule.ts'
import { readAction } from './actions.ts'
import { error, type Path, type Report } from './finding.ts'
import { findingsOf } from './issues.ts'
import { cueSchema, type WrittenCue } from './schema.ts'

/** The cues of the file; undefined in place of one that is broken, and has been reported. */
export function readCues(written: readonly unknown[], report: Report): (CueSpec | undefined)[] {
  const idFor = createSlugs(readIds(written, report))
  return written.map((entry, index) => {
    const path = ['cues', index]
    const parsed = cueSchema.safeParse(entry, { reportInput: true })
    if (parsed.success) return readCue(parsed.data, idFor, path, report)
    for (const finding of findingsOf(parsed.error.issues, path)) report(finding)
    return undefined
  })
}

/** All ids that the file gives itself. */
function readIds(written: readonly unknown[], report: Report): Set<string> {
  const first = new Map<string, number>()
  written.forEach((entry, index) => {
    const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined
    if (typeof id !== 'string' || id === '') return
    const before = first.get(id)
    if (before === undefined) {
      first.set(id, index)
      return
    }
    const other = { path: ['cues', before, 'id'], is: 'the first one' }
    report(error('duplicateId', ['cues', index, 'id'], `the id \`${id}\` is there twice: give this cue another`, other))
  })
  return new Set(first.keys())
}

function readCue(
  written: WrittenCue,
  idFor: (scene: string) => string,
  path: Path,
  report: Report,
): CueSpec | undefined {
  const { scene } = written
  const actions = (written.actions ?? []).map((action, index) =>
    readAction(action, scene, [...path, 'actions', index], report),
  )
  const read = actions.filter((action) => action !== undefined)
  if (read.length < actions.length) return undefined
  return {
    id: written.id ?? idFor(scene),
    explicitId: written.id !== undefined,
    title: written.title ?? scene,
    scene,
    note: written.note ?? null,
    skip: written.skip ?? false,
    duration: written.duration === undefined ? null : parseDuration(written.duration),
    until: written.until === undefined ? null : parseTimeOfDay(written.until),
    at: written.at === undefined ? null : parseTimeOfDay(written.at),
    due: written.due === undefined ? null : parseTimeOfDay(written.due),
    hold: written.hold ?? false,
    media: written.media ?? null,
    warning: null,
    danger: null,
    transition: written.transition === undefined ? null : parseTransition(written.transition),
    actions: read,
  }
}
