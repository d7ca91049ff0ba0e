import { parseDuration } from '../../time/duration.ts'
import { parseTimeOfDay } from '../../time/timeOfDay.ts'
import { parseTransition } from '../../values/transition.ts'
import type { CueSpec } from '../model/schedule.ts'
import { readActions } from './actions.ts'
import { error, type Path, type Report } from './finding.ts'
import { entryReader } from './issues.ts'
import { cueSchema, type WrittenCue } from './schema.ts'

/** How long before its end a cue's countdown turns amber, then red. */
export type Countdown = Pick<CueSpec, 'warning' | 'danger'>

/** The cues of the file; undefined stands for a broken cue. `countdown` is the default of each cue. */
export function readCues(
  written: readonly unknown[],
  countdown: Countdown,
  report: Report,
): readonly (CueSpec | undefined)[] {
  const idFor = createSlugs(readIds(written, report))
  const readEntry = entryReader(cueSchema, (cue, path) => readCue(cue, countdown, idFor, path, report), report)
  return written.map((entry, index) => readEntry(entry, ['cues', index]))
}

/** The ids that are written in the file. */
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
    report(error('duplicateId', ['cues', index, 'id'], `two cues have the id \`${id}\`: give this one another`, other))
  })
  return new Set(first.keys())
}

function readCue(
  written: WrittenCue,
  countdown: Countdown,
  idFor: (scene: string) => string,
  path: Path,
  report: Report,
): CueSpec | undefined {
  const { scene } = written
  const actions = readActions(written.actions ?? [], scene, [...path, 'actions'], report)
  if (actions.length < (written.actions?.length ?? 0)) return undefined
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
    warning: written.warning === undefined ? countdown.warning : parseDuration(written.warning),
    danger: written.danger === undefined ? countdown.danger : parseDuration(written.danger),
    transition: written.transition === undefined ? null : parseTransition(written.transition),
    actions,
  }
}

/** Makes a unique slug for each scene, different from those that are taken. */
function createSlugs(taken: ReadonlySet<string>): (scene: string) => string {
  const used = new Set(taken)
  const counts = new Map<string, number>()
  const slugs = new Map<string, string>()
  return (scene) => {
    const base = slugs.get(scene) ?? slug(scene)
    slugs.set(scene, base)
    let count = counts.get(base) ?? 0
    let id = ''
    do {
      count += 1
      id = count === 1 ? base : `${base}-${count}`
    } while (used.has(id))
    counts.set(base, count)
    used.add(id)
    return id
  }
}

/** `Close-Up 2` becomes `close-up-2`. Letters of every script stay. */
function slug(scene: string): string {
  const plain = scene
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
  const joined = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return joined === '' ? 'cue' : joined
}
