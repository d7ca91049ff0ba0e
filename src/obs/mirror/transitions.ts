import type { Picture } from '../../playout/effect.ts'
import type { Millis } from '../../time/clock.ts'
import type { Mirror, SelectedTransition } from './mirror.ts'
import { keepOnly, nearestInWords, raise } from './problems.ts'

/** OBS's window may follow a selected transition only after this; until then OBS tells the old one. */
const WINDOW_FOLLOWS_WITHIN: Millis = 200
const LOOK_AGAIN_AFTER: Millis = 5

/** The wanted transition that this OBS doesn't have; its scene is then taken with the one that OBS has selected. */
export function missingTransition(wanted: Picture, mirror: Mirror): string | null {
  if (wanted.transition === null) return null
  return hasTransition(mirror, wanted.transition.name) ? null : wanted.transition.name
}

export function hasTransition({ transitions }: Mirror, name: string | null): boolean {
  return transitions.some((known) => known.name === name)
}

/** OBS has selected the transition that we asked for. */
export function selectionDone(mirror: Mirror, name: string): Mirror {
  const { transition, transitions, replaced, runsSince, at } = mirror
  const isBack = replaced.name === name
  const isTransitionDoubtful = runsSince !== null
  const hasDuration = transitions.some((known) => known.name === name && !known.fixed)
  // Only once a transition with a duration is selected does OBS tell the operator's.
  const isLookDue = hasDuration && !isTransitionDoubtful && transition.duration === null
  return {
    ...mirror,
    transition: { ...transition, name },
    isTransitionDoubtful,
    replaced: { ...replaced, name: isBack ? null : (replaced.name ?? transition.name) },
    durationLook: isLookDue ? { at, until: at + WINDOW_FOLLOWS_WITHIN } : null,
  }
}

export function durationSent(mirror: Mirror, duration: Millis): Mirror {
  const { transition, replaced } = mirror
  const isBack = replaced.duration === duration
  return {
    ...mirror,
    transition: { ...transition, duration },
    replaced: { ...replaced, duration: isBack ? null : (replaced.duration ?? transition.duration) },
  }
}

/** OBS tells which transition is selected: it counts once it is ours, as its duration is then the operator's. */
export function transitionRead(mirror: Mirror, transition: SelectedTransition): Mirror {
  const { selected, durationLook, at } = mirror
  if (durationLook === null) return mirror
  if (transition.name === selected) return { ...mirror, transition, durationLook: null }
  return { ...mirror, durationLook: { ...durationLook, at: at + LOOK_AGAIN_AFTER } }
}

/**
 * OBS announces the selected transition: if we didn't select it, it is the operator's new one. The announcement of the one before
 * may come while we are selecting ours.
 */
export function transitionSelected(mirror: Mirror, name: string): Mirror {
  if (name === mirror.selected || name === mirror.transition.name) return mirror
  const { transition, replaced } = mirror
  return { ...mirror, transition: { ...transition, name }, replaced: { ...replaced, name: null }, selected: null }
}

export function durationSet(mirror: Mirror, duration: Millis): Mirror {
  const { transition, replaced } = mirror
  if (duration === transition.duration) return mirror
  return { ...mirror, transition: { ...transition, duration }, replaced: { ...replaced, duration: null } }
}

/** A scene change matters more than how it looks: without its transition it comes with the one that is selected. */
export function transitionProblem(mirror: Mirror): Mirror {
  const { wanted, isTransitionChecked } = mirror.take
  if (wanted === null) return mirror
  const missing = missingTransition(wanted, mirror)
  if (missing !== null && !isTransitionChecked) return mirror
  const kept = keepOnly(mirror, 'unknownTransition', missing === null ? [] : [missing])
  if (missing === null) return kept
  const nearest = nearestInWords(
    missing,
    mirror.transitions.map(({ name }) => name),
  )
  return raise(kept, 'unknownTransition', missing, {
    severity: 'warning',
    message: `OBS has no transition "${missing}"; ${nearest}. ${wanted.scene} comes with the selected one`,
    subject: { kind: 'transition', name: missing },
  })
}
