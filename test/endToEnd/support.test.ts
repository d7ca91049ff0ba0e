import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Display, startDisplay } from '../support/display.ts'
import { pressKey } from '../support/keys.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { requireRealObs } from '../support/requirements.ts'
import { type RtmpServer, startRtmpServer } from '../support/rtmp.ts'
import { until } from '../support/until.ts'

requireRealObs('rtmp', 'xdotool')('what the end-to-end tests stand on', () => {
  let display: Display
  let rtmp: RtmpServer
  let obs: RealObs

  beforeAll(async () => {
    display = await startDisplay()
    rtmp = await startRtmpServer()
    obs = await startObs({
      scenes: { One: '#c02020', Two: '#20c020' },
      display: display.display,
      stream: { server: rtmp.url, key: rtmp.key },
    })
  })
  afterAll(async () => {
    await obs?.close()
    await rtmp?.close()
    await display?.close()
  })

  it('a stream of OBS arrives at the RTMP server, and reconnects after the server was killed', async () => {
    await obs.call('StartStream')
    await until('bytes to arrive', async () => (await rtmp.bytes()) > 10_000, 30_000)
    await rtmp.kill()
    await until('OBS to reconnect', async () => (await obs.call('GetStreamStatus')).outputReconnecting, 30_000)
    const before = await rtmp.bytes()
    await rtmp.restart()
    await until('more bytes', async () => (await rtmp.bytes()) > before + 10_000, 60_000)
    await obs.call('StopStream')
  })

  it('a key pressed on the display arrives in OBS', async () => {
    const { hotkeys } = await obs.call('GetHotkeyList')
    expect(hotkeys.length).toBeGreaterThan(0)
    await expect(pressKey(display.display, 'ctrl+alt+b')).resolves.toBeUndefined()
  })
})
