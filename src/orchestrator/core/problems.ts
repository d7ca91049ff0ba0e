import type { ActDue } from '../../playout/changes.ts'
import { nameInFile, nameInObs } from '../../playout/picture.ts'
import { type Subject, sceneNames, whereNamed } from '../../schedule/model/names.ts'
import type { Act } from '../../schedule/model/schedule.ts'
import { type Place, positionAtOnce, positionOf } from '../../schedule/read.ts'
import type { Path } from '../../schedule/schema/finding.ts'
import type { Instant } from '../../time/clock.ts'
import { didYouMeanName } from '../../values/nearest.ts'
import { timeWithSeconds } from '../../values/zoneTime.ts'
import { type Context, contextWith } from './context.ts'
import type { LiveProblem } from './snapshot.ts'

/** Adds a problem, in place of any other with its code. One that says the same stays, with its `since`. */
export function raised(context: Context, problem: LiveProblem): Context {
  const same = context.problems.find((other) => other.code === problem.code && other.message === problem.message)
  if (same !== undefined) return context
  const others = context.problems.filter((other) => other.code !== problem.code)
  return contextWith(context, { problems: [...others, problem] })
}

/** Removes all problems with this code. */
export const cleared = (context: Context, code: string): Context =>
  context.problems.length === 0 ? context : withProblems(context, code, [])

/** Replaces all problems with this code, for this output. One that was already there keeps its `since`. */
export function withProblems(context: Context, code: string, found: readonly LiveProblem[], output?: string): Context {
  if (context.problems.length + found.length === 0) return context
  const isMeant = (problem: LiveProblem) => problem.code === code && problem.output === output
  const known = context.problems.filter(isMeant)
  const problems = found.map((problem) => known.find((other) => saysTheSame(other, problem)) ?? problem)
  if (problems.length === known.length && problems.every((problem, i) => problem === known[i])) return context
  return contextWith(context, { problems: [...context.problems.filter((other) => !isMeant(other)), ...problems] })
}

/** The same problem at the same place, whenever it was found. */
const saysTheSame = (a: LiveProblem, b: LiveProblem): boolean =>
  a.message === b.message && a.severity === b.severity && a.file === b.file && a.line === b.line && a.col === b.col

/** Where the file names the subject of a problem; undefined if it doesn't, or if finding out would take too long. */
export function placeOf({ timeline, outside: { scenes } }: Context, subject: Subject): Place | undefined {
  if (timeline === null) return undefined
  const asInFile = subject.kind === 'item' ? { ...subject, scene: nameInFile(subject.scene, scenes) } : subject
  const path = whereNamed(timeline.schedule, asInFile)
  return path === null ? undefined : positionAtOnce(timeline.schedule, path)
}

/** Without what only an output or a take of this process can say. Acts that were missed still have to be done by hand. */
export const withoutReported = (context: Context): Context =>
  contextWith(context, { problems: context.problems.filter(({ code }) => code === 'actMissed') })

const mostNamed = 20

/** Updates the problems about scenes that OBS lacks or has under another name. */
export const sceneProblems = (context: Context, at: Instant): Context => renamedScenes(missingScenes(context, at), at)

/** Names the scenes that OBS lacks, each with its place in the file and the nearest name in OBS. */
function missingScenes(context: Context, at: Instant): Context {
  const code = 'unknownScene'
  const { timeline, outside } = context
  const { scenes } = outside
  if (timeline === null || scenes.names === null) return cleared(context, code)
  const { fallback, filler, recurring, hotkeys } = timeline.schedule
  const ofShow: readonly (readonly [unknown, Path])[] = [
    ...timeline.cues.map(({ scene, place }) => [scene, ['cues', place, 'scene']] as const),
    [fallback, ['fallback']],
    [filler, ['filler']],
    ...recurring.map(({ scene }, i) => [scene, ['recurring', i, 'scene']] as const),
  ]
  const shown = new Set(ofShow.map(([scene]) => scene))
  const ofKeys = hotkeys.map(({ command }, i) => [command['scene'], ['hotkeys', i, 'forceScene']] as const)
  const placeOf = context.show.playhead === null ? positionOf : positionAtOnce
  const missing = new Map<string, LiveProblem>()
  for (const [scene, path] of [...ofShow, ...ofKeys]) {
    if (missing.size >= mostNamed) break
    if (typeof scene !== 'string' || missing.has(scene) || scenes.names.has(nameInObs(scene, scenes))) continue
    const isOfKey = !shown.has(scene)
    const follows = isOfKey ? ' Until it is there, its hotkey does nothing.' : consequence(scene, fallback)
    const message = `This OBS has no scene "${scene}"${didYouMeanName(scene, scenes.names)}${follows}`
    const severity = isOfKey || (fallback !== null && fallback !== scene) ? 'warning' : 'error'
    missing.set(scene, { severity, code, message, since: at, ...placeOf(timeline.schedule, path) })
  }
  return withProblems(context, code, [...missing.values()])
}

/** Names the scenes that were renamed in OBS. */
function renamedScenes(context: Context, at: Instant): Context {
  const code = 'sceneRenamed'
  const { timeline, outside } = context
  const { scenes } = outside
  if (scenes.renamed.size === 0) return cleared(context, code)
  const named = new Set(timeline === null ? [] : sceneNames(timeline.schedule))
  const outOfDate = [...scenes.renamed].filter(([from]) => named.has(from))
  const renamed = outOfDate.map(([from, to]): LiveProblem => {
    const message = `The scene "${from}" is called "${to}" in OBS now; this run follows it, but the file is out of date.`
    return { severity: 'warning', code, message, since: at }
  })
  return withProblems(context, code, renamed)
}

const mostMissed = 50

/** Names each act that was due in a gap and is too old to be done now. */
export function actsMissed(context: Context, missed: readonly ActDue[], at: Instant): Context {
  if (missed.length === 0) return context
  const code = 'actMissed'
  const zone = context.timeline?.schedule.timezone ?? 'UTC'
  const more = missed.length - mostMissed
  const problems = missed.slice(-mostMissed).map(({ act, cue, at: due }, i): LiveProblem => {
    const before = i === 0 && more > 0 ? ` So were ${more} acts before it.` : ''
    const place = placeOf(context, { kind: 'act', cue, act })
    const when = timeWithSeconds(due + context.show.offset, zone)
    const message = `${actInWords(act)} was due at ${when} and was missed: do it by hand if it is still wanted.${before}`
    return { severity: 'error', code, message, since: at, ...place }
  })
  return withProblems(context, code, [...context.problems.filter((problem) => problem.code === code), ...problems])
}

/** An act as the file writes it. */
function actInWords(act: Act): string {
  const { kind, ...rest } = act
  const words = Object.values(rest).map(String)
  return words.length === 0 ? kind : `${kind} ${words.join(' ')}`
}

/** A show that starts with the stream doesn't begin if OBS was live before it was armed. */
export function streamAlreadyLive(context: Context, at: Instant): Context {
  if (context.arming?.kind !== 'stream' || context.outside.stream.phase !== 'live') return context
  const message = 'OBS was live already: the show starts with the stream, so it waits for your start.'
  return raised(context, { severity: 'warning', code: 'streamAlreadyLive', message, since: at })
}

const consequence = (scene: string, fallback: string | null): string =>
  fallback === null || fallback === scene
    ? ' Create it in OBS or correct the file; until then what is on air stays on.'
    : ` Until it is there, "${fallback}" is shown in its place.`
