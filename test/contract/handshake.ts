import { describe, expect, it } from 'vitest'
import { closingOf, connect } from './client.ts'
import type { Stage } from './contract.ts'

const frame = (op: number, d: unknown) => JSON.stringify({ op, d })

export function describeHandshake({ obs, client }: Stage): void {
  describe('the handshake', () => {
    it('begins with a hello that asks for the password by challenge and salt', () => {
      expect(client().hello).toMatchObject({
        rpcVersion: 1,
        obsWebSocketVersion: expect.stringMatching(/^5\.\d+\.\d+/),
        authentication: { challenge: expect.any(String), salt: expect.any(String) },
      })
    })

    it('ends with 4009 if the password is wrong', async () => {
      await expect(closingOf(obs(), [frame(1, { rpcVersion: 1, authentication: 'wrong' })])).resolves.toEqual({
        code: 4009,
        reason: 'Authentication failed.',
      })
    })

    it('ends with 4009 if no password is given', async () => {
      const { code } = await closingOf(obs(), [frame(1, { rpcVersion: 1 })])
      expect(code).toBe(4009)
    })

    it.each([
      ['4007 for a request before Identify', [frame(6, { requestType: 'GetVersion', requestId: '1' })], 4007],
      ['4002 for text that is not JSON', ['{'], 4002],
      ['4002 for JSON that is not an object', ['[]'], 4002],
      ['4006 for a frame without an op code', [JSON.stringify({ d: {} })], 4006],
      ['4003 for a frame without its payload', [JSON.stringify({ op: 1 })], 4003],
      ['4004 for a payload that is not an object', [frame(1, 4)], 4004],
      ['4010 for the protocol of 4.x', [JSON.stringify({ 'request-type': 'GetVersion', 'message-id': '1' })], 4010],
    ])('ends with %s', async (_what, frames, expected) => {
      const { code } = await closingOf(obs(), frames)
      expect(code).toBe(expected)
    })

    it('ends with 4008 for a second Identify', async () => {
      const guest = await connect(obs())
      const { code } = await guest.breach({ op: 1, d: { rpcVersion: 1 } })
      expect(code).toBe(4008)
    })

    it.each([
      ['4006 for an unknown op code', { op: 99, d: {} }, 4006],
      ['4003 for a request without an id', { op: 6, d: { requestType: 'GetVersion' } }, 4003],
      ['4004 for subscriptions that are not a number', { op: 3, d: { eventSubscriptions: 'all' } }, 4004],
      ['4005 for an unknown kind of batch', { op: 8, d: { requestId: '1', executionType: 7, requests: [] } }, 4005],
      [
        '4012 for variables in a parallel batch',
        { op: 8, d: { requestId: '1', executionType: 2, variables: {}, requests: [] } },
        4012,
      ],
    ])('ends a session with %s', async (_what, wrong, expected) => {
      const guest = await connect(obs())
      const { code } = await guest.breach(wrong)
      expect(code).toBe(expected)
    })

    it('is followed by a list of known requests on demand', async () => {
      const { availableRequests } = await client().ask('GetVersion')
      expect(availableRequests).toEqual(
        expect.arrayContaining(['SetCurrentProgramScene', 'GetPersistentData', 'Sleep', 'TriggerMediaInputAction']),
      )
    })

    it('is followed by 204 for an unknown request, and 203 for one without a name', async () => {
      const { requestStatus: unknown } = await client().call('MakeCoffee')
      const { requestStatus: unnamed } = await client().call('')
      expect([unknown.code, unnamed.code]).toEqual([204, 203])
    })
  })

  describe('event subscriptions', () => {
    it('leave out what was not subscribed to', async () => {
      const deaf = await connect(obs(), 0)
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      await client().event('SceneTransitionEnded')
      await deaf.ask('GetVersion')
      expect(deaf.events).toEqual([])
      await deaf.close()
    })

    it('can select the events of one kind only', async () => {
      const scenes = await connect(obs(), 1 << 2)
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      await client().event('SceneTransitionEnded')
      await scenes.event('CurrentProgramSceneChanged', { sceneName: 'Green' })
      expect(new Set(scenes.events.map(({ eventIntent }) => eventIntent))).toEqual(new Set([1 << 2]))
      await scenes.close()
    })

    it('can be changed by Reidentify', async () => {
      const guest = await connect(obs(), 0)
      guest.send({ op: 3, d: { eventSubscriptions: 1 } })
      await guest.ask('GetVersion')
      await client().ask('BroadcastCustomEvent', { eventData: { cue: 'go' } })
      expect(await guest.event('CustomEvent')).toEqual({ cue: 'go' })
      await guest.close()
    })

    it('leave out high-volume events unless they are asked for', async () => {
      const eager = await connect(obs(), (1 << 2) | (1 << 17))
      await client().ask('SetCurrentProgramScene', { sceneName: 'Green' })
      await eager.event('InputActiveStateChanged', { videoActive: true })
      await client().event('SceneTransitionEnded')
      expect(client().events.map(({ eventType }) => eventType)).not.toContain('InputActiveStateChanged')
      await eager.close()
    })
  })
}
