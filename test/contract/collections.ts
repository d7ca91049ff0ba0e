import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { type Client, sceneNames } from './client.ts'
import type { Stage } from './contract.ts'

export function describeCollections({ client }: Stage): void {
  describe('scene collections', () => {
    it('have their own scenes, which come back with them', async () => {
      await haveOnly(client(), 'Mine')
      const { currentSceneCollectionName: own } = await client().ask('GetSceneCollectionList')
      await client().ask('CreateSceneCollection', { sceneCollectionName: 'Other' })
      await client().event('CurrentSceneCollectionChanging', { sceneCollectionName: own })
      await client().event('CurrentSceneCollectionChanged', { sceneCollectionName: 'Other' })
      expect(await sceneNames(client())).toEqual(['Scene'])
      client().forget()
      await client().ask('SetCurrentSceneCollection', { sceneCollectionName: own })
      await client().event('CurrentSceneCollectionChanged', { sceneCollectionName: own })
      expect(await sceneNames(client())).toEqual(['Mine'])
    })
  })
}

/** Not the name of a new collection's scene: if both have a "Scene", OBS 32 may come back with a "Scene 2". */
async function haveOnly(client: Client, sceneName: string): Promise<void> {
  const before = await sceneNames(client)
  await client.ask('CreateScene', { sceneName })
  await client.ask('SetCurrentProgramScene', { sceneName })
  await client.event('CurrentProgramSceneChanged', { sceneName })
  for (const one of before) await client.ask('RemoveScene', { sceneName: one })
  await until('the other scenes to be gone', async () => (await sceneNames(client)).length === 1)
}
