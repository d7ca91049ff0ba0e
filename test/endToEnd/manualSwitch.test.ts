import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { asRunWords } from '../support/asRunWords.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { One: '#c02020', Two: '#20c020', Three: '#2020c0', BRB: '#c0c020' } as const

requireRealObs()('a manual switch in OBS', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes })
  })
  beforeEach(async () => {
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: false })
    await obs.call('SetCurrentSceneTransition', { transitionName: 'Cut' })
    await switchTo('Three')
    await atRest()
  })
  afterEach(() => show?.close())
  afterAll(() => obs?.close())

  const begin = async (yaml: string) => {
    show = await liveShow(obs, `version: 1\n${yaml}`)
    show.orchestrator.start()
    const { lines } = show
    await until('the first cue to be on air', () => lines.length > 0)
    return show
  }
  const switchTo = (sceneName: string) => obs.call('SetCurrentProgramScene', { sceneName })
  /** In studio mode OBS drops requests during a transition. */
  const atRest = () =>
    until('OBS to end its transition', async () => {
      return (await obs.call('GetCurrentSceneTransitionCursor')).transitionCursor >= 1
    })
  const preview = async () => (await obs.call('GetCurrentPreviewScene')).currentPreviewSceneName
  const onAir = async () => (await obs.call('GetCurrentProgramScene')).currentProgramSceneName

  it('counts as a force until the end of the cue, and the next cue takes over', async () => {
    await obs.startRecording()
    const { orchestrator, lines, state } = await begin(`
transition: Cut
cues: [{ scene: One, duration: 4s }, { scene: Two, duration: 1s }]
`)
    await obs.recordedFor(200)
    await switchTo('BRB')
    const { override, program } = await state('the switch to be adopted', (seen) => seen.override !== null)
    expect(override).toMatchObject({ scene: 'BRB', by: 'obs', until: 'cueEnd', pause: false })
    expect(program).toMatchObject({ wanted: 'BRB', confirmed: 'BRB', cause: 'manual' })
    await state('the end', ({ mode }) => mode === 'finished')
    const seen = stretches(await decodeFrames(await obs.stopRecording()), scenes)

    expect(seen.map(({ scene }) => scene)).toEqual(['Three', 'One', 'BRB', 'Two'])
    expect(orchestrator.currentState().override).toBeNull()
    expect(asRunWords(lines)).toEqual(['One command onAir', 'BRB manual onAir', 'Two schedule onAir'])
    expect(lines.map(({ cue }) => cue)).toEqual(['one', null, 'two'])
  })

  it('is adopted after a slow transition of the operator', async () => {
    await obs.call('SetCurrentSceneTransition', { transitionName: 'Fade' })
    await obs.call('SetCurrentSceneTransitionDuration', { transitionDuration: 600 })
    const { lines, state } = await begin('cues: [{ scene: One, duration: 5s }, { scene: Two, duration: 1s }]')
    await switchTo('BRB')
    await state('the switch to be adopted', ({ override }) => override?.by === 'obs')
    await state('the second cue', ({ program }) => program.confirmed === 'Two')
    expect(asRunWords(lines)).toEqual(['One command onAir', 'BRB manual onAir', 'Two schedule onAir'])
  })

  it('is adopted over a force, and can be released', async () => {
    const { orchestrator, lines, state } = await begin('transition: Cut\ncues: [{ scene: One, duration: 5s }]')
    orchestrator.forceScene('BRB')
    await state('the force', ({ program }) => program.confirmed === 'BRB')
    await switchTo('Three')
    await state('the switch to be adopted', ({ override }) => override?.scene === 'Three' && override.by === 'obs')
    orchestrator.release()
    await state('the cue again', ({ program }) => program.confirmed === 'One')
    expect(await onAir()).toBe('One')
    expect(asRunWords(lines).slice(1)).toEqual(['BRB force onAir', 'Three manual onAir', 'One release onAir'])
  })

  it('is undone three times with reclaim; the fourth within 10 s stays and is a problem', async () => {
    const { orchestrator, lines, state } = await begin(`
transition: Cut
policies: { manualSwitch: reclaim }
cues: [{ scene: One, duration: 30s }, { scene: Two, duration: 1s }]
`)
    for (const time of [1, 2, 3]) {
      await switchTo('BRB')
      await until('the scene to come back', () => lines.length === time + 1)
      expect(await onAir()).toBe('One')
    }
    expect(orchestrator.currentState().problems).toEqual([])
    await switchTo('BRB')
    const { problems, override } = await state('a problem', (seen) => seen.problems.length > 0)
    expect(problems).toMatchObject([{ code: 'secondController', severity: 'error' }])
    expect(override).toBeNull()
    expect(await onAir()).toBe('BRB')
    orchestrator.next()
    await state('the next cue', ({ program }) => program.confirmed === 'Two')
    const back = 'One reclaim onAir'
    expect(asRunWords(lines)).toEqual(['One command onAir', back, back, back, 'Two command onAir'])
  })

  it.each(['adopt', 'reclaim'])('is noticed in studio mode, too (%s)', async (policy) => {
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: true })
    const { lines, state } = await begin(`
transition: Cut
policies: { manualSwitch: ${policy} }
cues: [{ scene: One, duration: 5s }, { scene: Two, duration: 1s }]
`)
    await atRest()
    await obs.call('SetCurrentPreviewScene', { sceneName: 'BRB' })
    // OBS answers before its window has followed. A click in between would take the scene that was in the preview before.
    await until('BRB in the preview', async () => (await preview()) === 'BRB')
    await obs.call('TriggerStudioModeTransition')
    await until('the answer to the switch', () => lines.length === 2)
    expect(await onAir()).toBe(policy === 'adopt' ? 'BRB' : 'One')
    await state('the second cue', ({ program }) => program.confirmed === 'Two')
    expect(asRunWords(lines)).toEqual([
      'One command onAir',
      policy === 'adopt' ? 'BRB manual onAir' : 'One reclaim onAir',
      'Two schedule onAir',
    ])
  })

  it('is not seen in the events of studio mode going on and off', async () => {
    const { orchestrator, lines, state, clockAt } = await begin(`
transition: Cut
cues: [{ scene: One, duration: 800ms }, { scene: Two, duration: 800ms }, { scene: Three, duration: 10s }]
`)
    for (let i = 0; i < 8; i++) {
      await obs.call('SetStudioModeEnabled', { studioModeEnabled: i % 2 === 0 })
      if (i % 2 === 0) await obs.call('SetCurrentPreviewScene', { sceneName: 'BRB' })
      await clockAt(orchestrator.now() + 300)
    }
    const last = await state('the last cue', ({ program }) => program.confirmed === 'Three')
    expect(last).toMatchObject({ override: null, problems: [] })
    expect(await onAir()).toBe('Three')
    expect(asRunWords(lines)).toEqual(['One command onAir', 'Two schedule onAir', 'Three schedule onAir'])
  })

  it.each([
    { policy: 'adopt', studio: false },
    { policy: 'reclaim', studio: true },
  ])(
    'is never seen in our own takes, even in fades and bursts ($policy, studio mode: $studio)',
    async ({ policy, studio }) => {
      await obs.call('SetStudioModeEnabled', { studioModeEnabled: studio })
      const { orchestrator, lines, state, clockAt } = await begin(`
transition: Fade 300ms
policies: { manualSwitch: ${policy} }
loop: true
cues: [{ scene: One, duration: 500ms, transition: Cut }, { scene: Two, duration: 500ms }]
`)
      const forcedBy = new Set<string | undefined>()
      orchestrator.subscribe(({ override }) => forcedBy.add(override?.by))
      // OBS announces a scene 20 to 40 ms after it was set. Here others are wanted before, at and after that moment.
      const orders = ['BRB', 'Three', 'One', 'release', 'Three', 'BRB', 'release', 'Two'].map((scene, i) => ({
        scene,
        i,
      }))
      for (const spacing of [0, 15, 25, 35, 45, 60, 120]) {
        for (const { scene, i } of orders) {
          if (scene === 'release') orchestrator.release()
          else orchestrator.forceScene(scene, { transition: (i + spacing) % 3 === 0 ? 'Fade 300ms' : 'Cut' })
          if (spacing > 0) await clockAt(orchestrator.now() + spacing)
        }
      }
      orchestrator.pause()
      const { program } = await state('the last take', ({ program: seen }) => seen.confirmed === seen.wanted)
      await until('OBS to show it', async () => (await onAir()) === program.wanted)
      await clockAt(orchestrator.now() + 500)
      expect(orchestrator.currentState()).toMatchObject({ problems: [], program: { confirmed: program.wanted } })
      expect([...forcedBy].sort()).toEqual(['operator', undefined])
      expect(lines.filter(({ cause, outcome }) => /manual|reclaim/.test(cause) || outcome === 'failed')).toEqual([])
    },
  )

  it('only ends a force if no show runs, and nothing is sent back', async () => {
    show = await liveShow(obs, 'version: 1\ntransition: Cut\ncues: [{ scene: One, duration: 1s }]')
    const { orchestrator, lines, state, clockAt } = show
    await switchTo('Two')
    await state('the switch to be seen', ({ program }) => program.confirmed === 'Two')
    expect(orchestrator.currentState()).toMatchObject({ override: null, program: { wanted: null } })

    orchestrator.forceScene('BRB')
    await state('the force', ({ program }) => program.confirmed === 'BRB')
    await switchTo('Three')
    const { program } = await state('the end of the force', ({ override }) => override === null)
    expect(program).toMatchObject({ wanted: null, confirmed: 'Three' })
    await clockAt(orchestrator.now() + 500)
    expect(await onAir()).toBe('Three')
    expect(asRunWords(lines)).toEqual(['BRB force onAir'])
    expect(orchestrator.release()).toMatchObject({ accepted: false, reason: 'noOverride' })
  })
})
