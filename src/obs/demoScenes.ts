import type { Clock } from '../time/clock.ts'
import type { Connection } from './link/connection.ts'
import { pause } from './link/deadline.ts'
import { ObsError } from './link/obsError.ts'

/** The scene collection that the demo may create; it never changes another. */
export const DEMO_COLLECTION = 'Stream Orchestrator Demo'

/** The names, of those given, that no scene in this OBS has. */
export async function missingScenes(obs: Connection, wanted: readonly string[]): Promise<string[]> {
  const { scenes } = await obs.call('GetSceneList')
  const there = new Set(scenes.map((scene) => scene['sceneName']))
  return wanted.filter((name) => !there.has(name))
}

/**
 * Switches OBS to the demo's own scene collection, creating it if it is missing. Each scene is a colour with its name on it. Rejects
 * with an ObsError and changes nothing while OBS streams or records. Resolves with the collection that was on before.
 */
export async function makeDemoScenes(obs: Connection, wanted: readonly string[], clock: Clock): Promise<string> {
  await refuseWhileLive(obs)
  const { currentSceneCollectionName: before, sceneCollections } = await obs.call('GetSceneCollectionList')
  const isNew = !sceneCollections.includes(DEMO_COLLECTION)
  if (isNew) await obs.call('CreateSceneCollection', { sceneCollectionName: DEMO_COLLECTION })
  else if (before !== DEMO_COLLECTION) {
    await obs.call('SetCurrentSceneCollection', { sceneCollectionName: DEMO_COLLECTION })
  }
  await loaded(obs, clock)

  const missing = await missingScenes(obs, wanted)
  const canvas = await obs.call('GetVideoSettings')
  const textKind = await kindOfText(obs)
  for (const scene of missing) {
    const size = { width: canvas.baseWidth, height: canvas.baseHeight }
    await makeScene(obs, { scene, colour: colourAt(wanted.indexOf(scene)), textKind, ...size })
  }
  if (isNew) await removeOthers(obs, wanted)
  return before
}

async function refuseWhileLive(obs: Connection): Promise<void> {
  const stream = await obs.call('GetStreamStatus')
  const recording = await obs.call('GetRecordStatus')
  if (!stream.outputActive && !recording.outputActive) return
  const what = stream.outputActive ? 'streaming' : 'recording'
  throw new ObsError(
    'refused',
    `OBS is ${what}: the demo's scenes are made in a scene collection of their own, which would go on air; stop ${what} first`,
  )
}

const LOADING_LIMIT = 15_000

/** OBS says that it isn't ready while a collection loads. */
async function loaded(obs: Connection, clock: Clock): Promise<void> {
  const givesUpAt = clock.now() + LOADING_LIMIT
  for (;;) {
    try {
      const { currentSceneCollectionName: now } = await obs.call('GetSceneCollectionList')
      if (now === DEMO_COLLECTION) {
        await obs.call('GetSceneList')
        return
      }
    } catch (thrown) {
      if (!(thrown instanceof ObsError) || thrown.reason !== 'notReady') throw thrown
    }
    if (clock.now() >= givesUpAt) {
      throw new ObsError('timeout', `OBS has not changed to the scene collection "${DEMO_COLLECTION}" within 15 s`)
    }
    await pause(clock, 100)
  }
}

type DemoScene = { scene: string; colour: number; width: number; height: number; textKind: string | undefined }

async function makeScene(obs: Connection, { scene, colour, width, height, textKind }: DemoScene): Promise<void> {
  await obs.call('CreateScene', { sceneName: scene })
  await obs.call('CreateInput', {
    sceneName: scene,
    inputName: `${scene} (colour)`,
    inputKind: 'color_source_v3',
    inputSettings: { color: colour, width, height },
  })
  if (textKind === undefined) return
  await obs.call('CreateInput', {
    sceneName: scene,
    inputName: `${scene} (name)`,
    inputKind: textKind,
    inputSettings: { text: scene, font: { face: 'Sans Serif', size: Math.round(height / 8), style: '', flags: 0 } },
  })
}

/** The text source has another name on Windows. */
async function kindOfText(obs: Connection): Promise<string | undefined> {
  const { inputKinds } = await obs.call('GetInputKindList')
  return inputKinds.filter((kind) => /^text_(gdiplus|ft2_source)/.test(kind)).at(-1)
}

/** OBS puts a scene of its own into a new collection; nobody needs it. */
async function removeOthers(obs: Connection, wanted: readonly string[]): Promise<void> {
  const [first] = wanted
  if (first === undefined) return
  await obs.call('SetCurrentProgramScene', { sceneName: first })
  const { scenes } = await obs.call('GetSceneList')
  for (const sceneName of scenes.map((scene) => String(scene['sceneName']))) {
    if (!wanted.includes(sceneName)) await obs.call('RemoveScene', { sceneName })
  }
}

/** Distinct, and dark enough for white letters. In OBS's order: 0xAABBGGRR. */
const COLOURS = [
  0xff8c4a1f, 0xff3a7d2c, 0xff2b3fb5, 0xff8a2f7a, 0xff1c7fc4, 0xff6e6e1f, 0xff4a4a4a, 0xff3c2a86,
] as const

function colourAt(index: number): number {
  return COLOURS[index % COLOURS.length] ?? COLOURS[0]
}
