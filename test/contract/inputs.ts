import { beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { type Client, type Fields, someFrames } from './client.ts'
import type { Stage } from './contract.ts'

export function describeInputs({ obs, client }: Stage): void {
  describe('scene items and inputs', () => {
    it('are created in a scene, shown and hidden, with one event each', async () => {
      const { sceneItemId } = await client().ask('CreateInput', {
        sceneName: 'Green',
        inputName: 'Bug',
        inputKind: 'color_source_v3',
      })
      const item = { sceneName: 'Green', sceneItemId }
      await client().event('InputCreated', { inputName: 'Bug', inputKind: 'color_source_v3' })
      await client().event('SceneItemCreated', { ...item, sourceName: 'Bug' })
      expect(await client().ask('GetSceneItemId', { sceneName: 'Green', sourceName: 'Bug' })).toEqual({ sceneItemId })
      await client().ask('SetSceneItemEnabled', { ...item, sceneItemEnabled: false })
      await client().event('SceneItemEnableStateChanged', { ...item, sceneItemEnabled: false })
      client().forget()
      await client().ask('SetSceneItemEnabled', { ...item, sceneItemEnabled: false })
      expect(await client().ask('GetSceneItemEnabled', item)).toEqual({ sceneItemEnabled: false })
      expect(client().events).toEqual([])
    })

    it('are refused by name if they are missing', async () => {
      const comment = async (requestType: string, fields: Fields) =>
        (await client().call(requestType, fields)).requestStatus
      expect(await comment('GetSceneItemId', { sceneName: 'Green', sourceName: 'Nope' })).toMatchObject({ code: 600 })
      expect(await comment('GetSceneItemEnabled', { sceneName: 'Green', sceneItemId: 99 })).toMatchObject({
        code: 600,
        comment: 'No scene items were found in scene `Green` with the ID `99`.',
      })
      expect(await comment('GetInputMute', { inputName: 'Nope' })).toMatchObject({ code: 600 })
      expect(await comment('GetInputMute', { inputName: 'Green' })).toMatchObject({
        code: 602,
        comment: 'The specified source is not an input.',
      })
    })

    it('take new settings, merged with the old ones or in their place', async () => {
      const inputName = 'Plain'
      await client().ask('CreateInput', { sceneName: 'Green', inputName, inputKind: 'color_source_v3' })
      await client().ask('SetInputSettings', { inputName, inputSettings: { width: 5, height: 6 } })
      await client().ask('SetInputSettings', { inputName, inputSettings: { width: 7 } })
      expect(await client().ask('GetInputSettings', { inputName })).toMatchObject({
        inputSettings: { width: 7, height: 6 },
      })
      await client().ask('SetInputSettings', { inputName, inputSettings: { width: 8 }, overlay: false })
      expect(await client().ask('GetInputSettings', { inputName })).toMatchObject({ inputSettings: { width: 8 } })
      const { requestStatus } = await client().call('GetInputMute', { inputName })
      expect(requestStatus).toMatchObject({ code: 604, comment: 'The specified input does not support audio.' })
      await client().ask('RemoveInput', { inputName })
      await client().event('InputRemoved', { inputName })
    })
  })

  describe('a media input', () => {
    const inputName = 'Reel'
    const status = () => client().ask('GetMediaInputStatus', { inputName })
    const act = (action: string) =>
      client().ask('TriggerMediaInputAction', { inputName, mediaAction: `OBS_WEBSOCKET_MEDIA_INPUT_ACTION_${action}` })

    beforeAll(() => obs().addMedia('Blue', inputName))

    it('is muted and unmuted', async () => {
      await client().ask('SetInputMute', { inputName, inputMuted: true })
      await client().event('InputMuteStateChanged', { inputName, inputMuted: true })
      expect(await client().ask('GetInputMute', { inputName })).toEqual({ inputMuted: true })
      await client().ask('SetInputMute', { inputName, inputMuted: false })
    })

    it('begins when its scene goes on air, reports its length and position, and has an event when it ends', async () => {
      await putOn(client(), 'Blue')
      await client().event('MediaInputPlaybackStarted', { inputName })
      expect(await status()).toMatchObject({ mediaState: 'OBS_MEDIA_STATE_PLAYING', mediaDuration: 2000 })
      await client().event('MediaInputPlaybackEnded', { inputName })
      expect(await status()).toEqual({ mediaState: 'OBS_MEDIA_STATE_ENDED', mediaDuration: null, mediaCursor: null })
    })

    it('starts over on RESTART, stops on PAUSE, and goes on with PLAY', async () => {
      await putOn(client(), 'Blue')
      await client().event('MediaInputPlaybackStarted', { inputName })
      client().forget()
      await act('RESTART')
      await client().event('MediaInputActionTriggered', { mediaAction: 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART' })
      await client().event('MediaInputPlaybackStarted', { inputName })
      await client().batch({ requests: [{ requestType: 'Sleep', requestData: { sleepMillis: 300 } }] })
      await act('PAUSE')
      await client().event('MediaInputActionTriggered', { mediaAction: 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_PAUSE' })
      const paused = await status()
      expect(paused).toMatchObject({ mediaState: 'OBS_MEDIA_STATE_PAUSED' })
      expect(Number(paused['mediaCursor'])).toBeGreaterThan(100)
      await act('PLAY')
      await client().event('MediaInputActionTriggered', { mediaAction: 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_PLAY' })
      await client().event('MediaInputPlaybackEnded', { inputName })
    })

    it('no longer plays after STOP, for which newer OBS sends no end event', async () => {
      await putOn(client(), 'Blue')
      await client().event('MediaInputPlaybackStarted', { inputName })
      await client().batch({ requests: [{ requestType: 'Sleep', requestData: { sleepMillis: 300 } }] })
      await act('STOP')
      await client().event('MediaInputActionTriggered', { mediaAction: 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_STOP' })
      const state = await until('it to stop', async () => {
        const { mediaState } = await status()
        return mediaState !== 'OBS_MEDIA_STATE_PLAYING' && String(mediaState)
      })
      expect(state).toMatch(/STOPPED|ENDED/)
    })

    it('also has the end event when its scene goes off air', async () => {
      await putOn(client(), 'Blue')
      await client().event('MediaInputPlaybackStarted', { inputName })
      await client().batch({ requests: [{ requestType: 'Sleep', requestData: { sleepMillis: 300 } }] })
      await putOn(client(), 'Red')
      await client().event('MediaInputPlaybackEnded', { inputName }, 1000)
      expect(await status()).toMatchObject({ mediaState: 'OBS_MEDIA_STATE_ENDED' })
    })

    it('does not begin while its scene is off air', async () => {
      await act('RESTART')
      await client().event('MediaInputActionTriggered', { mediaAction: 'OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART' })
      await someFrames(client())
      expect(client().events.map(({ eventType }) => eventType)).not.toContain('MediaInputPlaybackStarted')
      await putOn(client(), 'Blue')
      await client().event('MediaInputPlaybackStarted', { inputName })
    })

    it('refuses unknown actions', async () => {
      const { requestStatus } = await client().call('TriggerMediaInputAction', { inputName, mediaAction: 'EJECT' })
      expect(requestStatus.code).toBe(400)
    })
  })
}

async function putOn(client: Client, sceneName: string): Promise<void> {
  await client.ask('SetCurrentProgramScene', { sceneName })
  await client.event('CurrentProgramSceneChanged', { sceneName })
}
