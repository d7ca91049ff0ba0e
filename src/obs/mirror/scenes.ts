import { isDeepStrictEqual } from 'node:util'
import type { State } from '../../schedule/model/schedule.ts'
import type { ObsReport } from './events.ts'
import { type Mirror, type Observed, silently } from './mirror.ts'

/** The list is replaced unless it has changed again since it was asked for. `always`: told even if it is the same. */
export function scenesRead(mirror: Mirror, scenes: readonly string[], always = false): Observed {
  if (mirror.areScenesStale) return silently(mirror)
  if (!always && isDeepStrictEqual(scenes, mirror.scenes)) return silently(mirror)
  return { mirror: { ...mirror, scenes }, reports: [{ type: 'scenes', scenes }] }
}

export function sceneRenamed(mirror: Mirror, from: string, to: string): Observed {
  const { program, asked } = mirror
  const stale: Mirror = {
    ...mirror,
    areScenesStale: true,
    program: program === from ? to : program,
    asked: asked?.scene === from ? { ...asked, scene: to } : asked,
  }
  if (!mirror.scenes.includes(from)) return silently(stale)
  const scenes = mirror.scenes.map((scene) => (scene === from ? to : scene))
  const states = mirror.states.map((sent) => ({ ...sent, state: followed(sent.state, from, to) }))
  const playing = mirror.playing.map((one) => (one.scene === from ? { ...one, scene: to } : one))
  // First the new name, so that the scene does not seem to be gone.
  const renamed: ObsReport = { type: 'sceneRenamed', from, to }
  return { mirror: { ...stale, scenes, states, playing }, reports: [renamed, { type: 'scenes', scenes }] }
}

/** Told at once, before anything is told of what OBS shows in its place. */
export function sceneRemoved(mirror: Mirror, scene: string): Observed {
  const scenes = mirror.scenes.filter((name) => name !== scene)
  const next = { ...mirror, scenes, areScenesStale: true, removed: [...mirror.removed, scene] }
  return { mirror: next, reports: scenes.length === mirror.scenes.length ? [] : [{ type: 'scenes', scenes }] }
}

export function sceneCreated(mirror: Mirror, scene: string): Mirror {
  return { ...mirror, areScenesStale: true, removed: mirror.removed.filter((name) => name !== scene) }
}

const followed = (state: State, from: string, to: string): State =>
  state.kind === 'item' && state.scene === from ? { ...state, scene: to } : state
