import { describe, expect, it } from 'vitest'
import { someFrames } from './client.ts'
import type { Stage } from './contract.ts'

export function describeStudioMode({ client }: Stage): void {
  describe('studio mode', () => {
    it('has a preview only while it is on', async () => {
      const { requestStatus: before } = await client().call('GetCurrentPreviewScene')
      const { requestStatus: trigger } = await client().call('TriggerStudioModeTransition')
      expect([before.code, trigger.code]).toEqual([506, 506])
      await client().ask('SetStudioModeEnabled', { studioModeEnabled: true })
      await client().event('StudioModeStateChanged', { studioModeEnabled: true })
      expect(await client().ask('GetStudioModeEnabled')).toEqual({ studioModeEnabled: true })
      expect(await client().ask('GetCurrentPreviewScene')).toMatchObject({ currentPreviewSceneName: 'Red' })
    })

    it('takes the preview to program, and the old program to the preview', async () => {
      await client().ask('SetStudioModeEnabled', { studioModeEnabled: true })
      await client().ask('SetCurrentPreviewScene', { sceneName: 'Blue' })
      await client().event('CurrentPreviewSceneChanged', { sceneName: 'Blue' })
      await client().ask('TriggerStudioModeTransition')
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Blue' })
      await client().event('CurrentPreviewSceneChanged', { sceneName: 'Red' })
      expect(await client().ask('GetSceneList')).toMatchObject({
        currentProgramSceneName: 'Blue',
        currentPreviewSceneName: 'Red',
      })
      await client().event('SceneTransitionEnded')
    })

    it('announces a scene that is set during a transition, although its own transition never begins', async () => {
      await client().ask('SetStudioModeEnabled', { studioModeEnabled: true })
      await client().ask('SetCurrentSceneTransition', { transitionName: 'Fade' })
      await client().ask('SetCurrentSceneTransitionDuration', { transitionDuration: 800 })
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      await someFrames(client())
      await client().ask('SetCurrentProgramScene', { sceneName: 'Blue' })
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Blue' })
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Blue' })
      await client().event('SceneTransitionEnded')
      expect(client().events.filter(({ eventType }) => eventType === 'SceneTransitionStarted')).toHaveLength(1)
    })

    it('sends program events without news when it is switched off', async () => {
      await client().ask('SetStudioModeEnabled', { studioModeEnabled: true })
      await client().event('StudioModeStateChanged', { studioModeEnabled: true })
      client().forget()
      await client().ask('SetStudioModeEnabled', { studioModeEnabled: false })
      await client().event('StudioModeStateChanged', { studioModeEnabled: false })
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Red' })
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Red' })
    })
  })
}
