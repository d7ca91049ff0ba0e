import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startObs } from '../support/realObs.ts'
import { startRtmpServer } from '../support/rtmp.ts'
import { describeObsContract } from './contract.ts'

describeObsContract('a real OBS', async (scenes) => {
  const folder = mkdtempSync(join(tmpdir(), 'orchestrator-media-'))
  const rtmp = await startRtmpServer()
  const obs = await startObs({ scenes, stream: { server: rtmp.url, key: rtmp.key } }).catch(async (error: unknown) => {
    await rtmp.close()
    throw error
  })
  return {
    url: obs.url,
    password: obs.password,
    addMedia: async (scene, input) => {
      const inputSettings = { local_file: twoSecondsOfFilm(folder) }
      await obs.call('CreateInput', { sceneName: scene, inputName: input, inputKind: 'ffmpeg_source', inputSettings })
    },
    loseStreamServer: rtmp.kill,
    recoverStreamServer: rtmp.restart,
    close: async () => {
      await obs.close()
      await rtmp.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})

function twoSecondsOfFilm(folder: string): string {
  const file = join(folder, 'reel.mp4')
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=30:duration=2']
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=2']
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...sound, '-pix_fmt', 'yuv420p', file])
  return file
}
