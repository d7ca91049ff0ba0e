import { describe, expect, it } from 'vitest'
import { controlOf } from '../../../src/orchestrator/control.ts'
import * as libraries from '../../../src/surfaces/http/libraries.ts'
import { createMetrics } from '../../../src/surfaces/http/metrics.ts'
import { serve } from '../../support/httpServer.ts'
import { load } from '../../support/show.ts'

const show = 'cues: [{ scene: Secret scene, duration: 10s }, { scene: B, duration: 20s }]'

describe('the metrics', () => {
  it('count takes, how late they were, and commands, also from before they were first asked for', async () => {
    const { orchestrator, raw, post, wait } = await serve(show)
    orchestrator.start()
    wait('10s')
    await post({ type: 'next' })
    await post({ type: 'forceScene', scene: 'BRB' })
    await post({ type: 'pause' })
    const { text, headers } = await raw('/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    const lines = text.split('\n')
    for (const line of [
      'orchestrator_takes_total{cause="command",outcome="onAir"} 1',
      'orchestrator_takes_total{cause="schedule",outcome="onAir"} 1',
      'orchestrator_takes_total{cause="force",outcome="onAir"} 1',
      'orchestrator_take_error_seconds_bucket{le="0.017"} 3',
      'orchestrator_take_error_seconds_count 3',
      'orchestrator_link_up 1',
      'orchestrator_commands_total{type="next",accepted="false"} 1',
      'orchestrator_commands_total{type="forceScene",accepted="true"} 1',
      '# TYPE orchestrator_take_error_seconds histogram',
    ])
      expect(lines).toContain(line)
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  })

  it('are counters where their names end in _total, and grow as they are read again', async () => {
    const { raw } = await serve(show)
    const cpu = async () => Number(/^process_cpu_seconds_total (\S+)$/m.exec((await raw('/metrics')).text)?.[1])
    const first = await cpu()
    expect(await cpu()).toBeGreaterThanOrEqual(first)
    const types = [...(await raw('/metrics')).text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
    expect(types.length).toBeGreaterThan(5)
    for (const [, name = '', type] of types) expect([name, type === 'counter']).toEqual([name, name.endsWith('_total')])
  })

  it('follow the link to OBS', async () => {
    const { report, raw } = await serve(show)
    report({ type: 'link', phase: 'down' })
    expect((await raw('/metrics')).text).toContain('\norchestrator_link_up 0\n')
  })

  it('name no scene, no cue and no text from a request', async () => {
    const { post, raw, orchestrator } = await serve(show)
    orchestrator.start()
    await post({ type: 'forceScene', scene: 'Another secret' })
    await post({ type: 'made up' })
    const { text } = await raw('/metrics')
    expect(text).not.toMatch(/secret|made up/i)
  })

  it("have OBS's own figures while OBS answers, and none otherwise", async () => {
    const control = controlOf(load(show).orchestrator)
    const figures = {
      ...{ cpuUsage: 12.5, memoryUsage: 200, availableDiskSpace: 1000, activeFps: 30, averageFrameRenderTime: 2 },
      ...{ renderTotalFrames: 100, renderSkippedFrames: 1, outputTotalFrames: 90, outputSkippedFrames: 2 },
    }
    const answers = [figures, null]
    const metrics = createMetrics(libraries, control, async () => answers.shift() ?? null)
    const first = await metrics.text()
    for (const line of [
      'obs_fps 30',
      'obs_memory_bytes 209715200',
      'obs_frame_render_seconds 0.002',
      'obs_output_frames_skipped_total 2',
    ])
      expect(first.split('\n')).toContain(line)
    expect(await metrics.text()).not.toContain('obs_')
  })
})
