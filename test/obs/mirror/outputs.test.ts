import { describe, expect, it } from 'vitest'
import type { ObsReport } from '../../../src/obs/link/report.ts'
import { createOutputs } from '../../../src/obs/mirror/outputs.ts'
import { streamPhaseNow } from '../../../src/obs/mirror/streamStatus.ts'
import { manualClock } from '../../../src/time/manualClock.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))
const state = (name: string) => `OBS_WEBSOCKET_OUTPUT_${name}`

function following() {
  const clock = manualClock(10_000)
  const told: ObsReport[] = []
  let status: Parameters<ReturnType<typeof createOutputs>['read']>[0] = { phase: 'offline', lasts: null }
  const outputs = createOutputs({ clock, send: (event) => void told.push(event), askStream: async () => status })
  const phases = () => told.flatMap((event) => (event.type === 'updateStreamStatus' ? [event.phase] : []))
  return {
    ...{ clock, told, outputs, phases },
    says: (next: typeof status) => {
      status = next
    },
  }
}

describe('the state of the stream', () => {
  it('is told once for each change, and reconnecting once however often OBS tries', () => {
    const { outputs, phases } = following()
    const events = [
      'STARTING',
      'STARTED',
      'RECONNECTING',
      'RECONNECTING',
      'RECONNECTING',
      'RECONNECTED',
      'STOPPING',
      'STOPPED',
    ]
    for (const name of events) outputs.streamChanged(state(name))
    expect(phases()).toEqual(['starting', 'live', 'reconnecting', 'live', 'stopping', 'offline'])
  })

  it('is reconnecting where OBS says that it is active and reconnects', () => {
    expect(streamPhaseNow({ outputActive: true, outputReconnecting: true })).toBe('reconnecting')
    expect(streamPhaseNow({ outputActive: true, outputReconnecting: false })).toBe('live')
    expect(streamPhaseNow({ outputActive: false, outputReconnecting: false })).toBe('offline')
  })

  it('has been live since as long as OBS says at connect', () => {
    const { outputs, told } = following()
    outputs.beginReading()
    outputs.read({ phase: 'live', lasts: 4000 }, 'off')
    expect(told[0]).toEqual({ type: 'updateStreamStatus', phase: 'live', since: 6000 })
  })

  it('is what an event says when it comes while OBS is being read', () => {
    const { outputs, phases } = following()
    outputs.beginReading()
    outputs.streamChanged(state('STOPPED'))
    outputs.read({ phase: 'live', lasts: 4000 }, 'off')
    expect(phases()).toEqual(['offline'])
  })

  it('is looked at again when it was read as live, as OBS says so for a while after the end', async () => {
    const { outputs, phases, clock } = following()
    outputs.beginReading()
    outputs.read({ phase: 'live', lasts: 4000 }, 'off')
    clock.advance(2000)
    await settle()
    expect(phases()).toEqual(['live', 'offline'])
  })
})

describe('the state of the recording', () => {
  it('is off until it has begun, and until it is written', () => {
    const { outputs, told } = following()
    for (const name of ['STARTING', 'STARTED', 'PAUSED', 'RESUMED', 'STOPPING', 'STOPPED'])
      outputs.recordingChanged(state(name))
    expect(told).toEqual(['recording', 'paused', 'recording', 'off'].map((phase) => ({ type: 'recording', phase })))
  })

  it('is what an event says when it comes while OBS is being read', () => {
    const { outputs, told } = following()
    outputs.beginReading()
    outputs.recordingChanged(state('STARTED'))
    outputs.read({ phase: 'offline', lasts: null }, 'off')
    outputs.beginReading()
    outputs.recordingChanged(state('STOPPING'))
    outputs.read({ phase: 'offline', lasts: null }, 'recording')
    outputs.beginReading()
    outputs.read({ phase: 'offline', lasts: null }, 'off')
    expect(told.filter(({ type }) => type === 'recording')).toEqual([
      { type: 'recording', phase: 'recording' },
      { type: 'recording', phase: 'off' },
    ])
  })
})
