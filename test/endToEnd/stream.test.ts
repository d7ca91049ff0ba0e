import { afterAll, beforeAll, it } from 'vitest'
import { type RealObs, startObs } from '../support/realObs.ts'
import { requireRealObs } from '../support/requirements.ts'
import { type RtmpServer, startRtmpServer } from '../support/rtmp.ts'
import { until } from '../support/until.ts'

requireRealObs('rtmp')('a stream of a real OBS', () => {
  let rtmp: RtmpServer
  let obs: RealObs

  beforeAll(async () => {
    rtmp = await startRtmpServer()
    obs = await startObs({
      scenes: { One: '#c02020', Two: '#20c020' },
      stream: { server: rtmp.url, key: rtmp.key },
    })
  })
  afterAll(async () => {
    await obs?.close()
    await rtmp?.close()
  })

  it('arrives at the RTMP server, and again after the server is killed and restarted', async () => {
    await obs.call('StartStream')
    await until('bytes to arrive', async () => (await rtmp.bytes()) > 10_000, 30_000)
    await rtmp.kill()
    await until('OBS to reconnect', async () => (await obs.call('GetStreamStatus')).outputReconnecting, 30_000)
    const before = await rtmp.bytes()
    await rtmp.restart()
    await until('more bytes', async () => (await rtmp.bytes()) > before + 10_000, 60_000)
    await obs.call('StopStream')
  })
})
