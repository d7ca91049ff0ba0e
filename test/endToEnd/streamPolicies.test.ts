import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { StreamPhase } from '../../src/orchestrator/core/events.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { requireRealObs } from '../support/requirements.ts'
import { type RtmpServer, startRtmpServer } from '../support/rtmp.ts'
import { until } from '../support/until.ts'

const scenes = { One: '#c02020', Two: '#20c020' } as const
const cues = 'transition: Cut\ncues: [{ scene: One, duration: 5m }, { scene: Two, duration: 5m }]'

requireRealObs('rtmp')('the stream of a real OBS', () => {
  let rtmp: RtmpServer
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    rtmp = await startRtmpServer()
    obs = await startObs({ scenes, stream: { server: rtmp.url, key: rtmp.key } })
    // By default OBS waits 2 s before it tries again.
    await obs.call('SetProfileParameter', {
      parameterCategory: 'Output',
      parameterName: 'RetryDelay',
      parameterValue: '1',
    })
  })
  afterEach(async () => {
    await show?.close()
    show = undefined
    await goOffline()
  })
  afterAll(async () => {
    await obs?.close()
    await rtmp?.close()
  })

  const isActive = async () => (await obs.call('GetStreamStatus')).outputActive
  /** Right after the end OBS may still say that it is live, and then refuse to stop, so ask again. */
  const goOffline = () =>
    until('OBS to be offline', async () => {
      if (!(await isActive())) return true
      await obs.call('StopStream')
      return false
    })
  const goLive = async () => {
    await obs.call('StartStream')
    await until('OBS to be live', isActive)
  }
  const withPolicies = async (policies: string) => {
    show = await liveShow(obs, `version: 1\npolicies: { ${policies} }\n${cues}`)
    return show
  }
  const live = async () => void (await show?.state('the stream to be live', ({ stream }) => stream.phase === 'live'))
  const lost = async () => await show?.state('the loss', ({ stream }) => stream.phase === 'reconnecting')

  it('is reported as offline, starting, live, reconnecting and stopping', async () => {
    const { orchestrator, state } = await withPolicies('streamLost: continue')
    const phases: StreamPhase[] = [orchestrator.currentState().stream.phase]
    orchestrator.subscribe(({ stream }) => {
      if (stream.phase !== phases.at(-1)) phases.push(stream.phase)
    })
    orchestrator.start()
    await obs.call('StartStream')
    await live()
    await rtmp.kill()
    await lost()
    await rtmp.restart()
    await live()
    await obs.call('StopStream')
    const end = await state('the end', ({ stream }) => stream.phase === 'offline')
    expect(phases).toEqual(['offline', 'starting', 'live', 'reconnecting', 'live', 'stopping', 'offline'])
    expect(end.mode).toBe('running')
  })

  it('pauses the show when it has been lost for the grace, and resumes it when it is live again', async () => {
    const { orchestrator, state } = await withPolicies('streamLost: pause, streamGrace: 1s')
    await goLive()
    orchestrator.start()
    const { cue: before } = orchestrator.currentState()
    await rtmp.kill()
    const loss = await lost()
    expect(loss?.mode).toBe('running')
    const paused = await state('the pause', ({ mode }) => mode === 'paused')
    expect(paused.pausedAt).toBe((loss?.stream.since ?? 0) + 1000)
    await rtmp.restart()
    const resumed = await state('the show to go on', ({ mode }) => mode === 'running')
    expect(resumed.stream.phase).toBe('live')
    const pause = resumed.at - (paused.pausedAt ?? 0)
    expect(resumed.cue?.endsAt).toBe((before?.endsAt ?? 0) + pause)
  })

  it('does not resume the show if the operator has resumed and paused it since', async () => {
    const { orchestrator, state } = await withPolicies('streamLost: pause, streamGrace: 250ms')
    await goLive()
    orchestrator.start()
    await rtmp.kill()
    await state('the pause', ({ mode }) => mode === 'paused')
    orchestrator.resume()
    orchestrator.pause()
    await rtmp.restart()
    await live()
    expect(orchestrator.currentState()).toMatchObject({ mode: 'paused', cue: { id: 'one' } })
  })

  it('changes nothing if it is lost for less than the grace', async () => {
    const { orchestrator } = await withPolicies('streamLost: pause, streamGrace: 30s')
    const modes = new Set<string>()
    await goLive()
    orchestrator.start()
    orchestrator.subscribe(({ mode }) => modes.add(mode))
    await rtmp.kill()
    await lost()
    await rtmp.restart()
    await live()
    expect([...modes]).toEqual(['running'])
  })

  it.each([
    { policy: 'continue', mode: 'running' },
    { policy: 'pause', mode: 'paused' },
    { policy: 'stop', mode: 'stopped' },
  ])('leaves the show $mode if it is stopped in OBS, with streamStopped: $policy', async ({ policy, mode }) => {
    const { orchestrator, state } = await withPolicies(`streamStopped: ${policy}`)
    await goLive()
    orchestrator.start()
    await obs.call('StopStream')
    const end = await state('the end of the stream', ({ stream }) => stream.phase === 'offline')
    expect(end.mode).toBe(mode)
    expect(end.program.wanted).toBe(mode === 'stopped' ? null : 'One')
  })

  it('starts a show that waits for the stream', async () => {
    show = await liveShow(obs, `version: 1\nstart: stream\n${cues}`)
    const { orchestrator, lines, state } = show
    expect(orchestrator.currentState()).toMatchObject({ mode: 'idle', armedFor: { kind: 'stream' }, problems: [] })
    await obs.call('StartStream')
    await state('the start', ({ mode }) => mode === 'running')
    await state('the first cue', ({ program }) => program.confirmed === 'One')
    await until('its line', () => lines.length > 0)
    expect(lines[0]).toMatchObject({ cue: 'one', cause: 'schedule' })
  })

  it('starts no show if it is live already or comes back, and a problem says so', async () => {
    await goLive()
    show = await liveShow(obs, `version: 1\nstart: stream\n${cues}`)
    const { orchestrator, state } = show
    const { problems } = await state('a problem', (seen) => seen.problems.length > 0)
    expect(problems).toMatchObject([{ code: 'streamAlreadyLive', severity: 'warning' }])
    await rtmp.kill()
    await lost()
    await rtmp.restart()
    await live()
    expect(orchestrator.currentState().mode).toBe('idle')
    expect(orchestrator.start()).toMatchObject({ accepted: true })
    expect(orchestrator.currentState().problems).toEqual([])
  })
})
