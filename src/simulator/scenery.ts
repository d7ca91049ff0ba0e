import type { Millis } from '../time/clock.ts'
import type { Obs } from './obs.ts'
import { putOnProgram, refreshActive, replaceOnProgram } from './program.ts'
import { inputFields, isInput, kindFields, sceneFields, sourceNamed } from './sources.ts'
import { type Collection, type Input, type Item, newScene, nextUuid, type Scene, unplayed } from './world.ts'

/** What a simulated OBS contains. Scenes are listed from top to bottom, as the operator sees them. */
export type Scenery = {
  readonly scenes: readonly string[]
  readonly inputs?: readonly InputSpec[]
  /** An item without an input of its name becomes a picture without sound. */
  readonly items?: readonly { readonly scene: string; readonly item: string }[]
}

/** `mediaDuration`: the length of the file that a media input plays. */
export type InputSpec = { readonly name: string; readonly kind?: string; readonly mediaDuration?: Millis }

/** Adds what is missing. What is already there stays as it is. */
export function furnish(obs: Obs, { scenes, inputs = [], items = [] }: Scenery): void {
  for (const name of scenes) if (!sceneNamed(obs, name)) addScene(obs, name)
  for (const spec of inputs) if (!sourceNamed(obs.world, spec.name)) addInput(obs, spec)
  for (const { scene: sceneName, item } of items) {
    const scene = sceneNamed(obs, sceneName) ?? addScene(obs, sceneName)
    const source = sourceNamed(obs.world, item) ?? addInput(obs, { name: item })
    if (!scene.items.some((one) => one.source === source)) addItem(obs, scene, source)
  }
}

/** Adds and removes scenes until there are exactly these. */
export function setScenes(obs: Obs, names: readonly string[]): void {
  furnish(obs, { scenes: names })
  for (const scene of [...obs.world.collection.scenes]) if (!names.includes(scene.name)) removeScene(obs, scene)
}

/** Adds a scene below the scene `above`, or at the bottom. */
export function addScene(obs: Obs, name: string, above?: Scene): Scene {
  const { scenes } = obs.world.collection
  const scene = newScene(name)
  scenes.splice(above ? scenes.indexOf(above) + 1 : scenes.length, 0, scene)
  obs.emit('SceneCreated', { ...sceneFields(scene), isGroup: false })
  sayScenes(obs)
  return scene
}

/** Removes a scene, unless it is the last one of the collection. */
export function removeScene(obs: Obs, scene: Scene): void {
  const { collection } = obs.world
  const index = collection.scenes.indexOf(scene)
  if (index < 0 || collection.scenes.length < 2) return
  collection.scenes.splice(index, 1)
  for (const other of collection.scenes) dropItems(other, scene)
  obs.emit('SceneRemoved', { ...sceneFields(scene), isGroup: false })
  if (obs.world.preview === scene) obs.world.preview = collection.program
  if (collection.program === scene) replaceOnProgram(obs, index)
  sayScenes(obs)
  const left = collection.scenes.flatMap(({ items }) => items.map(({ source }) => source))
  for (const { source } of scene.items) if (isInput(source) && !left.includes(source)) removeInput(obs, source)
}

export function renameScene(obs: Obs, scene: Scene, name: string): void {
  const oldSceneName = scene.name
  scene.name = name
  obs.emit('SceneNameChanged', { sceneUuid: scene.uuid, oldSceneName, sceneName: name })
}

export function addInput(obs: Obs, spec: InputSpec, settings: Input['settings'] = {}): Input {
  const kind = spec.kind ?? (spec.mediaDuration === undefined ? 'image_source' : 'ffmpeg_source')
  const input: Input = {
    uuid: nextUuid(),
    name: spec.name,
    kind,
    hasAudio: hasSound[kind] ?? true,
    settings,
    muted: false,
    media: kind === 'ffmpeg_source' ? { ...unplayed, duration: spec.mediaDuration ?? null } : null,
  }
  obs.world.collection.inputs.push(input)
  obs.emit('InputCreated', {
    ...inputFields(input),
    ...kindFields(input),
    inputSettings: settings,
    defaultInputSettings: {},
  })
  return input
}

export function removeInput(obs: Obs, input: Input): void {
  const { collection } = obs.world
  input.media?.forgetEnd()
  collection.inputs.splice(collection.inputs.indexOf(input), 1)
  for (const scene of collection.scenes) dropItems(scene, input)
  obs.emit('InputRemoved', inputFields(input))
  refreshActive(obs)
}

export function addItem(obs: Obs, scene: Scene, source: Scene | Input, enabled = true): Item {
  const item: Item = { id: Math.max(0, ...scene.items.map(({ id }) => id)) + 1, source, enabled }
  scene.items.push(item)
  obs.emit('SceneItemCreated', {
    ...sceneFields(scene),
    sourceName: source.name,
    sourceUuid: source.uuid,
    sceneItemId: item.id,
    sceneItemIndex: scene.items.length - 1,
  })
  refreshActive(obs)
  return item
}

/** Switches as an operator does by clicking a scene in OBS. */
export function switchProgram(obs: Obs, name: string): void {
  const scene = sceneNamed(obs, name)
  if (!scene) throw new Error(`The simulator has no scene ${name}: add it with setScenes or furnish first.`)
  putOnProgram(obs, scene)
}

/** OBS lists scenes from bottom to top, and the bottom one is number 0. */
export function sceneList({ scenes }: Collection): { sceneIndex: number; sceneName: string; sceneUuid: string }[] {
  return scenes.toReversed().map(({ name, uuid }, sceneIndex) => ({ sceneIndex, sceneName: name, sceneUuid: uuid }))
}

/** The kinds of inputs that this OBS has, and whether they have sound. */
const hasSound: Readonly<Record<string, boolean>> = {
  image_source: false,
  color_source_v3: false,
  slideshow_v2: false,
  browser_source: true,
  xshm_input: false,
  pulse_input_capture: true,
  pulse_output_capture: true,
  v4l2_input: false,
  ffmpeg_source: true,
  text_ft2_source_v2: false,
}

export const inputKinds: readonly string[] = Object.keys(hasSound)

const sceneNamed = ({ world }: Obs, name: string) => world.collection.scenes.find((scene) => scene.name === name)
const sayScenes = (obs: Obs) => obs.emit('SceneListChanged', { scenes: sceneList(obs.world.collection) })

function dropItems(scene: Scene, source: Scene | Input): void {
  const kept = scene.items.filter((item) => item.source !== source)
  scene.items.splice(0, scene.items.length, ...kept)
}
