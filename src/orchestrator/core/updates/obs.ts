import { cueOn } from '../../../playout/endings.ts'
import { force } from '../../../playout/override.ts'
import { playheadWith, showWith } from '../../../playout/show.ts'
import type { Instant } from '../../../time/clock.ts'
import { type Context, contextWith, programWith } from '../context.ts'
import type { In } from '../input.ts'
import { placeOf, raised, sceneProblems, withProblems } from '../problems.ts'
import { arrived, ended, onAir, settle } from '../settle.ts'
import type { LiveProblem } from '../snapshot.ts'

/** OBS has named the scene of the take as program. */
export function toConfirmed(context: Context, { takeId, sentAt, already, at }: In<'confirmed'>): Context {
  const { take } = context
  if (take === null || take.id !== takeId || !take.pending) return context
  const line = ended(take, already ? 'already' : 'onAir', sentAt, at)
  const settled = contextWith(context, {
    take: { ...take, pending: false },
    yield: { lines: [line], passed: [], acts: [] },
  })
  return arrived(settled, take.scene, at)
}

/** OBS has refused the take: what was on stays on. */
export function toFailed(context: Context, { takeId, sentAt, reason, at }: In<'failed'>): Context {
  const { take } = context
  if (take === null || take.id !== takeId || !take.pending) return context
  const { line } = ended(take, 'failed', sentAt, null)
  const lines = [{ takeId, line: { ...line, reason } }]
  const settled = contextWith(context, { take: { ...take, pending: false }, yield: { lines, passed: [], acts: [] } })
  return raised(settled, { severity: 'error', code: 'takeFailed', message: reason, since: at })
}

/** A program scene that no take of ours caused. */
export function toSeen(context: Context, { scene, by, at }: In<'seen'>): Context {
  if (by === 'obs') return noticed(context, scene, at)
  return switched(context, scene, at)
}

/** How long, and how often, the operator's switches are taken back before it is plain that somebody insists. */
const reclaimWindow = 10_000
const reclaimTimes = 3

/** The operator has switched inside OBS. */
function switched(context: Context, scene: string, at: Instant): Context {
  const { show, timeline } = context
  const seen = contextWith(context, { program: programWith(context.program, { confirmed: scene, confirmedAt: at }) })
  if (show.playhead === null || timeline === null) return withoutForce(seen, at)
  if (context.picture?.scene === scene) return seen
  if (timeline.schedule.policies.manualSwitch === 'adopt') return adopted(seen, scene, at, onAir(context))
  const recent = context.reclaimed.filter((time) => at - time < reclaimWindow)
  if (recent.length >= reclaimTimes) {
    const message = `Somebody keeps switching OBS to "${scene}": taken back ${reclaimTimes} times in 10 s, now left as it is until the next take. Is a second controller connected?`
    return raised(contextWith(seen, { reclaimed: recent }), {
      severity: 'error',
      code: 'secondController',
      message,
      since: at,
    })
  }
  return settle(contextWith(seen, { reclaimed: [...recent, at] }), show, { at, cause: 'reclaim', again: true })
}

/** A manual switch counts as a force until the end of the cue; it is on air already. */
function adopted(context: Context, scene: string, at: Instant, back: string | null): Context {
  const asked = { scene, ends: 'cueEnd', by: 'obs', pause: false, transition: null } as const
  const settled = settle(context, force(context.show, at, asked, back), { at, cause: 'manual' })
  const { take } = settled
  if (take === null || !take.pending) return settled
  const lines = [...settled.yield.lines, ended(take, 'onAir', null, at)]
  return contextWith(settled, { take: { ...take, pending: false }, yield: { ...settled.yield, lines } })
}

/** Outside of a show a manual switch only ends a force; nothing leads back. */
function withoutForce(context: Context, at: Instant): Context {
  const { show } = context
  if (show.override === null && show.back === null) return context
  return settle(context, showWith(show, { at, override: null, back: null }), { at, cause: 'manual' })
}

/** The program has changed for a reason of OBS's own: what is wanted is put back on. */
function noticed(context: Context, scene: string, at: Instant): Context {
  const seen = contextWith(context, { program: programWith(context.program, { confirmed: scene, confirmedAt: at }) })
  if (context.picture === null || context.picture.scene === scene || context.take?.pending === true) return seen
  return settle(seen, context.show, { at, cause: 'reconnect', again: true })
}

/** The scenes of this OBS are known: one that is missing is replaced by the fallback. */
export function toScenes(context: Context, { scenes, at }: In<'scenes'>): Context {
  const names = new Set(scenes)
  const before = context.scenes.names
  if (before !== null && before.size === names.size && scenes.every((scene) => before.has(scene))) return context
  const known = contextWith(context, { scenes: { ...context.scenes, names } })
  return settle(sceneProblems(known, at), context.show, { at, cause: 'fallback' })
}

/** A renamed scene is followed for this run; its new name may be one that was missing. */
export function toRenamed(context: Context, { from, to, at }: In<'sceneRenamed'>): Context {
  const { names, renamed } = context.scenes
  const original = [...renamed].find(([, name]) => name === from)?.[0] ?? from
  const followed = new Map(renamed).set(original, to)
  if (original === to) followed.delete(original)
  const nowNamed = names === null ? null : new Set([...names].filter((name) => name !== from)).add(to)
  const { show, program, picture, take } = context
  const next: Context = {
    ...context,
    scenes: { names: nowNamed, renamed: followed },
    show: showWith(show, { back: show.back === from ? to : show.back }),
    picture: picture?.scene === from ? { ...picture, scene: to } : picture,
    take: take?.scene === from ? { ...take, scene: to } : take,
    program: {
      ...program,
      wanted: program.wanted === from ? to : program.wanted,
      confirmed: program.confirmed === from ? to : program.confirmed,
    },
  }
  return settle(sceneProblems(next, at), next.show, { at, cause: 'fallback' })
}

/** The link to OBS has changed. When it is up again, what is wanted is held against what OBS shows. */
export function toLink(context: Context, event: In<'link'>): Context {
  const { at, phase } = event
  const { link } = context
  const attached = context.ideal ? contextWith(context, { ideal: false }) : context
  if (phase !== 'up')
    return link.phase === phase && attached === context
      ? context
      : contextWith(attached, { link: { phase, since: at } })
  const program = programWith(context.program, { confirmed: event.program, confirmedAt: at })
  const up = contextWith(attached, { link: { phase, since: at, obs: event.obs }, program })
  const { picture, take } = context
  if (picture === null || picture.scene === event.program || take?.pending === true) return up
  if (event.restarted === false && event.program !== context.program.confirmed) return switched(up, event.program, at)
  return settle(up, context.show, { at, cause: 'reconnect', again: true })
}

export const toMediaPlaying = (context: Context, { input, remaining, at }: In<'mediaPlaying'>): Context =>
  ofMedia(context, input, at, { endsAt: at + remaining, ended: false })

/** The media of the cue has played to its end; in a pause the next cue comes at resume. */
export const toMediaEnded = (context: Context, { input, at }: In<'mediaEnded'>): Context =>
  ofMedia(context, input, at, { endsAt: at, ended: true })

function ofMedia(context: Context, input: string, at: Instant, media: { endsAt: Instant; ended: boolean }): Context {
  const { timeline, show } = context
  const cue = timeline === null ? null : cueOn(timeline, show)
  if (show.playhead === null || cue?.media !== input || show.playhead.media?.ended === true) return context
  const next = showWith(show, { at, playhead: playheadWith(show.playhead, { media }) })
  return settle(context, next, { at, cause: 'schedule' })
}

export function toRecording(context: Context, { phase, at }: In<'recording'>): Context {
  return context.recording.phase === phase ? context : contextWith(context, { recording: { phase, since: at } })
}

export function toProblems(context: Context, { code, found, at }: In<'problems'>): Context {
  const problems = found.map(({ severity = 'error', message, subject }): LiveProblem => {
    const place = subject === undefined ? undefined : placeOf(context, subject)
    return { severity, code, message, since: at, ...place }
  })
  return withProblems(context, code, problems)
}
