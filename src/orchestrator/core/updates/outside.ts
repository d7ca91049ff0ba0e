import { cueOn } from '../../../playout/endings.ts'
import { force } from '../../../playout/override.ts'
import { playheadWith, showWith } from '../../../playout/show.ts'
import type { Instant } from '../../../time/clock.ts'
import {
  type Context,
  contextWith,
  isOthers,
  type OtherOutput,
  only,
  withAir,
  withOutside,
  type Yield,
} from '../context.ts'
import type { In } from '../input.ts'
import { onManualSwitch, reclaimTimes } from '../policies.ts'
import { placeOf, raised, sceneProblems, withProblems } from '../problems.ts'
import { arrived, ended, onAir, seenOn, settleShow, type Why } from '../settle.ts'
import type { LiveProblem } from '../snapshot.ts'

/** An output was attached, so takes now wait for its confirmation. The first output is the show's. */
export function toAttached(context: Context, { output = 'main', at }: In<'attached'>): Yield {
  const { ideal, primary, others } = context.outside
  if (ideal) return only(withOutside(context, { ideal: false, primary: output }))
  if (output === primary || others.some(({ name }) => name === output)) return only(context)
  return withOther(context, output, at, {})
}

function withOther(context: Context, name: string, at: Instant, changes: Partial<OtherOutput>): Yield {
  const { others } = context.outside
  const known = others.find((other) => other.name === name)
  const fresh: OtherOutput = { name, link: { phase: 'down', since: at }, confirmed: null, confirmedAt: null }
  const kept = others.filter((other) => other !== known)
  return only(withOutside(context, { others: [...kept, { ...fresh, ...known, ...changes }] }))
}

/** OBS has named the scene of the take as program. */
export function toConfirmed(context: Context, event: In<'confirmed'>): Yield {
  const { takeId, sentAt, already, at, how, errorFrames } = event
  const { take } = context.air
  if (take === null || take.id !== takeId) return only(context)
  if (isOthers(context, event))
    return withOther(context, event.output ?? '', at, { confirmed: take.scene, confirmedAt: at })
  if (!take.pending) return only(context)
  const line = ended(take, already ? 'already' : 'onAir', sentAt, at, errorFrames, how)
  return only(arrived(withoutPending(context), take.scene, at), [line])
}

/** OBS has refused the take, so the scene before stays on. */
export function toFailed(context: Context, event: In<'failed'>): Yield {
  const { takeId, sentAt, reason, at, output } = event
  const { take } = context.air
  if (take === null || take.id !== takeId) return only(context)
  const problem = { severity: 'error', code: 'takeFailed', message: reason, since: at } as const
  if (isOthers(context, event) && output !== undefined)
    return only(withProblems(context, problem.code, [{ ...problem, output }], output))
  if (!take.pending) return only(context)
  const { line } = ended(take, 'failed', sentAt, null)
  return only(raised(withoutPending(context), problem), [{ takeId, line: { ...line, reason } }])
}

function withoutPending(context: Context): Context {
  const { take } = context.air
  return take === null ? context : withAir(context, { take: { ...take, pending: false } })
}

/** A program scene that no take of ours caused. */
export function toSeen(context: Context, event: In<'seen'>): Yield {
  const { scene, by, at, output = '' } = event
  if (isOthers(context, event)) return withOther(context, output, at, { confirmed: scene, confirmedAt: at })
  return by === 'obs' ? noticed(context, scene, at) : switched(context, scene, at)
}

/** The operator has switched inside OBS. */
function switched(context: Context, scene: string, at: Instant): Yield {
  const { show, timeline, air } = context
  const seen = seenOn(context, scene, at)
  if (show.playhead === null || timeline === null) return withoutForce(seen, at)
  if (air.picture?.scene === scene) return only(seen)
  const { does, recent } = onManualSwitch(context, at)
  if (does === 'adopt') return adopted(seen, scene, at, onAir(context))
  const remembered = (times: readonly Instant[]) => withAir(seen, { reclaimed: times })
  if (does === 'reclaim') return again(remembered([...recent, at]), { at, cause: 'reclaim' })
  const message = `Somebody keeps switching OBS to "${scene}": the show took it back ${reclaimTimes} times in 10 s and now leaves it until the next take. Is a second controller connected?`
  return only(raised(remembered(recent), { severity: 'error', code: 'secondController', message, since: at }))
}

/** Puts the wanted scene on air once more. */
const again = (context: Context, why: Why): Yield => settleShow(context, context.show, { ...why, again: true })

/** A manual switch counts as a force until the end of the cue. Its scene is already on air. */
function adopted(context: Context, scene: string, at: Instant, back: string | null): Yield {
  const asked = { scene, ends: 'cueEnd', by: 'obs', pause: false, transition: null } as const
  const yielded = settleShow(context, force(context.show, at, asked, back), { at, cause: 'manual' })
  const { take } = yielded.context.air
  if (take === null || !take.pending) return yielded
  return {
    ...yielded,
    context: withoutPending(yielded.context),
    lines: [...yielded.lines, ended(take, 'onAir', null, at)],
  }
}

/** Outside a show, a manual switch only ends a force, and no release leads back any more. */
function withoutForce(context: Context, at: Instant): Yield {
  const { show } = context
  if (show.override === null && show.back === null) return only(context)
  const next = showWith(show, { at, override: null, back: null })
  return settleShow(context, next, { at, cause: 'manual' })
}

/** OBS has changed the program for a reason of its own, so the wanted scene is put back. */
function noticed(context: Context, scene: string, at: Instant): Yield {
  const { picture, take } = context.air
  const seen = seenOn(context, scene, at)
  if (picture === null || picture.scene === scene || take?.pending === true) return only(seen)
  return again(seen, { at, cause: 'reconnect' })
}

/** Notes the scenes of this OBS. The fallback replaces one that is missing. */
export function toScenes(context: Context, event: In<'scenes'>): Yield {
  const { scenes, at } = event
  const names = new Set(scenes)
  const before = context.outside.scenes.names
  const isKnown = before !== null && before.size === names.size && scenes.every((scene) => before.has(scene))
  if (isKnown || isOthers(context, event)) return only(context)
  // A renaming that was undone while we were away.
  const renamed = new Map([...context.outside.scenes.renamed].filter(([from, to]) => names.has(to) || !names.has(from)))
  const known = withOutside(context, { scenes: { names, renamed } })
  return settleShow(sceneProblems(known, at), known.show, { at, cause: 'fallback' })
}

/** Follows a renamed scene for this run. Its new name may be one that was missing. */
export function toRenamed(context: Context, event: In<'sceneRenamed'>): Yield {
  const { from, to, at } = event
  if (isOthers(context, event)) return only(context)
  const { show, air, outside } = context
  const { names, renamed } = outside.scenes
  const original = [...renamed].find(([, name]) => name === from)?.[0] ?? from
  const followed = new Map(renamed)
  // A new scene may have taken the old name of a renamed one: the file doesn't mean that one.
  if (renamed.get(original) === from || !renamed.has(original)) followed.set(original, to)
  if (original === to) followed.delete(original)
  const nowNamed = names === null ? null : new Set([...names].filter((name) => name !== from)).add(to)
  const { program, picture, take } = air
  const nameNow = (name: string | null) => (name === from ? to : name)
  const known = withOutside(context, { scenes: { names: nowNamed, renamed: followed } })
  const { override } = show
  const isSwitched = override?.by === 'obs' && override.scene === from
  const followedShow = showWith(show, {
    back: nameNow(show.back),
    override: isSwitched ? { ...override, scene: to } : override,
  })
  const next = withAir(contextWith(known, { show: followedShow }), {
    picture: picture?.scene === from ? { ...picture, scene: to } : picture,
    take: take?.scene === from ? { ...take, scene: to } : take,
    program: { ...program, wanted: nameNow(program.wanted), confirmed: nameNow(program.confirmed) },
  })
  return settleShow(sceneProblems(next, at), next.show, { at, cause: 'fallback' })
}

/** The link to OBS has changed. Once it is up, the wanted scene is compared with what OBS shows. */
export function toLink(context: Context, event: In<'link'>): Yield {
  const { at, phase, output = '' } = event
  const { link, ideal, isRecovered } = context.outside
  const view = event.phase === 'up' ? { phase: event.phase, since: at, obs: event.obs } : { phase, since: at }
  if (isOthers(context, event)) {
    const program = event.phase === 'up' ? { confirmed: event.program, confirmedAt: at } : {}
    return withOther(context, output, at, { link: view, ...program })
  }
  if (event.phase !== 'up')
    return only(link.phase === phase && !ideal ? context : withOutside(context, { ideal: false, link: view }))
  const { picture, take, program } = context.air
  const linked = withOutside(context, { ideal: false, isRecovered: false, link: view })
  const up = seenOn(linked, event.program, at)
  if (picture === null || picture.scene === event.program) return only(up)
  const isOurs = event.program === program.confirmed || take?.superseded.includes(event.program) === true
  if (event.restarted === false && !isOurs) return switched(up, event.program, at)
  return take?.pending === true ? only(up) : again(up, { at, cause: isRecovered ? 'resume' : 'reconnect' })
}

/** The media of the cue plays, or has ended. If it ends in a pause, the next cue comes at resume. */
export function toMedia(context: Context, event: In<'mediaPlaying' | 'mediaEnded'>): Yield {
  const { timeline, show } = context
  const { at, input } = event
  const cue = timeline === null ? null : cueOn(timeline, show)
  if (show.playhead === null || cue?.media !== input || show.playhead.media?.ended === true) return only(context)
  if (isOthers(context, event)) return only(context)
  const ended = event.type === 'mediaEnded'
  const media = { endsAt: ended ? at : at + event.remaining, ended }
  const next = showWith(show, { at, playhead: playheadWith(show.playhead, { media }) })
  return settleShow(context, next, { at, cause: 'schedule' })
}

export function toRecording(context: Context, event: In<'recording'>): Yield {
  const { phase, at } = event
  const isNews = !isOthers(context, event) && context.outside.recording.phase !== phase
  return only(isNews ? withOutside(context, { recording: { phase, since: at } }) : context)
}

export function toKept(context: Context, { kept, output = context.outside.primary }: In<'kept'>): Yield {
  return only(withOutside(context, { kept: { ...context.outside.kept, [output]: kept } }))
}

export function toProblems(context: Context, event: In<'problems'>): Yield {
  const { code, found, at } = event
  const output = isOthers(context, event) ? event.output : undefined
  const problems = found.map(({ severity = 'error', message, subject }): LiveProblem => {
    const place = subject === undefined ? undefined : placeOf(context, subject)
    return { severity, code, message, since: at, ...place, ...(output !== undefined && { output }) }
  })
  return only(withProblems(context, code, problems, output))
}
