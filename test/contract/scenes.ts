import { describe, expect, it } from 'vitest'
import { type Client, listed, sceneNames, someFrames } from './client.ts'
import type { Stage } from './contract.ts'

export function describeScenes({ client }: Stage): void {
  describe('scenes', () => {
    it('are listed bottom to top; a new one comes below the one on air, so before it', async () => {
      const before = await sceneNames(client())
      await putOn(client(), String(before[0]))
      await client().ask('CreateScene', { sceneName: 'Guest' })
      await client().event('SceneCreated', { sceneName: 'Guest', isGroup: false })
      await client().event('SceneListChanged')
      const { scenes } = await client().ask('GetSceneList')
      expect(listed(scenes).map(({ sceneIndex }) => sceneIndex)).toEqual([0, 1, 2, 3])
      expect(listed(scenes).map(({ sceneName }) => sceneName)).toEqual(['Guest', ...before])
      client().forget()
      await client().ask('RemoveScene', { sceneName: 'Guest' })
      await client().event('SceneRemoved', { sceneName: 'Guest' })
      // Newer OBS still lists it between these two events.
      await client().event('SceneListChanged')
      expect(await sceneNames(client())).toEqual(before)
    })

    it('need unique names', async () => {
      const { requestStatus } = await client().call('CreateScene', { sceneName: 'Red' })
      expect(requestStatus).toMatchObject({ code: 601, comment: 'A source already exists by that scene name.' })
    })

    it('refuse a request with no name or an empty one', async () => {
      const { requestStatus: without } = await client().call('CreateScene', {})
      const { requestStatus: empty } = await client().call('CreateScene', { sceneName: '' })
      const { requestStatus: number } = await client().call('CreateScene', { sceneName: 3 })
      expect([without.code, empty.code, number.code]).toEqual([300, 403, 401])
      expect(without.comment).toBe('Your request is missing the `sceneName` field.')
    })

    it('have an event with their old and new name when renamed on air, but no program event', async () => {
      await client().ask('SetSceneName', { sceneName: 'Red', newSceneName: 'Crimson' })
      await client().event('SceneNameChanged', { oldSceneName: 'Red', sceneName: 'Crimson' })
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Crimson' })
      await client().ask('SetSceneName', { sceneName: 'Crimson', newSceneName: 'Red' })
      await client().event('SceneNameChanged', { sceneName: 'Red' })
      expect(client().events.map(({ eventType }) => eventType)).not.toContain('CurrentProgramSceneChanged')
    })

    it('give way to a scene that nobody asked for if they are removed while on air', async () => {
      await client().ask('CreateScene', { sceneName: 'Guest' })
      await putOn(client(), 'Guest')
      client().forget()
      await client().ask('RemoveScene', { sceneName: 'Guest' })
      await client().event('SceneRemoved', { sceneName: 'Guest' })
      const { sceneName } = await client().event('CurrentProgramSceneChanged')
      expect(['Red', 'Green', 'Blue']).toContain(sceneName)
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: sceneName })
      await someFrames(client())
    })
  })
}

async function putOn(client: Client, sceneName: string): Promise<void> {
  const { currentProgramSceneName } = await client.ask('GetCurrentProgramScene')
  if (currentProgramSceneName === sceneName) return
  await client.ask('SetCurrentProgramScene', { sceneName })
  await client.event('CurrentProgramSceneChanged', { sceneName })
  await client.event('SceneTransitionEnded')
}
