import { describe, expect, it } from 'vitest'
import type { StreamPhase } from '../../src/orchestrator/core/events.ts'
import { play, type Show } from '../support/show.ts'

const text = (policies: string) => `
policies: { ${policies} }
whenFinished: [stopRecord]
cues: [{ id: a, scene: A, duration: 10m }, { id: b, scene: B, duration: 10m }]`

function live(policies: string): Show {
  const show = play(text(policies))
  show.orchestrator.updateStreamStatus('live')
  return show
}

const phases = (show: Show, ...list: readonly StreamPhase[]) => {
  for (const phase of list) show.orchestrator.updateStreamStatus(phase)
}

describe('a lost stream', () => {
  it('by default changes nothing but its status', () => {
    const show = live('streamGrace: 10s')
    phases(show, 'reconnecting')
    show.wait('1m')
    expect(show.state()).toMatchObject({ mode: 'running', stream: { phase: 'reconnecting' } })
  })

  it('pauses the show after the grace; the show goes on by itself when the stream is live again', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.wait('9s999ms')
    expect(show.state().mode).toBe('running')
    show.wait('1ms')
    expect(show.state().mode).toBe('paused')
    show.wait('20s')
    phases(show, 'live')
    expect(show.state().mode).toBe('running')
  })

  it('pauses nothing if it is back within the grace', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.wait('9s')
    phases(show, 'live')
    show.wait('1m')
    expect(show.state().mode).toBe('running')
  })

  it('counts its grace from when OBS lost it', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    show.orchestrator.updateStreamStatus('reconnecting', { since: show.clock.now() - 6000 })
    show.wait('4s')
    expect(show.state().mode).toBe('paused')
  })

  it('is still lost, not stopped, if OBS gives up on it', () => {
    const show = live('streamLost: pause, streamStopped: stop, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.wait('5s')
    phases(show, 'offline')
    show.wait('5s')
    expect(show.state().mode).toBe('paused')
    phases(show, 'starting', 'live')
    expect(show.state().mode).toBe('running')
  })

  it('lets the show go on by itself, whatever else the operator has done since', () => {
    for (const act of [
      (show: Show) => show.orchestrator.next(),
      (show: Show) => show.orchestrator.extend('1m'),
      (show: Show) => show.orchestrator.forceScene('BRB'),
    ]) {
      const show = live('streamLost: pause, streamGrace: 10s')
      phases(show, 'reconnecting')
      show.wait('10s')
      act(show)
      phases(show, 'live')
      expect(show.state().mode).toBe('running')
    }
  })

  it('does not pause again a show that the operator has resumed', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.wait('10s')
    show.orchestrator.resume()
    show.wait('1m')
    expect(show.state().mode).toBe('running')
  })
})

describe('a stream that has been lost for longer than the grace', () => {
  it('does not pause a show that the operator paused meanwhile and then resumes', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.wait('5s')
    show.orchestrator.pause()
    show.wait('1m')
    expect(show.orchestrator.resume()).toMatchObject({ accepted: true, state: { mode: 'running' } })
    show.wait('1m')
    expect(show.state().mode).toBe('running')
  })

  it('does not pause a show that is resumed exactly at the end of the grace', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.orchestrator.pause()
    show.wait('10s')
    show.orchestrator.resume()
    show.wait('1m')
    expect(show.state().mode).toBe('running')
  })

  it('does not pause a show that the operator starts', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    show.orchestrator.stop()
    phases(show, 'reconnecting')
    show.wait('1m')
    expect(show.orchestrator.start()).toMatchObject({ accepted: true, state: { mode: 'running' } })
  })

  it('pauses a show whose force with pause ends', () => {
    const show = live('streamLost: pause, streamGrace: 10s')
    phases(show, 'reconnecting')
    show.orchestrator.forceScene('BRB', { pause: true, until: '1m' })
    show.wait('1m')
    expect(show.state().mode).toBe('paused')
    phases(show, 'live')
    expect(show.state().mode).toBe('running')
  })
})

describe('a stream that was stopped', () => {
  it('by default changes nothing', () => {
    const show = live('streamGrace: 10s')
    phases(show, 'stopping', 'offline')
    expect(show.state().mode).toBe('running')
  })

  it('pauses the show if the schedule says so, until the operator resumes', () => {
    const show = live('streamStopped: pause')
    phases(show, 'stopping', 'offline')
    expect(show.state().mode).toBe('paused')
    phases(show, 'starting', 'live')
    expect(show.state().mode).toBe('paused')
  })

  it('stops the show if the schedule says so, without the acts of its end', () => {
    const show = live('streamStopped: stop')
    phases(show, 'offline')
    expect(show.state()).toMatchObject({ mode: 'stopped', cue: null })
    expect(show.acts()).toEqual([])
  })

  it('stops a paused show too', () => {
    const show = live('streamStopped: stop')
    show.orchestrator.pause()
    phases(show, 'offline')
    expect(show.state().mode).toBe('stopped')
  })
})
