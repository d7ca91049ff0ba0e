import { describe, expect, it } from 'vitest'
import type { ObsReport } from '../../../src/obs/link/report.ts'
import { createSight } from '../../../src/obs/mirror/known.ts'
import { createSceneList } from '../../../src/obs/mirror/sceneList.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

function listing(...inObs: string[]) {
  const sight = createSight()
  const told: ObsReport[] = []
  let asked = 0
  const ask = async () => {
    asked += 1
    return [...inObs]
  }
  const scenes = createSceneList({ sight, send: (event) => void told.push(event), ask, onChange: () => {} })
  scenes.beginReading()
  scenes.read([...inObs], true)
  told.length = 0
  return { sight, told, scenes, inObs, asked: () => asked }
}

describe('the scenes of an OBS', () => {
  it('are read again when something has changed, once for many events', async () => {
    const { scenes, inObs, told, asked } = listing('A')
    inObs.push('B')
    for (let i = 0; i < 5; i++) scenes.changed()
    await settle()
    expect(told).toEqual([{ type: 'scenes', scenes: ['A', 'B'] }])
    expect(asked()).toBeLessThanOrEqual(2)
  })

  it('that come while OBS is being read make the reading worthless, and are told by the next one', async () => {
    const { scenes, told, asked } = listing('A')
    scenes.beginReading()
    scenes.changed()
    await settle()
    expect([told, asked()]).toEqual([[], 0])
    expect(scenes.isOutdated).toBe(true)
    scenes.beginReading()
    expect(scenes.isOutdated).toBe(false)
    scenes.read(['A', 'B'], true)
    expect(told).toEqual([{ type: 'scenes', scenes: ['A', 'B'] }])
  })

  it('that are renamed are told by their new name before the list, and their items are known by it', () => {
    const { scenes, sight, told } = listing('A', 'B')
    const state = { kind: 'item', scene: 'A', item: 'Bug', visible: false } as const
    sight.learn({ states: [{ state, done: true, sure: true }] })
    scenes.renamed('A', 'Aye')
    expect(told).toEqual([
      { type: 'sceneRenamed', from: 'A', to: 'Aye' },
      { type: 'scenes', scenes: ['Aye', 'B'] },
    ])
    expect(sight.now().states).toMatchObject([{ state: { scene: 'Aye', item: 'Bug' } }])
  })
})
