import { parseDuration } from '../../time/duration.ts'
import { machineTimezone, parseTimeOfDay } from '../../time/timeOfDay.ts'
import { parseTransition } from '../../values/transition.ts'
import type { RecurringSpec, SceneSpec, Schedule, Start } from '../model/schedule.ts'
import { readActions } from './actions.ts'
import type { Countdown } from './cues.ts'
import { error, type Path, type Report } from './finding.ts'
import { entryReader, findingsOf } from './issues.ts'
import { policies } from './policies.ts'
import {
  headSchema,
  recurringSchema,
  sceneSchema,
  type WrittenHead,
  type WrittenRecurring,
  type WrittenScene,
} from './schema.ts'

export type Head = Omit<Schedule, 'scenes' | 'cues' | 'recurring' | 'hotkeys' | 'digest'>

/**
 * Everything but the lists. `countdown` is the default of each cue. `broken` has the keys that couldn't be read: they were reported,
 * and have their defaults. Keys that begin with `x-` are the user's own.
 */
export function readHead(top: Readonly<Record<string, unknown>>, report: Report) {
  const written = Object.fromEntries(Object.entries(top).filter(([key]) => !key.startsWith('x-')))
  const parsed = headSchema.safeParse(written, { reportInput: true })
  const issues = parsed.error?.issues ?? []
  for (const finding of findingsOf(issues, [])) report(finding)
  const broken = new Set(
    issues.flatMap((issue) =>
      issue.path.length === 0 && issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String),
    ),
  )
  const sound = Object.fromEntries(Object.entries(written).filter(([key]) => !broken.has(key)))
  const fields = parsed.data ?? headSchema.parse({ ...sound, version: 1 })
  return { head: headOf(fields, report), countdown: countdownOf(fields), broken }
}

/** What belongs to scenes. The record has no prototype, because a scene may be called `constructor`. */
export function readScenes(written: Readonly<Record<string, unknown>>, report: Report): Record<string, SceneSpec> {
  const scenes: Record<string, SceneSpec> = Object.create(null)
  const read = ({ transition, actions = [] }: WrittenScene, path: Path): SceneSpec => ({
    transition: transition === undefined ? null : parseTransition(transition),
    actions: readActions(actions, String(path.at(-1)), [...path, 'actions'], report).filter((one) => 'state' in one),
  })
  const readEntry = entryReader(sceneSchema, read, report)
  for (const scene of Object.keys(written).sort()) {
    const path = ['scenes', scene]
    if (scene === '') report({ ...error('missingKey', path, 'the name of a scene is empty: write it'), target: 'key' })
    const spec = readEntry(written[scene], path)
    if (spec !== undefined) scenes[scene] = spec
  }
  return scenes
}

export function readRecurring(written: readonly unknown[], report: Report): readonly (RecurringSpec | undefined)[] {
  const read = (entry: WrittenRecurring, path: Path): RecurringSpec | undefined => {
    const when = whenOf(entry)
    if (when === undefined) {
      report(error('recurringWhen', path, 'write either `every` or `at` to say when this scene comes'))
      return undefined
    }
    const { scene, duration, days } = entry
    return { scene, duration: parseDuration(duration) ?? 0, days: days === undefined ? null : [...new Set(days)], when }
  }
  const readEntry = entryReader(recurringSchema, read, report)
  return written.map((entry, index) => readEntry(entry, ['recurring', index]))
}

function whenOf({ every, at }: WrittenRecurring): RecurringSpec['when'] | undefined {
  if ((every === undefined) === (at === undefined)) return undefined
  if (every !== undefined) return { kind: 'every', interval: parseDuration(every) ?? 0 }
  const times = [at ?? []].flat().map((time) => parseTimeOfDay(time) ?? 0)
  return { kind: 'at', times: [...new Set(times)].sort((one, other) => one - other) }
}

function headOf(written: WrittenHead, report: Report): Head {
  return {
    version: 1,
    title: written.title ?? null,
    timezone: written.timezone ?? machineTimezone(),
    start: startOf(written.start ?? 'manual'),
    days: written.days === undefined ? null : [...new Set(written.days)],
    rounds: typeof written.loop === 'number' ? written.loop : written.loop === true ? Number.POSITIVE_INFINITY : 1,
    whenFinished: readActions(written.whenFinished ?? [], '', ['whenFinished'], report).flatMap((action) =>
      'act' in action ? [action.act] : [],
    ),
    obs: { url: written.obs?.url ?? null },
    transition: written.transition === undefined ? null : parseTransition(written.transition),
    fallback: written.fallback ?? null,
    filler: written.filler ?? null,
    policies: written.policies ?? policies.parse({}),
  }
}

function countdownOf({ warning, danger }: WrittenHead): Countdown {
  const length = (written: string | undefined) => (written === undefined ? null : parseDuration(written))
  return { warning: length(warning), danger: length(danger) }
}

function startOf(written: string): Start {
  if (written === 'manual' || written === 'stream') return { kind: written }
  const time = parseTimeOfDay(written)
  return time === null ? { kind: 'dateTime', dateTime: written } : { kind: 'timeOfDay', time }
}
