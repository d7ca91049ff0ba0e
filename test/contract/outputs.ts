import { describe, expect, it } from 'vitest'
import type { Client } from './client.ts'
import type { Stage } from './contract.ts'

const state = (name: string) => `OBS_WEBSOCKET_OUTPUT_${name}`

export function describeOutputs({ obs, client }: Stage): void {
  describe('a recording', () => {
    it('reports starting, started, stopping and stopped, and its file', async () => {
      await client().ask('StartRecord')
      const { outputPath } = await client().event('RecordStateChanged', { outputState: state('STARTED') })
      expect(outputPath).toMatch(/\.mkv$/)
      expect((await client().call('StartRecord')).requestStatus.code).toBe(500)
      expect(await client().ask('GetRecordStatus')).toMatchObject({ outputActive: true, outputPaused: false })
      expect(await client().ask('StopRecord')).toEqual({ outputPath })
      await client().event('RecordStateChanged', { outputState: state('STOPPED'), outputPath })
      expect(states(client(), 'RecordStateChanged')).toEqual([
        [state('STARTING'), false],
        [state('STARTED'), true],
        [state('STOPPING'), false],
        [state('STOPPED'), false],
      ])
      expect((await client().call('StopRecord')).requestStatus.code).toBe(501)
      expect((await client().call('ResumeRecord')).requestStatus.code).toBe(503)
    })
  })

  describe('a stream', () => {
    it('reports starting, live, stopping and offline', async () => {
      await startStream(client())
      expect((await client().call('StartStream')).requestStatus.code).toBe(500)
      expect(await client().ask('GetStreamStatus')).toMatchObject({ outputActive: true, outputReconnecting: false })
      await stopStream(client())
      expect(states(client(), 'StreamStateChanged')).toEqual([
        [state('STARTING'), false],
        [state('STARTED'), true],
        [state('STOPPING'), false],
        [state('STOPPED'), false],
      ])
      expect((await client().call('StopStream')).requestStatus.code).toBe(501)
    })

    it('reconnects when its server is gone; the event calls it inactive, the status active', async () => {
      await startStream(client())
      await obs().loseStreamServer()
      await client().event('StreamStateChanged', { outputState: state('RECONNECTING'), outputActive: false }, 30_000)
      expect(await client().ask('GetStreamStatus')).toMatchObject({ outputActive: true, outputReconnecting: true })
      await obs().recoverStreamServer()
      await client().event('StreamStateChanged', { outputState: state('RECONNECTED'), outputActive: true }, 30_000)
      expect(await client().ask('GetStreamStatus')).toMatchObject({ outputActive: true, outputReconnecting: false })
      await stopStream(client())
    }, 90_000)

    it('is offline again at once if there is no server', async () => {
      await obs().loseStreamServer()
      await client().ask('StartStream')
      await client().event('StreamStateChanged', { outputState: state('STOPPED') })
      await obs().recoverStreamServer()
      expect(states(client(), 'StreamStateChanged')).toEqual([
        [state('STARTING'), false],
        [state('STOPPED'), false],
      ])
    }, 60_000)
  })

  describe('frames', () => {
    it('are counted as time passes', async () => {
      const frames = async () => Number((await client().ask('GetStats'))['renderTotalFrames'])
      const before = await frames()
      await client().batch({ requests: [{ requestType: 'Sleep', requestData: { sleepMillis: 500 } }] })
      expect((await frames()) - before).toBeGreaterThan(10)
    })
  })

  describe('a hotkey of OBS', () => {
    it('does what it says', async () => {
      await client().ask('TriggerHotkeyByName', { hotkeyName: 'OBSBasic.StartRecording' })
      await client().event('RecordStateChanged', { outputState: state('STARTED') })
      await client().ask('StopRecord')
      await client().event('RecordStateChanged', { outputState: state('STOPPED') })
    })

    it('is refused if it is unknown', async () => {
      const { requestStatus } = await client().call('TriggerHotkeyByName', { hotkeyName: 'nope' })
      expect(requestStatus).toMatchObject({ code: 600, comment: 'No hotkeys were found by that name.' })
    })
  })
}

async function startStream(client: Client): Promise<void> {
  await client.ask('StartStream')
  await client.event('StreamStateChanged', { outputState: state('STARTED'), outputActive: true })
}

async function stopStream(client: Client): Promise<void> {
  await client.ask('StopStream')
  await client.event('StreamStateChanged', { outputState: state('STOPPED') })
}

const states = (client: Client, wanted: string) =>
  client.events
    .filter(({ eventType }) => eventType === wanted)
    .map(({ eventData }) => [eventData['outputState'], eventData['outputActive']])
