import type { Millis } from '../time/clock.ts'
import type { Obs } from './obs.ts'
import { putOnProgram, refreshActive, replaceOnProgram, sceneFields } from './program.ts'
import { isInput, sourceNamed } from './sources.ts'
import { type Collection, type Input, type Item, type Media, newScene, nextUuid, type Scene } from './world.ts'

/** What a simulated OBS contains. Scenes are listed from top to bottom, as the operator sees them. */
export type Scenery = {
  readonly scenes: readonly string[]
  readonly inputs?: readonly InputSpec[]
  /** An item without an input of its name becomes a picture without sound. */
  readonly items?: readonly { readonly scene: string; readonly item: string }[]
}

/** `mediaDuration`: the length of the file that a media input plays. */
export type InputSpec = {
  readonly name: string
  readonly kind?: string
  readonly mediaDuration?: Millis
}

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
    hasAudio: !silentKinds.has(kind),
    settings,
    muted: false,
    media: kind === 'ffmpeg_source' ? newMedia(spec.mediaDuration ?? null) : null,
  }
  obs.world.collection.inputs.push(input)
  obs.emit('InputCreated', {
    inputName: input.name,
    inputUuid: input.uuid,
    inputKind: kind,
    unversionedInputKind: kind.replace(/_v\d+$/, ''),
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
  obs.emit('InputRemoved', { inputName: input.name, inputUuid: input.uuid })
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

export const inputKinds: readonly string[] = [
  'image_source',
  'color_source_v3',
  'slideshow_v2',
  'browser_source',
  'xshm_input',
  'pulse_input_capture',
  'pulse_output_capture',
  'v4l2_input',
  'ffmpeg_source',
  'text_ft2_source_v2',
]

const silentKinds = new Set([
  'image_source',
  'color_source_v3',
  'slideshow_v2',
  'xshm_input',
  'v4l2_input',
  'text_ft2_source_v2',
])

const sceneNamed = ({ world }: Obs, name: string) => world.collection.scenes.find((scene) => scene.name === name)
const sayScenes = (obs: Obs) => obs.emit('SceneListChanged', { scenes: sceneList(obs.world.collection) })

function newMedia(duration: Millis | null): Media {
  return { duration, state: 'none', cursor: 0, since: null, forgetEnd: () => {} }
}

function dropItems(scene: Scene, source: Scene | Input): void {
  const kept = scene.items.filter((item) => item.source !== source)
  scene.items.splice(0, scene.items.length, ...kept)
}
