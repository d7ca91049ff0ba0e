import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Snapshot } from '../../src/orchestrator/core/snapshot.ts'
import { asRunWords } from '../support/asRunWords.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { addMedia, makeClip } from '../support/media.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { One: '#c02020', Sponsor: '#20c020', BRB: '#2020c0' } as const
const clip = { colour: '#20c0c0', milliseconds: 1500 } as const
const palette = { ...scenes, Reel: clip.colour }

requireRealObs()('a cue with media on a real OBS', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes })
    const file = await makeClip(obs.home, clip.milliseconds / 1000, clip.colour)
    await addMedia(obs, { scene: 'Sponsor', input: 'Gone Reel', file: `${file}.gone` })
    await addMedia(obs, { scene: 'Sponsor', input: 'Sponsor Reel', file })
  })
  beforeEach(() => obs.call('SetCurrentProgramScene', { sceneName: 'BRB' }))
  afterEach(() => show?.close())
  afterAll(() => obs?.close())

  const begin = async (yaml: string) => {
    show = await liveShow(obs, `version: 1\ntransition: Cut\n${yaml}`)
    const { lines, orchestrator } = show
    const startedAt = orchestrator.now()
    orchestrator.start()
    await until('the first cue to be on air', () => lines.length > 0)
    return { ...show, startedAt }
  }
  const hasRemainingTime = ({ cue }: Snapshot) => (cue?.endsAt ?? 0) - (cue?.enteredAt ?? 0) < 5000
  const plays = async () =>
    (await obs.call('GetMediaInputStatus', { inputName: 'Sponsor Reel' })).mediaState === 'OBS_MEDIA_STATE_PLAYING'

  it('ends when the media has played to its end, and plays it from the start each time', async () => {
    await obs.startRecording()
    const lostFrames = await obs.countLostFrames()
    const { lines, state } = await begin(`
loop: 2
cues:
  - { scene: Sponsor, media: Sponsor Reel, duration: 20s }
  - { scene: One, duration: 500ms }
`)
    const forecast = await state('its remaining time', hasRemainingTime)
    const expected = (forecast.cue?.endsAt ?? 0) - (forecast.cue?.enteredAt ?? 0)
    expect(Math.abs(expected - clip.milliseconds)).toBeLessThan(400)
    const { at } = await state('the end', ({ mode }) => mode === 'finished')
    const lost = await lostFrames()
    const seen = stretches(await decodeFrames(await obs.stopRecording()), palette)
    // For a moment before the reel's first frame and after its last, the scene is empty.
    const shown = seen.filter(({ scene, length }) => scene !== 'Sponsor' || length > 15)
    expect(shown.map(({ scene }) => scene)).toEqual(['BRB', 'Reel', 'One', 'Reel', 'One'])
    for (const { scene, length } of shown.slice(1, 4))
      if (scene === 'Reel') expect(Math.abs(length - 45)).toBeLessThan(12 + lost)
    expect(asRunWords(lines)).toEqual([
      'Sponsor command onAir',
      'One schedule onAir',
      'Sponsor schedule onAir',
      'One schedule onAir',
    ])
    expect(at - (lines[0]?.plannedAt ?? 0)).toBeLessThan(6000)
  })

  it('ends with its media even if a force hides it', async () => {
    const { orchestrator, lines, state, startedAt } = await begin(`
cues:
  - { scene: Sponsor, media: Sponsor Reel, duration: 20s }
  - { scene: One, duration: 1m }
`)
    await state('its remaining time', hasRemainingTime)
    orchestrator.forceScene('BRB')
    await state('the next cue under the force', ({ cue }) => cue?.id === 'one')
    expect(asRunWords(lines)).toEqual(['Sponsor command onAir', 'BRB force onAir', 'One schedule covered'])
    const entered = (lines.at(-1)?.plannedAt ?? 0) - startedAt
    expect(entered).toBeGreaterThan(clip.milliseconds - 300)
    expect(entered).toBeLessThan(clip.milliseconds + 2000)
    orchestrator.release()
    await state('the next cue', ({ program }) => program.confirmed === 'One')
  })

  it('lasts no longer than its duration', async () => {
    const { lines, state, startedAt } = await begin(`
cues:
  - { scene: Sponsor, media: Sponsor Reel, duration: 700ms }
  - { scene: One, duration: 1m }
`)
    await state('the next cue', ({ program }) => program.confirmed === 'One')
    expect((lines[1]?.plannedAt ?? 0) - (lines[0]?.plannedAt ?? 0)).toBe(700)
    expect(lines[0]?.plannedAt).toBeGreaterThanOrEqual(startedAt)
  })

  it('lets its media play on during a pause, and gives way to the next cue at the resume', async () => {
    const { orchestrator, lines, state } = await begin(`
cues:
  - { scene: Sponsor, media: Sponsor Reel, duration: 20s }
  - { scene: One, duration: 1m }
`)
    await until('the media to play', plays)
    orchestrator.pause()
    await until('the media to end', async () => !(await plays()))
    await until(
      'its end to be known',
      () => (orchestrator.currentState().cue?.endsAt ?? Infinity) <= orchestrator.now(),
    )
    expect(asRunWords(lines)).toEqual(['Sponsor command onAir'])
    const resumedAt = orchestrator.now()
    orchestrator.resume()
    await state('the next cue', ({ program }) => program.confirmed === 'One')
    expect(lines[1]?.plannedAt).toBeGreaterThanOrEqual(resumedAt)
    expect((lines[1]?.plannedAt ?? 0) - resumedAt).toBeLessThan(50)
  })

  it('lasts its duration if OBS does not have the input, and a problem names the nearest ones', async () => {
    const { lines, state } = await begin(`
cues:
  - { scene: Sponsor, media: Sponsor Real, duration: 700ms }
  - { scene: One, duration: 1m }
`)
    const { problems } = await state('a problem', (seen) => seen.problems.length > 0)
    expect(problems).toMatchObject([{ code: 'unknownInput', severity: 'error' }])
    expect(problems[0]?.message).toContain('OBS has no input "Sponsor Real"; the nearest are "Sponsor Reel"')
    await state('the next cue', ({ program }) => program.confirmed === 'One')
    expect((lines[1]?.plannedAt ?? 0) - (lines[0]?.plannedAt ?? 0)).toBe(700)
  })

  it('lasts its duration if the input is not media, and a problem says so', async () => {
    const { lines, state } = await begin(`
cues:
  - { scene: Sponsor, media: Sponsor colour, duration: 700ms }
  - { scene: One, duration: 1m }
`)
    const { problems } = await state('a problem', (seen) => seen.problems.length > 0)
    expect(problems[0]?.message).toContain('Sponsor colour')
    await state('the next cue', ({ program }) => program.confirmed === 'One')
    expect((lines[1]?.plannedAt ?? 0) - (lines[0]?.plannedAt ?? 0)).toBe(700)
  })

  it('plays its media even if OBS does not start the input when its scene goes on air', async () => {
    await obs.call('SetInputSettings', { inputName: 'Sponsor Reel', inputSettings: { restart_on_activate: false } })
    await obs.startRecording()
    const { lines, state } = await begin(`
loop: 2
cues:
  - { scene: Sponsor, media: Sponsor Reel, duration: 8s }
  - { scene: One, duration: 300ms }
`)
    await state('the end', ({ mode }) => mode === 'finished')
    const seen = stretches(await decodeFrames(await obs.stopRecording()), palette)
    const reels = seen.filter(({ scene }) => scene === 'Reel').map(({ length }) => length)
    expect(
      reels.filter((length) => length > 30),
      JSON.stringify(seen),
    ).toHaveLength(2)
    const begun = lines.map(({ plannedAt }) => plannedAt)
    for (const [from, to] of [
      [0, 1],
      [2, 3],
    ] as const)
      expect((begun[to] ?? 0) - (begun[from] ?? 0)).toBeLessThan(clip.milliseconds + 900)
    await obs.call('SetInputSettings', { inputName: 'Sponsor Reel', inputSettings: { restart_on_activate: true } })
  })

  it('lasts its duration if the file is gone, and a problem says after 3 s that it does not play', async () => {
    const { lines, state } = await begin(`
cues:
  - { scene: Sponsor, media: Gone Reel, duration: 4s }
  - { scene: One, duration: 1m }
`)
    const { problems } = await state('a problem', (seen) => seen.problems.length > 0)
    expect(problems).toMatchObject([{ code: 'mediaNotPlaying', severity: 'warning' }])
    await state('the next cue', ({ program }) => program.confirmed === 'One')
    expect((lines[1]?.plannedAt ?? 0) - (lines[0]?.plannedAt ?? 0)).toBe(4000)
  })
})
