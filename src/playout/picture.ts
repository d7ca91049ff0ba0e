import type { Action, State, StateAction, Transition } from '../schedule/model/schedule.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { Picture } from './effect.ts'
import { cueOn, isHeld, nextHard } from './endings.ts'
import { type Playhead, type Show, showClock } from './show.ts'
import { type Cue, none, sceneSpec, type Timeline } from './timeline.ts'

/** The scenes that this OBS has; `names` is null while unknown. `renamed`: from the name in the file to the one in OBS. */
export type Scenes = {
  readonly names: ReadonlySet<string> | null
  readonly renamed: ReadonlyMap<string, string>
}

export const scenesUnknown: Scenes = { names: null, renamed: new Map() }

/** A scene that should be on, by whose wish, and for how long it has been. The operator's own switch names it as OBS does. */
type Wish = {
  readonly by: 'force' | 'switch' | 'cue' | 'filler' | 'back'
  readonly scene: string
  readonly position: Millis
}

/** The scene that should be on air, even if this OBS doesn't have it. Null: nothing is wanted. */
export function wishOf(timeline: Timeline | null, show: Show): Wish | null {
  const { override, playhead, back } = show
  if (override !== null) {
    const by = override.by === 'obs' ? 'switch' : 'force'
    return { by, scene: override.scene, position: show.at - override.since }
  }
  const cue = timeline === null ? null : cueOn(timeline, show)
  if (timeline === null || cue === null || playhead === null)
    return back === null ? null : { by: 'back', scene: back, position: 0 }
  const position = positionIn(playhead, show)
  const { filler } = timeline.schedule
  return filler === null || !isOver(timeline, show, cue, playhead)
    ? { by: 'cue', scene: cue.scene, position }
    : { by: 'filler', scene: filler, position: position - (playhead.over ?? 0) }
}

/** What should be on air. Null: nothing is wanted. A scene that this OBS doesn't have is replaced by the fallback. */
export function pictureOf(timeline: Timeline | null, show: Show, scenes: Scenes): Picture | null {
  const wish = wishOf(timeline, show)
  if (wish === null) return null
  const { inFile, name } = present(timeline, wish, scenes)
  const { playhead } = show
  const cue = timeline === null ? null : cueOn(timeline, show)
  const own = wish.by === 'cue' ? cue : null
  const ofScene = statesOfScene(timeline, inFile, wish.position)
  const ofCue = cue === null || playhead === null ? none : statesOfCue(timeline, show, cue, playhead)
  return {
    scene: name,
    transition: transitionOf(timeline, show, inFile, own),
    media: own === null || own.media === null || playhead === null ? null : { input: own.media, run: playhead.entry },
    states: inObs(
      wish.by === 'force' || wish.by === 'switch' ? laidOver(ofCue, ofScene) : laidOver(ofScene, ofCue),
      scenes,
    ),
  }
}

/** Whether two pictures ask for the same. */
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

/** The scene that comes on air if `asked` (a name in the file or in OBS) is wanted: that one, or the fallback. */
export function present(
  timeline: Timeline | null,
  { scene: asked, by }: Pick<Wish, 'scene' | 'by'>,
  scenes: Scenes,
): { readonly inFile: string; readonly name: string; readonly isFallback: boolean } {
  const name = by === 'switch' ? asked : nameInObs(asked, scenes)
  const fallback = timeline?.schedule.fallback ?? null
  if (fallback === null || fallback === asked || scenes.names === null || scenes.names.has(name))
    return { inFile: nameInFile(asked, scenes), name, isFallback: false }
  return { inFile: fallback, name: nameInObs(fallback, scenes), isFallback: true }
}

/** A scene's current name in OBS. */
export const nameInObs = (scene: string, { renamed }: Scenes): string => renamed.get(scene) ?? scene

/** A scene's name in the file. A force and the operator in OBS may use the current name in OBS. */
export function nameInFile(scene: string, { renamed }: Scenes): string {
  if (renamed.has(scene)) return scene
  for (const [inFile, inObs] of renamed) if (inObs === scene) return inFile
  return scene
}

/** The states with the current names of their items' scenes in OBS. */
function inObs(states: readonly State[], scenes: Scenes): readonly State[] {
  if (scenes.renamed.size === 0) return states
  return states.map((state) => (state.kind === 'item' ? { ...state, scene: nameInObs(state.scene, scenes) } : state))
}

const positionIn = ({ enteredAt }: Playhead, show: Show): Millis => showClock(show, show.at) - enteredAt

/** Whether the cue is past its own end and waits for a hard start, so that a filler would be on. */
const isOver = (timeline: Timeline, show: Show, cue: Cue, playhead: Playhead): boolean =>
  playhead.over !== null && !isHeld(cue, playhead) && nextHard(timeline, show) !== null

/** A cue's states leave with the cue when its filler comes on. */
function statesOfCue(timeline: Timeline | null, show: Show, cue: Cue, playhead: Playhead): readonly State[] {
  if (cue.actions.length === 0 || timeline === null) return none
  if (timeline.schedule.filler !== null && isOver(timeline, show, cue, playhead)) return none
  return statesOn(cue.actions, positionIn(playhead, show))
}

/** What a state sets. A picture has at most one state for each target. */
const targetOf = (state: State): string =>
  state.kind === 'item' ? JSON.stringify([state.scene, state.item]) : JSON.stringify([state.input])

/** The cue's transition if its scene is on, else the force's if it has one, else the scene's or the schedule's. */
function transitionOf(timeline: Timeline | null, show: Show, scene: string, cue: Cue | null): Transition | null {
  if (cue !== null && cue.scene === scene) return cue.transition
  if (show.override !== null && show.override.transition !== null) return show.override.transition
  if (timeline === null) return null
  return sceneSpec(timeline, scene)?.transition ?? timeline.schedule.transition
}

function statesOfScene(timeline: Timeline | null, scene: string, position: Millis): readonly State[] {
  const spec = timeline === null ? null : sceneSpec(timeline, scene)
  return spec === null ? none : statesOn(spec.actions, position)
}

function statesOn(actions: readonly Action[], position: Instant): readonly State[] {
  if (actions.length === 0) return none
  const on = actions.filter((action): action is StateAction => 'state' in action && isOn(action, position))
  return laidOver(
    none,
    on.map((action) => action.state),
  )
}

const isOn = (action: StateAction, position: Millis): boolean =>
  position >= action.after && (action.for === null || position < action.after + action.for)

/** One state per target: upper states win over lower ones, later ones over earlier ones. */
function laidOver(lower: readonly State[], upper: readonly State[]): readonly State[] {
  if (lower.length + upper.length === 0) return none
  const byTarget = new Map<string, State>()
  for (const state of [...lower, ...upper]) byTarget.set(targetOf(state), state)
  return [...byTarget.values()]
}

function sameState(a: State, b: State | undefined): boolean {
  if (b === undefined || targetOf(a) !== targetOf(b)) return false
  return a.kind === 'item' ? b.kind === 'item' && a.visible === b.visible : b.kind === 'mute' && a.muted === b.muted
}
