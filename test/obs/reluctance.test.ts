import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createObsAdapter } from '../../src/obs/adapter.ts'
import type { ObsReport } from '../../src/obs/mirror/events.ts'
import type { Output } from '../../src/orchestrator/core/output.ts'
import type { Picture } from '../../src/playout/effect.ts'
import { createMemoryObs, type Manner } from '../support/memoryObs.ts'
import { steppedClock } from '../support/steppedClock.ts'

describe('an OBS that does not do at once what it is asked', () => {
  let clock = steppedClock()
  let obs = createMemoryObs(clock, { scenes: ['A', 'B', 'C'] })
  let told: ObsReport[] = []
  let manner: Manner = { after: 1, how: 'done' }
  let takeId = 0
  let adapter: Output

  beforeEach(async () => {
    clock = steppedClock()
    told = []
    manner = { after: 1, how: 'done' }
    obs = createMemoryObs(clock, { scenes: ['A', 'B', 'C'] }, () => manner)
    const send = (report: ObsReport) => void told.push(report)
    adapter = createObsAdapter({ url: 'ws://memory', password: null, clock, send, open: obs.open, name: 'backup' })
    await clock.pass(100)
  })
  afterEach(async () => {
    const closing = adapter.close()
    await clock.pass(5000)
    await closing
  })

  const want = async (scene: string, more: Partial<Picture>) => {
    takeId += 1
    const wanted: Picture = { ...{ scene, transition: null, media: null, states: [] }, ...more }
    adapter.apply({ at: clock.now(), takeId, cause: 'command', wanted, next: null, passed: [], acts: [] })
    await clock.pass(30)
    expect(told).toContainEqual(expect.objectContaining({ type: 'confirmed', takeId }))
  }
  const requests = (type: string) => obs.asked.filter((request) => request.type === type)
  const selected = () => requests('SetCurrentSceneTransition').map(({ fields }) => fields['transitionName'])
  const fade = { transition: { name: 'Fade', duration: 20_000 } }
  const cut = { transition: { name: 'Cut', duration: null } }

  it('is asked once more for a transition that was selected while another ran, as OBS 32 keeps the old one', async () => {
    await want('B', fade)
    await want('C', cut)
    await clock.pass(1000)
    await want('A', cut)
    await clock.pass(1000)
    await want('B', cut)
    expect(selected()).toEqual(['Cut', 'Cut'])
  })

  it('is asked again for an act when it was not ready, as while it loads a scene collection', async () => {
    manner = { after: 1, how: 'notReady' }
    const done = adapter.perform([{ id: 1, cue: null, act: { kind: 'startRecord' } }])
    await clock.pass(2000)
    expect(requests('StartRecord').length).toBeGreaterThan(1)
    manner = { after: 1, how: 'done' }
    await clock.pass(1000)
    await done
    expect(told).toContainEqual({ type: 'recording', phase: 'recording', output: 'backup' })
    expect(told.filter(({ type }) => type === 'problems')).toEqual([])
  })

  it('is asked for a scene again when it was not ready, unless something else is wanted by then', async () => {
    manner = { after: 1, how: 'notReady' }
    takeId += 1
    const wish = { at: clock.now(), takeId, cause: 'command', next: null, passed: [], acts: [] } as const
    adapter.apply({ ...wish, wanted: { scene: 'B', transition: null, media: null, states: [] } })
    await clock.pass(100)
    manner = { after: 1, how: 'done' }
    await want('C', {})
    await clock.pass(1000)
    expect(requests('SetCurrentProgramScene').map(({ fields }) => fields['sceneName'])).toEqual(['B', 'C'])
  })

  it('is told apart from other outputs by the name that each report carries', () => {
    expect([adapter.name, adapter.role]).toEqual(['backup', 'primary'])
    expect(told.length).toBeGreaterThan(3)
    expect(told.filter(({ output }) => output !== 'backup')).toEqual([])
  })
})
