import { describe, expect, it } from 'vitest'
import type { Answer, Client, Fields } from './client.ts'
import type { Stage } from './contract.ts'

const realm = 'OBS_WEBSOCKET_DATA_REALM_GLOBAL'
const serialFrame = 1
const parallel = 2

export function describeBatches({ client }: Stage): void {
  describe('a batch', () => {
    it('runs its requests in order, and sleeps where it says', async () => {
      const began = performance.now()
      const results = await client().batch({ requests: [sleepMillis(120), { requestType: 'GetStudioModeEnabled' }] })
      expect(performance.now() - began).toBeGreaterThan(110)
      expect(codes(results)).toEqual([100, 100])
      expect(results[1]?.responseData).toEqual({ studioModeEnabled: false })
    })

    it('goes on after a failure', async () => {
      expect(codes(await client().batch({ requests: [unknown, { requestType: 'GetVersion' }] }))).toEqual([204, 100])
    })

    it('stops at a failure if it is told to', async () => {
      const requests = [unknown, { requestType: 'GetVersion' }]
      expect(codes(await client().batch({ haltOnFailure: true, requests }))).toEqual([204])
    })

    it('sleeps in frames if it runs by frames', async () => {
      const began = performance.now()
      const requests = [sleepFrames(10), { requestType: 'GetVersion' }]
      expect(codes(await client().batch({ executionType: serialFrame, requests }))).toEqual([100, 100])
      const took = performance.now() - began
      expect(took).toBeGreaterThan(300)
    })

    it('refuses to sleep in the other unit, for too long, or in parallel', async () => {
      const [byFrames] = await client().batch({ requests: [sleepFrames(1)] })
      const [tooLong] = await client().batch({ requests: [sleepMillis(50_001)] })
      const [beside] = await client().batch({ executionType: parallel, requests: [sleepMillis(1)] })
      const { requestStatus: alone } = await client().call('Sleep', { sleepMillis: 1 })
      expect([byFrames, tooLong, beside].map((answer) => answer?.requestStatus.code)).toEqual([300, 402, 206])
      expect(alone.code).toBe(206)
    })

    it('gives every answer if it runs in parallel', async () => {
      const requests = [{ requestType: 'GetVersion' }, unknown, { requestType: 'GetSceneList' }]
      expect(codes(await client().batch({ executionType: parallel, requests })).toSorted()).toEqual([100, 100, 204])
    })

    it('is done at once if it has no requests', async () => {
      expect(await client().batch({ requests: [] })).toEqual([])
      expect(await client().batch({ executionType: serialFrame, requests: [] })).toEqual([])
    })

    it('passes its variables on to its requests', async () => {
      const requests = [
        { requestType: 'SetCurrentProgramScene', requestData: {}, inputVariables: { sceneName: 'wish' } },
      ]
      expect(codes(await client().batch({ variables: { wish: 'Green' }, requests }))).toEqual([100])
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Green' })
      await client().event('SceneTransitionEnded')
    })
  })

  describe('a take that reads its scene from a slot', () => {
    it('puts on air what the slot holds when the sleep is over', async () => {
      await aim(client(), 'Green')
      const answer = client().batch(take(250))
      await aim(client(), 'Blue')
      expect(codes(await answer)).toEqual([100, 100, 100])
      await client().event('CurrentProgramSceneChanged', { sceneName: 'Blue' })
      await client().event('SceneTransitionEnded')
    })

    it('puts nothing on air if the slot holds 0', async () => {
      await aim(client(), 'Green')
      const answer = client().batch(take(250))
      await aim(client(), 0)
      const [slept, read, set] = codes(await answer)
      expect([slept, read]).toEqual([100, 100])
      // 401 on OBS 29. Since OBS has UUIDs, a name that is not a string counts as missing.
      expect([300, 401]).toContain(set)
      expect(await client().ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Red' })
    })

    it('reads null from an empty slot, and is refused for an unknown realm', async () => {
      expect(await client().ask('GetPersistentData', { realm, slotName: 'never' })).toEqual({ slotValue: null })
      const { requestStatus } = await client().call('GetPersistentData', { realm: 'NOWHERE', slotName: 'never' })
      expect(requestStatus.code).toBe(600)
    })
  })
}

const unknown = { requestType: 'MakeCoffee' }
const sleepMillis = (millis: number) => ({ requestType: 'Sleep', requestData: { sleepMillis: millis } })
const sleepFrames = (frames: number) => ({ requestType: 'Sleep', requestData: { sleepFrames: frames } })
const codes = (answers: readonly Answer[]): number[] => answers.map(({ requestStatus }) => requestStatus.code)

const aim = (client: Client, slotValue: unknown): Promise<Fields> =>
  client.ask('SetPersistentData', { realm, slotName: 'contract', slotValue })

const take = (millis: number) => ({
  haltOnFailure: true,
  requests: [
    sleepMillis(millis),
    {
      requestType: 'GetPersistentData',
      requestData: { realm, slotName: 'contract' },
      outputVariables: { scene: 'slotValue' },
    },
    { requestType: 'SetCurrentProgramScene', requestData: {}, inputVariables: { sceneName: 'scene' } },
  ],
})
