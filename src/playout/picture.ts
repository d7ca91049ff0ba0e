import type { Action, State, StateAction, Transition } from '../schedule/schedule.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { Picture } from './effect.ts'
import { cueOn, isHeld, nextHard } from './endings.ts'
import { type Playhead, type Show, showClock } from './show.ts'
import { type Cue, sceneSpec, type Timeline } from './timeline.ts'

/** What this OBS has; null while that isn't known. `renamed`: scenes that have another name by now than in the file. */
export type Scenes = {
  readonly names: ReadonlySet<string> | null
  readonly renamed: ReadonlyMap<string, string>
}

export const scenesUnknown: Scenes = { names: null, renamed: new Map() }

/** What should be on air. Null: nothing is wanted. A scene that this OBS doesn't have is replaced by the fallback. */
export function pictureOf(timeline: Timeline | null, show: Show, scenes: Scenes): Picture | null {
  const { override, playhead } = show
  const cue = timeline === null ? null : cueOn(timeline, show)
  if (timeline === null || cue === null || playhead === null) {
    if (override !== null) return ofForce(timeline, show, scenes, [])
    return show.back === null ? null : bare(timeline, show.back, null, scenes)
  }
  const position = showClock(show, show.at) - playhead.enteredAt
  const ofCue = statesOn(cue.actions, position)
  if (override !== null) return ofForce(timeline, show, scenes, ofCue)
  if (fillerIsOn(timeline, show, cue, playhead)) return ofFiller(timeline, scenes, ofCue)
  const scene = present(timeline, cue.scene, scenes)
  const ofScene = statesOfScene(timeline, scene.asked, position)
  return {
    scene: scene.name,
    transition: scene.asked === cue.scene ? cue.transition : transitionOf(timeline, scene.asked),
    media: cue.media === null ? null : { input: cue.media, run: playhead.entry },
    states: laidOver(ofScene, ofCue),
  }
}

/** Whether the same picture is meant. */
export function samePicture(a: Picture | null, b: Picture | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  return (
    a.scene === b.scene &&
    a.transition?.name === b.transition?.name &&
    a.transition?.duration === b.transition?.duration &&
    a.media?.input === b.media?.input &&
    a.media?.run === b.media?.run &&
    a.states.length === b.states.length &&
    a.states.every((state, i) => sameState(state, b.states[i]))
  )
}

/** The scene's name in this OBS, or the fallback's; `asked` is the name in the file of the one that comes. */
export function present(timeline: Timeline | null, asked: string, scenes: Scenes): { asked: string; name: string } {
  const name = scenes.renamed.get(asked) ?? asked
  const fallback = timeline?.schedule.fallback ?? null
  if (fallback === null || scenes.names === null || scenes.names.has(name)) return { asked, name }
  return { asked: fallback, name: scenes.renamed.get(fallback) ?? fallback }
}

/** The filler is on when the cue is over before a hard start. */
function fillerIsOn(timeline: Timeline, show: Show, cue: Cue, playhead: Playhead): boolean {
  if (!playhead.over || timeline.schedule.filler === null || isHeld(cue, playhead)) return false
  return nextHard(timeline, show) !== null
}

/** What a state sets: two states of one target can't both be in a picture. */
const targetOf = (state: State): string =>
  state.kind === 'item' ? JSON.stringify([state.scene, state.item]) : JSON.stringify([state.input])

function ofForce(timeline: Timeline | null, show: Show, scenes: Scenes, ofCue: readonly State[]): Picture | null {
  const { override } = show
  if (override === null) return null
  const base = bare(timeline, override.scene, override.transition, scenes)
  const scene = present(timeline, override.scene, scenes).asked
  return { ...base, states: laidOver(ofCue, statesOfScene(timeline, scene, show.at - override.since)) }
}

function ofFiller(timeline: Timeline, scenes: Scenes, ofCue: readonly State[]): Picture {
  const base = bare(timeline, timeline.schedule.filler ?? '', null, scenes)
  return { ...base, states: laidOver(base.states, ofCue) }
}

function bare(timeline: Timeline | null, asked: string, transition: Transition | null, scenes: Scenes): Picture {
  const scene = present(timeline, asked, scenes)
  return {
    scene: scene.name,
    transition: transition ?? transitionOf(timeline, scene.asked),
    media: null,
    states: statesOfScene(timeline, scene.asked, 0),
  }
}

function transitionOf(timeline: Timeline | null, scene: string): Transition | null {
  if (timeline === null) return null
  return sceneSpec(timeline, scene)?.transition ?? timeline.schedule.transition
}

const noStates: readonly State[] = []

function statesOfScene(timeline: Timeline | null, scene: string, position: Millis): readonly State[] {
  const spec = timeline === null ? null : sceneSpec(timeline, scene)
  return spec === null ? noStates : statesOn(spec.actions, position)
}

function statesOn(actions: readonly Action[], position: Instant): readonly State[] {
  if (actions.length === 0) return noStates
  const on = actions.filter((action): action is StateAction => 'state' in action && isOn(action, position))
  return laidOver(
    noStates,
    on.map((action) => action.state),
  )
}

const isOn = (action: StateAction, position: Millis): boolean =>
  position >= action.after && (action.for === null || position < action.after + action.for)

/** One state a target: the upper ones win, and of those the later. */
function laidOver(lower: readonly State[], upper: readonly State[]): readonly State[] {
  if (lower.length + upper.length === 0) return noStates
  const byTarget = new Map<string, State>()
  for (const state of [...lower, ...upper]) byTarget.set(targetOf(state), state)
  return [...byTarget.values()]
}

function sameState(a: State, b: State | undefined): boolean {
  if (b === undefined || targetOf(a) !== targetOf(b)) return false
  return a.kind === 'item' ? b.kind === 'item' && a.visible === b.visible : b.kind === 'mute' && a.muted === b.muted
}
