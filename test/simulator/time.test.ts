import { describe, expect, it } from 'vitest'
import { stations, typesOf } from './station.ts'

const station = stations()

describe('time in the simulator', () => {
  it('is its clock’s time, and frames are rendered only as that passes', async () => {
    const { clock, client } = await station()
    const me = await client()
    clock.advance(10_000)
    expect(await me.ask('GetStats')).toMatchObject({ activeFps: 30, renderTotalFrames: 300 })
    expect(await me.ask('GetStats')).toMatchObject({ renderTotalFrames: 300 })
  })

  it('ends a cut on the next frame', async () => {
    const { clock, simulator, client } = await station()
    const me = await client()
    await me.ask('SetCurrentSceneTransition', { transitionName: 'Cut' })
    clock.advance(5)
    simulator.switchProgram('Green')
    clock.advance(28)
    await me.ask('GetVersion')
    expect(typesOf(me)).not.toContain('CurrentProgramSceneChanged')
    clock.advance(1)
    await me.event('CurrentProgramSceneChanged', { sceneName: 'Green' })
  })

  it('ends a fade after its duration', async () => {
    const { clock, simulator, client } = await station()
    const me = await client()
    simulator.switchProgram('Green')
    clock.advance(299)
    await me.ask('GetVersion')
    expect(typesOf(me)).not.toContain('SceneTransitionEnded')
    clock.advance(1)
    await me.event('SceneTransitionEnded', { transitionName: 'Fade' })
  })

  it('lets a batch sleep to the millisecond', async () => {
    const { clock, client } = await station()
    const me = await client()
    const batch = {
      requests: [{ requestType: 'Sleep', requestData: { sleepMillis: 200 } }, { requestType: 'StartRecord' }],
    }
    let done = false
    const answer = me.batch(batch).then(() => {
      done = true
    })
    await me.ask('GetVersion')
    clock.advance(199)
    await me.ask('GetVersion')
    expect(done).toBe(false)
    clock.advance(1)
    await answer
    expect(done).toBe(true)
  })

  it('plays media to the end, but not while it is paused', async () => {
    const { clock, simulator, client } = await station({
      inputs: [{ name: 'Reel', mediaDuration: 2000 }],
      items: [{ scene: 'Green', item: 'Reel' }],
    })
    const me = await client()
    const status = () => me.ask('GetMediaInputStatus', { inputName: 'Reel' })
    const act = (action: string) =>
      me.ask('TriggerMediaInputAction', {
        inputName: 'Reel',
        mediaAction: `OBS_WEBSOCKET_MEDIA_INPUT_ACTION_${action}`,
      })
    simulator.switchProgram('Green')
    clock.advance(1500)
    expect(await status()).toMatchObject({
      mediaState: 'OBS_MEDIA_STATE_PLAYING',
      mediaCursor: 1500,
      mediaDuration: 2000,
    })
    await act('PAUSE')
    clock.advance(60_000)
    expect(await status()).toMatchObject({ mediaState: 'OBS_MEDIA_STATE_PAUSED', mediaCursor: 1500 })
    await act('PLAY')
    clock.advance(499)
    expect(await status()).toMatchObject({ mediaState: 'OBS_MEDIA_STATE_PLAYING', mediaCursor: 1999 })
    clock.advance(1)
    await me.event('MediaInputPlaybackEnded', { inputName: 'Reel' })
  })

  it('reports RECONNECTING at each retry with the duration frozen, and counts from 0 afterwards', async () => {
    const { clock, simulator, client } = await station()
    const me = await client()
    simulator.stream.start()
    clock.advance(100 + 5000)
    simulator.stream.lose()
    clock.advance(4000)
    expect(await me.ask('GetStreamStatus')).toMatchObject({
      outputActive: true,
      outputReconnecting: true,
      outputDuration: 5000,
    })
    const retries = me.events.filter(
      ({ eventData }) => eventData['outputState'] === 'OBS_WEBSOCKET_OUTPUT_RECONNECTING',
    )
    expect(retries).toHaveLength(3)
    simulator.stream.recover()
    clock.advance(700)
    expect(await me.ask('GetStreamStatus')).toMatchObject({ outputReconnecting: false, outputDuration: 700 })
    expect(simulator.stream.phase()).toBe('live')
  })

  it('doesn’t count for a recording that is paused', async () => {
    const { clock, client } = await station()
    const me = await client()
    await me.ask('StartRecord')
    clock.advance(10 + 3000)
    await me.ask('PauseRecord')
    expect((await me.call('PauseRecord')).requestStatus.code).toBe(502)
    clock.advance(9000)
    await me.ask('ResumeRecord')
    clock.advance(1000)
    expect(await me.ask('GetRecordStatus')).toMatchObject({ outputDuration: 4000, outputTimecode: '00:00:04.000' })
  })
})
