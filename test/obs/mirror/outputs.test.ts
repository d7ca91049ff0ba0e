import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../src/obs/mirror/events.ts'
import { streamPhaseNow } from '../../../src/obs/mirror/outputs.ts'
import { loopOn, reading } from '../loopOn.ts'

const state = (name: string) => `OBS_WEBSOCKET_OUTPUT_${name}`

function following() {
  const { loop, told, pass } = loopOn((request) =>
    request.type === 'look' && request.at === 'stream'
      ? { type: 'streamRead', stream: { phase: 'offline', lasts: null } }
      : undefined,
  )
  return {
    ...{ loop, told, pass },
    phases: () => told.flatMap((report) => (report.type === 'updateStreamStatus' ? [report.phase] : [])),
    streamChanged: (name: string) => loop.hear({ type: 'streamChanged', outputState: state(name) }),
    recordingChanged: (name: string) => loop.hear({ type: 'recordingChanged', outputState: state(name) }),
    beginReading: () => {
      loop.hear({ type: 'link', state: 'reading' })
      loop.hear({ type: 'readingBegins' })
    },
    read: (part: Partial<Reading>) => {
      loop.hear({ type: 'read', reading: { ...reading, ...part } })
      loop.hear({ type: 'link', state: 'up' })
    },
  }
}

const live = { stream: { phase: 'live', lasts: 4000 } } as const

describe('the state of the stream', () => {
  it('is told once for each change, and reconnecting once however often OBS tries', () => {
    const { streamChanged, phases } = following()
    for (const name of ['STARTING', 'STARTED', 'RECONNECTING', 'RECONNECTING', 'RECONNECTED', 'STOPPING', 'STOPPED'])
      streamChanged(name)
    expect(phases()).toEqual(['starting', 'live', 'reconnecting', 'live', 'stopping', 'offline'])
  })

  it('is reconnecting where OBS says that it is active and reconnects', () => {
    expect(streamPhaseNow({ outputActive: true, outputReconnecting: true })).toBe('reconnecting')
    expect(streamPhaseNow({ outputActive: true, outputReconnecting: false })).toBe('live')
    expect(streamPhaseNow({ outputActive: false, outputReconnecting: false })).toBe('offline')
  })

  it('has been live for as long as OBS says at connect', async () => {
    const { beginReading, read, pass, told } = following()
    await pass(9000)
    beginReading()
    read(live)
    expect(told[0]).toEqual({ type: 'updateStreamStatus', phase: 'live', since: 6000 })
  })

  it('is what an event says that comes while OBS is being read', async () => {
    const { beginReading, streamChanged, read, pass, phases } = following()
    beginReading()
    streamChanged('STARTING')
    read(live)
    await pass(3000)
    expect(phases()).toEqual(['starting'])
  })

  it('is looked at again when it was read as live, as OBS says so for a while after the end', async () => {
    const { beginReading, read, pass, phases } = following()
    beginReading()
    read(live)
    await pass(1999)
    expect(phases()).toEqual(['live'])
    await pass(1)
    expect(phases()).toEqual(['live', 'offline'])
  })
})

describe('the state of the recording', () => {
  it('is off until it has begun, and on until it is written', () => {
    const { recordingChanged, told } = following()
    for (const name of ['STARTING', 'STARTED', 'PAUSED', 'RESUMED', 'STOPPING', 'STOPPED']) recordingChanged(name)
    expect(told).toEqual(['recording', 'paused', 'recording', 'off'].map((phase) => ({ type: 'recording', phase })))
  })

  it('is what an event says that comes while OBS is being read', () => {
    const { beginReading, recordingChanged, read, told } = following()
    const phases = () => told.flatMap((report) => (report.type === 'recording' ? [report.phase] : []))
    beginReading()
    recordingChanged('STARTED')
    read({ recording: 'off' })
    beginReading()
    recordingChanged('STOPPING')
    read({ recording: 'recording' })
    expect(phases()).toEqual(['recording'])
    beginReading()
    read({ recording: 'off' })
    expect(phases()).toEqual(['recording', 'off'])
  })
})
