import { isDeepStrictEqual } from 'node:util'
import type { Path } from '../schema/finding.ts'
import type { Act, CueSpec, SceneSpec, Schedule } from './schedule.ts'

/** Something in OBS that a schedule names, or one of its acts. For an act of `whenFinished`, `cue` is null. */
export type Subject =
  | { readonly kind: 'input'; readonly input: string }
  | { readonly kind: 'item'; readonly scene: string; readonly item: string }
  | { readonly kind: 'transition'; readonly name: string }
  | { readonly kind: 'act'; readonly cue: string | null; readonly act: Act }

/** The path at which the schedule first names it, cues before scenes; null if it doesn't. */
export function whereNamed(schedule: Schedule, subject: Subject): Path | null {
  for (const [path, named] of subjectsOf(schedule)) if (isMeant(named, subject)) return path
  return null
}

/** By content, because an act may come from an earlier reading of the file; a report may say more of it than the file does. */
const isMeant = (named: Subject, subject: Subject): boolean =>
  Object.entries(named).every(([field, value]) => isDeepStrictEqual(value, Reflect.get(subject, field)))

type Named = readonly [Path, Subject]

function* subjectsOf({ transition, cues, scenes, whenFinished }: Schedule): Generator<Named> {
  if (transition !== null) yield [['transition'], { kind: 'transition', name: transition.name }]
  for (const [index, cue] of cues.entries()) {
    if (cue.media !== null) yield [['cues', index, 'media'], { kind: 'input', input: cue.media }]
    yield* subjectsIn(['cues', index], cue, cue.id)
  }
  for (const [scene, spec] of Object.entries(scenes)) yield* subjectsIn(['scenes', scene], spec, null)
  for (const [index, act] of whenFinished.entries()) yield [['whenFinished', index], { kind: 'act', cue: null, act }]
}

function* subjectsIn(path: Path, { transition, actions }: CueSpec | SceneSpec, cue: string | null): Generator<Named> {
  if (transition !== null) yield [[...path, 'transition'], { kind: 'transition', name: transition.name }]
  for (const [index, action] of actions.entries()) {
    const place = [...path, 'actions', index]
    const named = 'state' in action ? action.state : action.act
    if ('input' in named) yield [place, { kind: 'input', input: named.input }]
    if (named.kind === 'item') yield [place, { kind: 'item', scene: named.scene, item: named.item }]
    if ('act' in action) yield [place, { kind: 'act', cue, act: action.act }]
  }
}

/** The names of all scenes in the schedule, each once: those of cues first, in the order of the file. */
export function sceneNames(schedule: Schedule): readonly string[] {
  const { cues, scenes, recurring, hotkeys, fallback, filler } = schedule
  const actions = [...cues, ...Object.values(scenes)].flatMap((one) => one.actions)
  return [
    ...new Set([
      ...cues.map(({ scene }) => scene),
      ...Object.keys(scenes),
      ...recurring.map(({ scene }) => scene),
      ...hotkeys.flatMap(({ command }) => (typeof command['scene'] === 'string' ? [command['scene']] : [])),
      ...[fallback, filler].filter((scene) => scene !== null),
      ...actions.flatMap((action) => ('state' in action && action.state.kind === 'item' ? [action.state.scene] : [])),
    ]),
  ]
}
