import { describe, expect, it } from 'vitest'
import { type Client, someFrames } from './client.ts'
import type { Stage } from './contract.ts'

export function describeSwitching({ client }: Stage): void {
  describe('a switch of scenes', () => {
    it('is announced once, with the transition around it', async () => {
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      await settled(client())
      expect(typesOf(client()).toSorted()).toEqual([
        'CurrentProgramSceneChanged',
        'SceneTransitionEnded',
        'SceneTransitionStarted',
        'SceneTransitionVideoEnded',
      ])
      expect(client().events[0]?.eventType).toBe('SceneTransitionStarted')
    })

    it('has no event if the scene is already on', async () => {
      await client().ask('SetCurrentProgramScene', { sceneName: 'Red' })
      await quiet(client())
      expect(typesOf(client())).toEqual(['CustomEvent'])
    })

    it('is refused by name if the scene is unknown', async () => {
      const { requestStatus } = await client().call('SetCurrentProgramScene', { sceneName: 'Nope' })
      expect(requestStatus).toMatchObject({ result: false, code: 600 })
      expect(requestStatus.comment).toMatch(/^No source was found by the name of `Nope`/)
    })

    it('is refused with 300 if it has no scene', async () => {
      const { requestStatus } = await client().call('SetCurrentProgramScene', {})
      expect(requestStatus.code).toBe(300)
    })

    it('reports the target of a fade at once, and announces it at the end', async () => {
      await fade(client(), 400)
      const began = performance.now()
      await client().ask('SetCurrentProgramScene', { sceneName: 'Blue' })
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Blue' })
      expect(typesOf(client())).not.toContain('CurrentProgramSceneChanged')
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Blue' })
      expect(performance.now() - began).toBeGreaterThan(300)
      await settled(client())
    })

    it('reports how far a fade is, and 1 if there is none', async () => {
      const cursor = async () => Number((await client().ask('GetCurrentSceneTransitionCursor'))['transitionCursor'])
      expect(await cursor()).toBe(1)
      await fade(client(), 2000)
      await client().ask('SetCurrentProgramScene', { sceneName: 'Blue' })
      await client().event('SceneTransitionStarted')
      await someFrames(client())
      const part = await cursor()
      expect(part).toBeGreaterThan(0)
      expect(part).toBeLessThan(1)
      await settled(client())
      expect(await cursor()).toBe(1)
    })

    it('replaces a switch whose transition is still running', async () => {
      await fade(client(), 400)
      await client().ask('SetCurrentProgramScene', { sceneName: 'Blue' })
      await client().event('SceneTransitionStarted')
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Green' })
      await settled(client())
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Green' })
      expect(client().events.filter(({ eventType }) => eventType === 'CurrentProgramSceneChanged')).toHaveLength(1)
    })
  })

  describe('a transition', () => {
    it('is announced when it is set, even if it was set already', async () => {
      await client().ask('SetCurrentSceneTransition', { transitionName: 'Cut' })
      await client().event('CurrentSceneTransitionChanged', { transitionName: 'Cut' })
      expect(await client().ask('GetCurrentSceneTransition')).toMatchObject({
        transitionName: 'Cut',
        transitionKind: 'cut_transition',
        transitionFixed: true,
        transitionDuration: null,
      })
    })

    it('is refused if it is unknown', async () => {
      const { requestStatus } = await client().call('SetCurrentSceneTransition', { transitionName: 'Nope' })
      expect(requestStatus).toMatchObject({ code: 600, comment: 'No scene transition was found by that name.' })
    })

    it('takes 50 ms to 20 s, with an event only when that changes', async () => {
      await client().ask('SetCurrentSceneTransitionDuration', { transitionDuration: 350 })
      await someFrames(client())
      client().forget()
      await client().ask('SetCurrentSceneTransitionDuration', { transitionDuration: 450 })
      await client().ask('SetCurrentSceneTransitionDuration', { transitionDuration: 450 })
      const { requestStatus } = await client().call('SetCurrentSceneTransitionDuration', { transitionDuration: 49 })
      await quiet(client())
      expect(requestStatus.code).toBe(402)
      expect(client().events.filter(({ eventType }) => eventType !== 'CustomEvent')).toMatchObject([
        { eventType: 'CurrentSceneTransitionDurationChanged', eventData: { transitionDuration: 450 } },
      ])
    })

    it('is the one saved with the scene, if there is one', async () => {
      await fade(client(), 400)
      await client().ask('SetSceneSceneTransitionOverride', { sceneName: 'Green', transitionName: 'Cut' })
      expect(await client().ask('GetSceneSceneTransitionOverride', { sceneName: 'Green' })).toEqual({
        transitionName: 'Cut',
        transitionDuration: null,
      })
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      expect(await client().event('SceneTransitionStarted')).toMatchObject({ transitionName: 'Cut' })
      await settled(client())
      const none = { transitionName: null, transitionDuration: null }
      await client().ask('SetSceneSceneTransitionOverride', { sceneName: 'Green', ...none })
      expect(await client().ask('GetSceneSceneTransitionOverride', { sceneName: 'Green' })).toEqual(none)
    })
  })
}

async function fade(client: Client, transitionDuration: number): Promise<void> {
  await client.ask('SetCurrentSceneTransition', { transitionName: 'Fade' })
  await client.ask('SetCurrentSceneTransitionDuration', { transitionDuration })
  await client.event('CurrentSceneTransitionChanged', { transitionName: 'Fade' })
  await quiet(client)
  client.forget()
}

/** All events of the transition under test have come. */
async function settled(client: Client): Promise<void> {
  await client.event('SceneTransitionEnded')
  await client.event('SceneTransitionVideoEnded')
  await client.event('CurrentProgramSceneChanged')
}

/** Everything that would come has come: the custom event is the last. */
async function quiet(client: Client): Promise<void> {
  await someFrames(client)
  await client.ask('BroadcastCustomEvent', { eventData: { all: 'quiet' } })
  await client.event('CustomEvent')
}

const typesOf = (client: Client): string[] => client.events.map(({ eventType }) => eventType)
