import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import { describeBatches } from './batches.ts'
import { type Client, connect, type Door, someFrames } from './client.ts'
import { describeCollections } from './collections.ts'
import { describeHandshake } from './handshake.ts'
import { describeInputs } from './inputs.ts'
import { describeOutputs } from './outputs.ts'
import { describeScenes } from './scenes.ts'
import { describeStudioMode } from './studioMode.ts'
import { describeSwitching } from './switching.ts'

/** An OBS, or something that claims to be one. */
export type ObsUnderTest = Door & {
  /** Adds a media input that plays for two seconds to the scene. */
  addMedia(scene: string, input: string): Promise<void>
  /** The server that receives the stream. */
  loseStreamServer(): Promise<void>
  recoverStreamServer(): Promise<void>
  close(): Promise<void>
}

export type Scenes = Readonly<Record<string, `#${string}`>>

const contractScenes: Scenes = { Red: '#ff0000', Green: '#00ff00', Blue: '#0000ff' }

/** What tests of one subject work with: an OBS that they share, and a client for each. */
export type Stage = { obs(): ObsUnderTest; client(): Client }

/**
 * The behaviour of obs-websocket 5 that this project relies on. A real OBS decides what is right. `start` makes the scenes from top to
 * bottom; without any, OBS has its initial scene.
 */
export function describeObsContract(name: string, start: (scenes: Scenes) => Promise<ObsUnderTest>): void {
  describe(name, () => {
    const stage = stageOn(() => start(contractScenes))
    beforeEach(() => putRedOn(stage.client()))
    describeHandshake(stage)
    describeScenes(stage)
    describeSwitching(stage)
    describeStudioMode(stage)
    describeBatches(stage)
    describeInputs(stage)
    describeOutputs(stage)
  })

  // OBS 32 sometimes fails to release an input, or less often a scene, of the collection that it leaves, and from then on answers no
  // request. So this runs on its own OBS without inputs, where it can't break other tests.
  describe(`${name} that changes its scene collection`, () => describeCollections(stageOn(() => start({}))))
}

/** One OBS for all tests of this `describe`. */
function stageOn(start: () => Promise<ObsUnderTest>): Stage {
  let obs: ObsUnderTest | undefined
  let client: Client | undefined
  const stage: Stage = {
    obs: () => there(obs),
    client: () => there(client),
  }
  beforeAll(async () => {
    obs = await start()
  })
  afterAll(() => obs?.close())
  beforeEach(async () => {
    client = await connect(stage.obs()).catch(async () => {
      // It crashed in the test before, which has failed. The others have another one.
      await obs?.close()
      obs = await start()
      return await connect(obs)
    })
  })
  afterEach(async () => {
    await client?.close()
    client = undefined
  })
  return stage
}

/** Red is on air, Cut is selected, and nothing else is going on. */
async function putRedOn(client: Client): Promise<void> {
  await client.ask('SetStudioModeEnabled', { studioModeEnabled: false })
  await client.ask('SetCurrentSceneTransition', { transitionName: 'Cut' })
  const { currentProgramSceneName } = await client.ask('GetSceneList')
  if (currentProgramSceneName !== 'Red') {
    await client.ask('SetCurrentProgramScene', { sceneName: 'Red' })
    await client.event('CurrentProgramSceneChanged', { sceneName: 'Red' })
    await client.event('SceneTransitionEnded')
  }
  await someFrames(client)
  client.forget()
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The OBS under test did not start: see the failure of beforeAll.')
  return value
}
