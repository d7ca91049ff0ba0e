import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'

const scenes = { 'Main Camera': '#c02020', Break: '#20c020', BRB: '#2020c0' } as const

requireRealObs()('a recording of a real OBS', () => {
  let obs: RealObs

  beforeAll(async () => {
    obs = await startObs({ scenes })
  })
  afterAll(() => obs?.close())

  it('shows the scenes that were on air, in order', async () => {
    await obs.startRecording()
    for (const sceneName of ['Break', 'BRB', 'Main Camera']) {
      await obs.recordedFor(500)
      await obs.call('SetCurrentProgramScene', { sceneName })
    }
    await obs.recordedFor(500)
    const frames = await decodeFrames(await obs.stopRecording())
    expect(stretches(frames, scenes).map(({ scene }) => scene)).toEqual(['Main Camera', 'Break', 'BRB', 'Main Camera'])
  })

  it('shows a fade as a mix between two scenes', async () => {
    await obs.call('SetCurrentSceneTransition', { transitionName: 'Fade' })
    await obs.call('SetCurrentSceneTransitionDuration', { transitionDuration: 2000 })
    await obs.startRecording()
    const lostFrames = await obs.countLostFrames()
    await obs.call('SetCurrentProgramScene', { sceneName: 'Break' })
    await obs.recordedFor(3000)
    const lost = await lostFrames()
    const frames = await decodeFrames(await obs.stopRecording())
    const seen = stretches(frames, scenes)
    expect(seen.map(({ scene }) => scene)).toEqual(['Main Camera', 'mix', 'Break'])
    expect((seen[1]?.length ?? 0) + lost).toBeGreaterThan(8)
  })

  it('has the same scenes after OBS was killed and restarted', async () => {
    const { pid } = obs
    await obs.kill('SIGKILL')
    await obs.restart()
    expect(obs.pid).not.toBe(pid)
    const { scenes: after } = await obs.call('GetSceneList')
    expect(after.map((scene) => scene['sceneName']).sort()).toEqual(Object.keys(scenes).sort())
  })
})
