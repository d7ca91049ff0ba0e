import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoRun } from '../../src/cli/demo.ts'
import { DEMO_COLLECTION } from '../../src/obs/demoScenes.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

requireRealObs()("the demo's scenes on a real OBS", () => {
  let obs: RealObs

  beforeAll(async () => {
    obs = await startObs({ scenes: { Mine: '#c02020' } })
  })
  afterAll(() => obs?.close())

  const start = (createDemoScenes = false) =>
    demoRun(
      undefined,
      { obs: obs.url, createDemoScenes, hotkeys: false, log: 'pretty', logLevel: 'info' },
      { env: { OBS_PASSWORD: obs.password }, clock: systemClock(), demoFile: 'scenes/demo.yaml' },
    )
  const sceneNames = async () => (await obs.call('GetSceneList')).scenes.map((scene) => scene['sceneName'])

  it('are not made unless asked for', async () => {
    expect((await start()).words.simulator).toBe(true)
    expect(await sceneNames()).toEqual(['Mine'])
  })

  it('are made once when asked for, and leave the collection of the user as it was', async () => {
    expect((await start(true)).words.simulator).toBeUndefined()
    // OBS lists the collection's initial scene until it has faded away from it.
    await until('the scene of a new collection to be gone', async () => !(await sceneNames()).includes('Scene'))
    const made = await sceneNames()
    expect(made).not.toContain('Mine')
    expect((await start()).words.simulator).toBeUndefined()
    const { sceneItems } = await obs.call('GetSceneItemList', { sceneName: String(made[0]) })
    expect(sceneItems.map((item) => item['inputKind'])).toEqual(['color_source_v3', 'text_ft2_source_v2'])

    await obs.call('SetCurrentSceneCollection', { sceneCollectionName: 'Untitled' })
    expect(await sceneNames()).toEqual(['Mine'])
    await start(true)
    expect(await sceneNames()).toEqual(made)
    const { sceneCollections } = await obs.call('GetSceneCollectionList')
    expect([...sceneCollections].sort()).toEqual([DEMO_COLLECTION, 'Untitled'])
  })
})
