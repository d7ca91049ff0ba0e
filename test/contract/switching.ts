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

    it('has no event when the scene is on already', async () => {
      await client().ask('SetCurrentProgramScene', { sceneName: 'Red' })
      await quiet(client())
      expect(typesOf(client())).toEqual(['CustomEvent'])
    })

    it('to an unknown scene is refused by its name', async () => {
      const { requestStatus } = await client().call('SetCurrentProgramScene', { sceneName: 'Nope' })
      expect(requestStatus).toMatchObject({ result: false, code: 600 })
      expect(requestStatus.comment).toMatch(/^No source was found by the name of `Nope`/)
    })

    it('without a scene is refused with 300', async () => {
      const { requestStatus } = await client().call('SetCurrentProgramScene', {})
      expect(requestStatus.code).toBe(300)
    })

    it('with a fade names the target at once, and announces it at the end', async () => {
      await fade(client(), 400)
      const began = performance.now()
      await client().ask('SetCurrentProgramScene', { sceneName: 'Blue' })
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Blue' })
      expect(typesOf(client())).not.toContain('CurrentProgramSceneChanged')
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Blue' })
      expect(performance.now() - began).toBeGreaterThan(300)
      await settled(client())
    })

    it('with a fade says how far it is, and 1 when none runs', async () => {
      const cursor = async () => Number((await client().ask('GetCurrentSceneTransitionCursor'))['transitionCursor'])
      expect(await cursor()).toBe(1)
      await fade(client(), 1000)
      await client().ask('SetCurrentProgramScene', { sceneName: 'Blue' })
      await client().event('SceneTransitionStarted')
      await someFrames(client())
      const part = await cursor()
      expect(part).toBeGreaterThan(0)
      expect(part).toBeLessThan(1)
      await settled(client())
      expect(await cursor()).toBe(1)
    })

    it('in mid-transition takes the place of the one that runs', async () => {
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
    it('is announced when it is set, also when it was set already', async () => {
      await client().ask('SetCurrentSceneTransition', { transitionName: 'Cut' })
      await client().event('CurrentSceneTransitionChanged', { transitionName: 'Cut' })
      expect(await client().ask('GetCurrentSceneTransition')).toMatchObject({
        transitionName: 'Cut',
        transitionKind: 'cut_transition',
        transitionFixed: true,
        transitionDuration: null,
      })
    })

    it('that is unknown is refused', async () => {
      const { requestStatus } = await client().call('SetCurrentSceneTransition', { transitionName: 'Nope' })
      expect(requestStatus).toMatchObject({ code: 600, comment: 'No scene transition was found by that name.' })
    })

    it('takes 50 ms to 20 s, and says so only when that changes', async () => {
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

    it('saved with the scene beats the one that is set', async () => {
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

/** Events of the one transition under test are all there. */
async function settled(client: Client): Promise<void> {
  await client.event('SceneTransitionEnded')
  await client.event('SceneTransitionVideoEnded')
  await client.event('CurrentProgramSceneChanged')
}

/** Some frames later, whatever would have come has come: the custom event is the last. */
async function quiet(client: Client): Promise<void> {
  await someFrames(client)
  await client.ask('BroadcastCustomEvent', { eventData: { all: 'quiet' } })
  await client.event('CustomEvent')
}

const typesOf = (client: Client): string[] => client.events.map(({ eventType }) => eventType)
