import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startProxy } from '../obs/proxy.ts'
import { asRunWords } from '../support/asRunWords.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { One: '#c02020', Two: '#20c020', Standby: '#2020c0', BRB: '#c0c020' } as const

requireRealObs()('a show with trouble in OBS', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes })
  })
  beforeEach(() => obs.call('SetCurrentProgramScene', { sceneName: 'BRB' }))
  afterEach(() => show?.close())
  afterAll(() => obs?.close())

  const begin = async (yaml: string, at: { url: string; password: string } = obs) => {
    show = await liveShow(at, `version: 1\n${yaml}`)
    const { lines, orchestrator } = show
    orchestrator.start()
    await until('the first cue to be on air', () => lines.length > 0)
    return show
  }
  const onAir = async () => (await obs.call('GetCurrentProgramScene')).currentProgramSceneName
  const isOnAir = (scene: string) => until(`${scene} to be on air`, async () => (await onAir()) === scene)
  /** Makes a killed OBS come back on this scene, since it doesn't reliably come back on the one that was on. */
  const remember = (scene: string) => {
    const saved = join(obs.home, '.config/obs-studio/basic/scenes/Untitled.json')
    const before = readFileSync(saved, 'utf8')
    writeFileSync(saved, before.replaceAll(/"(current_(?:program_)?scene)": ?"[^"]*"/g, `"$1":"${scene}"`))
  }

  it('puts the wanted scene on air as soon as a killed OBS is back', async () => {
    const { orchestrator, lines, state } = await begin('transition: Cut\ncues: [{ scene: One, duration: 1m }]')
    const phases = ['up']
    orchestrator.subscribe(({ link }) => {
      if (link.phase !== phases.at(-1)) phases.push(link.phase)
    })
    await obs.kill('SIGKILL')
    const { program } = await state('the link to be lost', ({ link }) => link.phase === 'down')
    expect(program.wanted).toBe('One')
    remember('BRB')
    await obs.restart()
    await isOnAir('One')
    await until('its line', () => lines.length === 2)
    expect(asRunWords(lines)).toEqual(['One command onAir', 'One reconnect onAir'])
    expect(phases).toEqual(['up', 'down', 'connecting', 'up'])
    expect(orchestrator.currentState()).toMatchObject({ problems: [], override: null })
  })

  it('goes on while OBS is away, and logs how late the missed cue was', async () => {
    const { orchestrator, lines, state } = await begin(
      'transition: Cut\ncues: [{ scene: One, duration: 3s }, { scene: Two, duration: 1m }]',
    )
    await obs.kill('SIGKILL')
    await state('the second cue', ({ cue }) => cue?.id === 'two')
    expect(orchestrator.currentState()).toMatchObject({ program: { wanted: 'Two' } })
    remember('BRB')
    await obs.restart()
    await isOnAir('Two')
    await until('its line', () => lines.length === 2)
    expect(asRunWords(lines)).toEqual(['One command onAir', 'Two schedule onAir'])
    expect((lines[1]?.plannedAt ?? 0) - (lines[0]?.plannedAt ?? 0)).toBe(3000)
    expect(lines[1]?.errorMs).toBeGreaterThan(0)
    expect(lines[1]?.errorMs).toBe((lines[1]?.confirmedAt ?? 0) - (lines[1]?.plannedAt ?? 0))
  })

  it.each([
    { switched: false, said: [] },
    { switched: true, said: ['BRB manual onAir'] },
  ])(
    'takes another scene for a manual switch if OBS went on without us (switched: $switched)',
    async ({ switched, said }) => {
      const proxy = await startProxy(obs.url)
      const at = { url: proxy.url, password: obs.password }
      const { orchestrator, lines, state, clockAt } = await begin(
        'transition: Cut\ncues: [{ scene: One, duration: 1m }]',
        at,
      )
      proxy.freeze()
      if (switched) await obs.call('SetCurrentProgramScene', { sceneName: 'BRB' })
      proxy.thaw()
      await state('the link to be lost', ({ link }) => link.phase !== 'up')
      await state('the link', ({ link }) => link.phase === 'up')
      await clockAt(orchestrator.now() + 400)
      expect(asRunWords(lines)).toEqual(['One command onAir', ...said])
      expect(orchestrator.currentState().override?.by).toBe(switched ? 'obs' : undefined)
      expect(await onAir()).toBe(switched ? 'BRB' : 'One')
      await show?.close()
      show = undefined
      await proxy.close()
    },
  )

  it('shows the fallback for a missing scene with a problem that says where and names the nearest, and the scene once it exists', async () => {
    const { lines, state } = await begin(`transition: Cut
fallback: Standby
cues:
  - { scene: One, duration: 300ms }
  - { scene: Tow, duration: 1m }
`)
    await state('the fallback', ({ program }) => program.confirmed === 'Standby')
    const { problems } = await state('the problem', (seen) => seen.problems.length > 0)
    expect(problems).toMatchObject([{ code: 'unknownScene', severity: 'warning', file: 'show.yaml', line: 6, col: 14 }])
    expect(problems[0]?.message).toContain('no scene "Tow"')
    expect(problems[0]?.message).toContain('"Two"')
    await obs.call('CreateScene', { sceneName: 'Tow' })
    await state('the scene', ({ program }) => program.confirmed === 'Tow')
    await state('no problem', (seen) => seen.problems.length === 0)
    expect(asRunWords(lines)).toEqual(['One command onAir', 'Standby fallback onAir', 'Tow fallback onAir'])
  })

  it('shows the fallback when the scene on air is removed', async () => {
    await obs.call('CreateScene', { sceneName: 'Guest' })
    const { orchestrator, lines, state, clockAt } = await begin(
      'transition: Cut\nfallback: Standby\ncues: [{ scene: Guest, duration: 1m }]',
    )
    await obs.call('RemoveScene', { sceneName: 'Guest' })
    await isOnAir('Standby')
    await state('the fallback', ({ program }) => program.confirmed === 'Standby')
    await clockAt(orchestrator.now() + 500)
    expect(orchestrator.currentState()).toMatchObject({ override: null, problems: [{ code: 'unknownScene' }] })
    expect(asRunWords(lines)).toEqual(['Guest command onAir', 'Standby fallback onAir'])
  })

  it('does not take the scene that OBS shows in place of a removed one for a manual switch', async () => {
    await obs.call('CreateScene', { sceneName: 'Caller' })
    const { orchestrator, lines, state, clockAt } = await begin(
      'transition: Cut\ncues: [{ scene: Caller, duration: 1m }]',
    )
    await obs.call('RemoveScene', { sceneName: 'Caller' })
    await state('another scene', ({ program }) => program.confirmed !== 'Caller')
    await clockAt(orchestrator.now() + 500)
    expect(orchestrator.currentState()).toMatchObject({
      mode: 'running',
      override: null,
      program: { wanted: 'Caller' },
    })
    expect(lines.map(({ cause }) => cause)).not.toContain('manual')
  })

  it('follows a renamed scene, now and later, and says that the file is out of date', async () => {
    await obs.call('CreateScene', { sceneName: 'Guest' })
    const { orchestrator, lines, state, clockAt } = await begin(`transition: Cut
fallback: Standby
cues: [{ scene: Guest, duration: 3s }, { scene: One, duration: 300ms }, { scene: Guest, duration: 1m }]
`)
    await obs.call('SetSceneName', { sceneName: 'Guest', newSceneName: 'Guest Camera' })
    const { program, problems } = await state('the new name', (seen) => seen.program.wanted === 'Guest Camera')
    expect(program.confirmed).toBe('Guest Camera')
    expect(problems).toMatchObject([{ code: 'sceneRenamed', severity: 'warning' }])
    expect(problems[0]?.message).toContain('"Guest" is called "Guest Camera"')
    await state('the last cue', ({ program: seen, cue }) => cue?.index === 2 && seen.confirmed === 'Guest Camera')
    await clockAt(orchestrator.now() + 300)
    expect(asRunWords(lines)).toEqual(['Guest command onAir', 'One schedule onAir', 'Guest Camera schedule onAir'])
    expect(await onAir()).toBe('Guest Camera')
    await obs.call('RemoveScene', { sceneName: 'Guest Camera' })
  })

  it('uses the selected transition if the wanted one is missing, and names the nearest', async () => {
    const { lines, state } = await begin(`transition: Cut
cues: [{ scene: One, duration: 300ms }, { scene: Two, duration: 1m, transition: Faed 300ms }]
`)
    await state('the second cue', ({ program }) => program.confirmed === 'Two')
    const { problems } = await state('the problem', (seen) => seen.problems.length > 0)
    expect(problems).toMatchObject([{ code: 'unknownTransition', severity: 'warning' }])
    expect(problems[0]?.message).toContain('OBS has no transition "Faed"; the nearest are "Fade"')
    expect(asRunWords(lines)).toEqual(['One command onAir', 'Two schedule onAir'])
  })
})
