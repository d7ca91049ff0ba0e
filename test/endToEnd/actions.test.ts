import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startProxy } from '../obs/proxy.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { addMedia, makeTone, silences } from '../support/media.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { One: '#c02020', Two: '#20c020', BRB: '#2020c0' } as const
const palette = { ...scenes, 'Lower Third': '#c0c020' }
const brbMutes = 'scenes: { BRB: { actions: [{ mute: Desk Mic }] } }'

requireRealObs()('the actions of a schedule on a real OBS', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes })
    const file = await makeTone(obs.home, 3)
    await addMedia(obs, { scene: 'One', input: 'Desk Mic', file, looping: true })
    await obs.call('CreateSceneItem', { sceneName: 'BRB', sourceName: 'Desk Mic' })
    await obs.call('CreateInput', {
      sceneName: 'One',
      inputName: 'Lower Third',
      inputKind: 'color_source_v3',
      inputSettings: { color: 0xff20c0c0, width: 640, height: 360 },
      sceneItemEnabled: false,
    })
    await obs.call('CreateInput', { sceneName: 'Two', inputName: 'Title', inputKind: 'text_ft2_source_v2' })
  })
  beforeEach(async () => {
    await obs.call('SetInputMute', { inputName: 'Desk Mic', inputMuted: false })
    await obs.call('SetCurrentProgramScene', { sceneName: 'Two' })
  })
  afterEach(() => show?.close())
  afterAll(() => obs?.close())

  const begin = async (yaml: string, at: { url: string; password: string } = obs) => {
    show = await liveShow(at, `version: 1\ntransition: Cut\n${yaml}`)
    const { lines, orchestrator } = show
    orchestrator.start()
    await until('the first cue to be on air', () => lines.length > 0)
    return show
  }
  const isMuted = async () => (await obs.call('GetInputMute', { inputName: 'Desk Mic' })).inputMuted
  const muted = () => until('the microphone to be muted', isMuted)
  const open = () => until('the microphone to be open', async () => !(await isMuted()))
  const micState = async () => (await obs.call('GetMediaInputStatus', { inputName: 'Desk Mic' })).mediaState
  const title = async () => (await obs.call('GetInputSettings', { inputName: 'Title' })).inputSettings['text']

  it('keep the microphone silent in the recording while a forced BRB is on air, and open it after the release', async () => {
    const { orchestrator, state, clockAt } = await begin(`${brbMutes}\ncues: [{ scene: One, duration: 1m }]`)
    await obs.startRecording()
    await clockAt(orchestrator.now() + 700)
    orchestrator.forceScene('BRB')
    await state('BRB', ({ program }) => program.confirmed === 'BRB')
    expect(await isMuted()).toBe(true)
    await clockAt(orchestrator.now() + 1000)
    orchestrator.release()
    await state('the cue again', ({ program }) => program.confirmed === 'One')
    await open()
    await clockAt(orchestrator.now() + 700)
    const file = await obs.stopRecording()
    const seen = stretches(await decodeFrames(file), palette)
    // The recording may begin before the first sound of the microphone arrives.
    const [silence, ...others] = (await silences(file)).filter(({ from }) => from > 0.1)
    expect(seen.map(({ scene }) => scene)).toEqual(['One', 'BRB', 'One'])
    expect(others).toEqual([])
    expect(Math.abs((silence?.from ?? 0) - (seen[1]?.from ?? 0) / 30)).toBeLessThan(0.25)
    expect(Math.abs((silence?.to ?? 0) - (seen[2]?.from ?? 0) / 30)).toBeLessThan(0.25)
  })

  it('set the right states after jumps', async () => {
    const { orchestrator } = await begin(`
${brbMutes}
cues:
  - { scene: One, duration: 1m, actions: [{ mute: Desk Mic, after: 10s }] }
  - { scene: BRB, duration: 1m }
  - { scene: Two, duration: 1m, actions: [{ show: { scene: One, item: Lower Third } }] }
`)
    orchestrator.next()
    await muted()
    orchestrator.goTo('two')
    await open()
    await until('the item to be shown', lowerThirdIsOn)
    orchestrator.goTo('one', { offset: '20s' })
    await muted()
    await until('the item to be hidden', async () => !(await lowerThirdIsOn()))
    orchestrator.goTo('one')
    await open()
  })

  it('set no state during a pause, but after the resume; a force sets its own', async () => {
    const { orchestrator, clockAt } = await begin(`
${brbMutes}
cues: [{ scene: One, duration: 1m, actions: [{ mute: Desk Mic, after: 400ms }] }]
`)
    orchestrator.pause()
    orchestrator.forceScene('BRB')
    await muted()
    orchestrator.release()
    await open()
    await clockAt(orchestrator.now() + 600)
    expect(await isMuted()).toBe(false)
    orchestrator.resume()
    await muted()
  })

  it('set the states again in an OBS that was killed and restarted', async () => {
    const { orchestrator, state } = await begin(`${brbMutes}\ncues: [{ scene: One, duration: 1m }]`)
    orchestrator.forceScene('BRB')
    await muted()
    await obs.kill('SIGKILL')
    await state('the link to be lost', ({ link }) => link.phase !== 'up')
    const saved = join(obs.home, '.config/obs-studio/basic/scenes/Untitled.json')
    writeFileSync(saved, readFileSync(saved, 'utf8').replaceAll(/"muted": ?true/g, '"muted":false'))
    await obs.restart()
    await state('BRB', ({ link }) => link.phase === 'up')
    await muted()
    orchestrator.release()
    await open()
  })

  it('show an item after its offset and for its time', async () => {
    await obs.startRecording()
    const lostFrames = await obs.countLostFrames()
    const { state } = await begin(`
cues:
  - { scene: One, duration: 1800ms, actions: [{ show: Lower Third, after: 500ms, for: 700ms }] }
  - { scene: Two, duration: 500ms }
`)
    await state('the end', ({ mode }) => mode === 'finished')
    const lost = await lostFrames()
    const seen = stretches(await decodeFrames(await obs.stopRecording()), palette)
    expect(seen.map(({ scene }) => scene)).toEqual(['Two', 'One', 'Lower Third', 'One', 'Two'])
    for (const [at, frames] of [15, 21, 18].entries())
      expect(Math.abs((seen[at + 1]?.length ?? 0) - frames), JSON.stringify(seen)).toBeLessThanOrEqual(2 + lost)
    expect(await lowerThirdIsOn()).toBe(false)
  })

  it('show and hide every item of the same source', async () => {
    const { sceneItemId: second } = await obs.call('CreateSceneItem', { sceneName: 'One', sourceName: 'Lower Third' })
    const shown = async () => {
      const { sceneItems } = await obs.call('GetSceneItemList', { sceneName: 'One' })
      const twins = sceneItems.filter((item) => item['sourceName'] === 'Lower Third')
      return twins.map((item) => item['sceneItemEnabled'])
    }
    const { orchestrator } = await begin(
      'cues: [{ scene: One, duration: 1m, actions: [{ show: Lower Third }] }, { scene: Two, duration: 1m }]',
    )
    await until('both to be shown', async () => (await shown()).join() === 'true,true')
    orchestrator.next()
    await until('both to be hidden', async () => (await shown()).join() === 'false,false')
    await obs.call('RemoveSceneItem', { sceneName: 'One', sceneItemId: second })
  })

  it('of a force without a show are undone by its release', async () => {
    show = await liveShow(obs, `version: 1\ntransition: Cut\n${brbMutes}\ncues: [{ scene: One, duration: 1m }]`)
    const { orchestrator, state } = show
    orchestrator.forceScene('BRB')
    await state('BRB', ({ program }) => program.confirmed === 'BRB')
    expect(await isMuted()).toBe(true)
    orchestrator.release()
    await state('the scene before', ({ program }) => program.confirmed === 'Two')
    await open()
  })

  it('do the acts when they are due, and at the end of the show', async () => {
    const { state } = await begin(`
whenFinished: [startRecord, { text: Title, value: Goodbye }]
cues:
  - scene: One
    duration: 1500ms
    actions:
      - { hotkey: OBSBasic.StartRecording }
      - { text: Title, value: Hello, after: 300ms }
      - { media: Desk Mic, do: pause, after: 600ms }
  - { scene: Two, duration: 1s, actions: [stopRecord] }
`)
    const recording = (what: string, phase: string) => state(what, (seen) => seen.recording.phase === phase)
    const begun = recording('the hotkey to start a recording', 'recording')
    await until('the title', async () => (await title()) === 'Hello')
    await begun
    await until('the media to be paused', async () => (await micState()) === 'OBS_MEDIA_STATE_PAUSED')
    await recording('stopRecord', 'off')
    await state('the end', ({ mode }) => mode === 'finished')
    await recording('startRecord', 'recording')
    await until('the title', async () => (await title()) === 'Goodbye')
    await obs.stopRecording()
  })

  it('are problems if this OBS cannot do them or lacks what they name, and the show goes on', async () => {
    const { lines, state } = await begin(`
cues:
  - scene: One
    duration: 500ms
    actions: [{ chapter: Interview }, { text: Tilte, value: x }, { hotkey: Nope }, { hide: Lower Thrid }, { mute: Desk Mik }]
  - { scene: Two, duration: 5s }
`)
    const said = (code: string) =>
      state(`a problem ${code}`, ({ problems }) => problems.some((problem) => problem.code === code))
    const { problems } = await said('unknownItem')
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'unknownInput', file: 'show.yaml', line: 7, col: 107 }),
    )
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'unknownItem', file: 'show.yaml', line: 7, col: 84 }),
    )
    const messages = problems.map(({ message }) => message).join('\n')
    expect(messages).toContain('the scene "One" has no item "Lower Thrid"; the nearest are "Lower Third"')
    expect(messages).toContain('OBS has no input "Desk Mik"; the nearest are "Desk Mic"')
    await until('the next cue', () => lines.length === 2)
    const failed = await state('a problem for each failed act', ({ problems }) => {
      return problems.filter(({ code }) => code === 'actFailed').length === 3
    })
    expect(failed.problems.filter(({ code }) => code === 'actFailed')).toMatchObject([
      { line: 7, col: 15, message: expect.stringContaining('chapter Interview') },
      { line: 7, col: 39, message: expect.stringContaining('OBS has no input "Tilte"; the nearest are "Title"') },
      { line: 7, col: 66, message: expect.stringContaining('hotkey Nope') },
    ])
  })

  it('do each act at most once, even if the link breaks and forces come and go', async () => {
    const proxy = await startProxy(obs.url)
    const { orchestrator, state, clockAt } = await begin(
      'cues: [{ scene: One, duration: 1m, actions: [{ text: Title, value: Once }, { text: Title, value: Late, after: 800ms }] }]',
      { url: proxy.url, password: obs.password },
    )
    await until('the title', async () => (await title()) === 'Once')
    await obs.call('SetInputSettings', { inputName: 'Title', inputSettings: { text: 'By hand' } })
    orchestrator.forceScene('BRB')
    await state('the force', ({ program }) => program.confirmed === 'BRB')
    proxy.freeze()
    await obs.call('SetCurrentProgramScene', { sceneName: 'Two' })
    await clockAt(orchestrator.now() + 900)
    proxy.thaw()
    await state('the link to be lost', ({ link }) => link.phase !== 'up')
    await state('the manual switch', ({ override }) => override?.by === 'obs')
    orchestrator.release()
    await state('the cue again', ({ program }) => program.confirmed === 'One')
    await clockAt(orchestrator.now() + 300)
    expect(await title()).toBe('By hand')
    expect(orchestrator.currentState().problems).toMatchObject([{ code: 'actFailed' }])
    await show?.close()
    show = undefined
    await proxy.close()
  })

  async function lowerThirdIsOn(): Promise<boolean> {
    const { sceneItemId } = await obs.call('GetSceneItemId', { sceneName: 'One', sourceName: 'Lower Third' })
    return (await obs.call('GetSceneItemEnabled', { sceneName: 'One', sceneItemId })).sceneItemEnabled
  }
})
