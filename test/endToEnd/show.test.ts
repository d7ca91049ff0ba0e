import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, type Stretch, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'

const scenes = { Opening: '#c02020', 'Main Camera': '#20c020', Guest: '#2020c0', BRB: '#c0c020' } as const
const fps = 30

const lengthInFrames = (milliseconds: number) => (milliseconds * fps) / 1000

requireRealObs()('a show on a real OBS', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes, fps })
  })
  afterEach(() => show?.close())
  afterAll(() => obs?.close())

  it('puts each cue on air in order, for its length', async () => {
    show = await liveShow(
      obs,
      `version: 1
transition: Cut
cues:
  - { scene: Main Camera, duration: 1s }
  - { scene: Guest, duration: 2s }
  - { scene: Opening, duration: 1500ms }
  - { scene: Guest, duration: 1s }
  - { scene: BRB, duration: 500ms }
`,
    )
    await obs.startRecording()
    const lostFrames = await obs.countLostFrames()
    show.orchestrator.start()
    const finished = await show.state('the end of the show', ({ mode }) => mode === 'finished')
    await show.clockAt(finished.at + 500)
    const lost = await lostFrames()
    const seen = stretches(await decodeFrames(await obs.stopRecording()), scenes)

    expect(seen.map(({ scene }) => scene)).toEqual(['Opening', 'Main Camera', 'Guest', 'Opening', 'Guest', 'BRB'])
    expectLengths(seen.slice(1, 5), [1000, 2000, 1500, 1000], lost)
    expect(show.lines.map(({ cue, outcome, cause }) => `${cue} ${outcome} ${cause}`)).toEqual([
      'main-camera onAir command',
      'guest onAir schedule',
      'opening onAir schedule',
      'guest-2 onAir schedule',
      'brb onAir schedule',
    ])
  })

  it('leaves the recording that the as-run log describes after a force, a pause, a resume and a release', async () => {
    show = await liveShow(
      obs,
      `version: 1
transition: Cut
cues:
  - { scene: Opening, duration: 2s }
  - { scene: Main Camera, duration: 3s }
  - { scene: Guest, duration: 1s }
`,
    )
    const { orchestrator } = show
    await obs.startRecording()
    const lostFrames = await obs.countLostFrames()
    orchestrator.start()
    const startedAt = orchestrator.currentState().at
    await show.clockAt(startedAt + 1000)
    orchestrator.forceScene('BRB')
    await show.clockAt(startedAt + 2500)
    orchestrator.pause()
    const { pausedAt } = orchestrator.currentState()
    await show.clockAt(startedAt + 3000)
    orchestrator.release()
    await show.clockAt(startedAt + 4000)
    orchestrator.resume()
    const paused = orchestrator.currentState().at - (pausedAt ?? 0)
    const finished = await show.state('the end of the show', ({ mode }) => mode === 'finished')
    const lost = await lostFrames()
    const seen = stretches(await decodeFrames(await obs.stopRecording()), scenes)

    // The second cue is covered for its first second and waits in the pause.
    expect(finished.at - startedAt).toBe(6000 + paused)
    const onAir = show.lines.filter(({ outcome }) => outcome === 'onAir' || outcome === 'already')
    // The last cue is on to the end of the recording, which lies after the end of the show.
    expect(seen.slice(-4).map(({ scene }) => scene)).toEqual(onAir.map(({ scene }) => scene))
    const starts = onAir.map(({ plannedAt }) => plannedAt)
    expectLengths(seen.slice(-3, -1), lengthsBetween(starts.slice(1)), lost)
    expect(show.lines.map(({ scene, cause, outcome }) => `${scene} ${cause} ${outcome}`)).toEqual([
      'Opening command onAir',
      'BRB force onAir',
      'Main Camera schedule covered',
      'Main Camera release onAir',
      'Guest schedule onAir',
    ])
  })
})

const lengthsBetween = (instants: readonly number[]): number[] =>
  instants.slice(1).map((instant, i) => instant - (instants[i] ?? 0))

/** Each stretch lasts its milliseconds, give or take two frames, and those that OBS has lost. */
function expectLengths(seen: readonly Stretch[], milliseconds: readonly number[], lost: number): void {
  expect(seen).toHaveLength(milliseconds.length)
  seen.forEach(({ scene, length }, i) => {
    const planned = lengthInFrames(milliseconds[i] ?? 0)
    expect(Math.abs(length - planned), `${scene}: ${length} frames, planned ${planned}`).toBeLessThanOrEqual(2 + lost)
  })
}
