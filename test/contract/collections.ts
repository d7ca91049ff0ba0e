import { describe, expect, it } from 'vitest'
import { sceneNames } from './client.ts'
import type { Stage } from './contract.ts'

export function describeCollections({ client }: Stage): void {
  describe('scene collections', () => {
    it('have scenes of their own, which come back with them', async () => {
      const before = await sceneNames(client())
      const { currentSceneCollectionName: own } = await client().ask('GetSceneCollectionList')
      await client().ask('CreateSceneCollection', { sceneCollectionName: 'Other' })
      await client().event('CurrentSceneCollectionChanging', { sceneCollectionName: own })
      await client().event('CurrentSceneCollectionChanged', { sceneCollectionName: 'Other' })
      expect(await sceneNames(client())).toEqual(['Scene'])
      client().forget()
      await client().ask('SetCurrentSceneCollection', { sceneCollectionName: own })
      await client().event('CurrentSceneCollectionChanged', { sceneCollectionName: own })
      expect(await sceneNames(client())).toEqual(before)
    })
  })
}
