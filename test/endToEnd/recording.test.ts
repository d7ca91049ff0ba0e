import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { 'Main Camera': '#c02020', Break: '#20c020', BRB: '#2020c0' } as const

requireRealObs()('a recording of a real OBS', () => {
  let obs: RealObs

  beforeAll(async () => {
    obs = await startObs({ scenes })
  })
  afterAll(() => obs?.close())

  it('shows the scenes that were on air, in their order', async () => {
    await obs.startRecording()
    for (const sceneName of ['Break', 'BRB', 'Main Camera']) {
      await recordedFor(obs, 500)
      await obs.call('SetCurrentProgramScene', { sceneName })
    }
    await recordedFor(obs, 500)
    const frames = await decodeFrames(await obs.stopRecording())
    expect(stretches(frames, scenes).map(({ scene }) => scene)).toEqual(['Main Camera', 'Break', 'BRB', 'Main Camera'])
  })

  it('shows a fade as a mix between two scenes', async () => {
    await obs.call('SetCurrentSceneTransition', { transitionName: 'Fade' })
    await obs.call('SetCurrentSceneTransitionDuration', { transitionDuration: 500 })
    await obs.startRecording()
    await obs.call('SetCurrentProgramScene', { sceneName: 'Break' })
    await recordedFor(obs, 1_000)
    const frames = await decodeFrames(await obs.stopRecording())
    const seen = stretches(frames, scenes)
    expect(seen.map(({ scene }) => scene)).toEqual(['Main Camera', 'mix', 'Break'])
    expect(seen[1]?.length).toBeGreaterThan(8)
  })

  it('has the scenes again after OBS was killed and started again', async () => {
    const { pid } = obs
    await obs.kill('SIGKILL')
    await obs.restart()
    expect(obs.pid).not.toBe(pid)
    const { scenes: after } = await obs.call('GetSceneList')
    expect(after.map((scene) => scene['sceneName']).sort()).toEqual(Object.keys(scenes).sort())
  })
})

/** Waits until the recording is longer by this much, in its own time. */
async function recordedFor(obs: RealObs, milliseconds: number): Promise<void> {
  const recorded = async () => (await obs.call('GetRecordStatus')).outputDuration
  const enough = (await recorded()) + milliseconds
  await until('the recording to go on', async () => (await recorded()) >= enough)
}
