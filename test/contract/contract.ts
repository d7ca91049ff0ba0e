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

/** An OBS, or what says that it is one. */
export type ObsUnderTest = Door & {
  /** A media input in the scene that plays for two seconds. */
  addMedia(scene: string, input: string): Promise<void>
  /** The server that the stream goes to. */
  loseStreamServer(): Promise<void>
  recoverStreamServer(): Promise<void>
  close(): Promise<void>
}

export type Scenes = Readonly<Record<string, `#${string}`>>

const contractScenes: Scenes = { Red: '#ff0000', Green: '#00ff00', Blue: '#0000ff' }

/** What the tests of one concern work with: an OBS that they share, and a client of their own. */
export type Stage = { obs(): ObsUnderTest; client(): Client }

/**
 * The behaviour of obs-websocket 5 that this project relies on. What a real OBS does decides. `start` makes the scenes from
 * top to bottom; where there are none, OBS has the one that it begins with.
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

  // OBS 32 sometimes keeps hold of an input, less often of a scene, of the collection that it leaves; from then on it answers
  // no request any more. So this goes to an OBS of its own, without inputs: it can bring down no other test.
  describe(`${name} that changes its scene collection`, () => describeCollections(stageOn(() => start({}))))
}

/** One OBS for all tests of the present `describe`. */
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
    client = await connect(stage.obs())
  })
  afterEach(() => client?.close())
  return stage
}

/** Red is on air, with Cut set, and nothing else is going on. */
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
