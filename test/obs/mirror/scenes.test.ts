import { describe, expect, it } from 'vitest'
import { loopOn } from '../loopOn.ts'

describe('the scenes of an OBS', () => {
  it('are read again when something has changed, once for many events', async () => {
    const { loop, obs, pass, told, looks } = loopOn()
    obs.scenes.push('D')
    for (let i = 0; i < 5; i++) loop.hear({ type: 'scenesChanged' })
    await pass(1000)
    expect(told).toEqual([{ type: 'scenes', scenes: ['A', 'B', 'C', 'D'] }])
    expect(looks()).toBeLessThanOrEqual(2)
  })

  it('that change while they are being read are read once more, and the outdated list is not told', async () => {
    const { loop, pass, told } = loopOn((request) => {
      if (request.type !== 'look' || request.at !== 'scenes' || told.length > 0) return undefined
      loop.hear({ type: 'sceneRenamed', from: 'A', to: 'Aye' })
      return { type: 'scenesRead', scenes: ['A', 'B', 'C'], program: 'A' }
    })
    loop.hear({ type: 'scenesChanged' })
    await pass(0)
    expect(told.slice(0, 2)).toEqual([
      { type: 'sceneRenamed', from: 'A', to: 'Aye' },
      { type: 'scenes', scenes: ['Aye', 'B', 'C'] },
    ])
    expect(told.filter(({ type }) => type === 'scenes').length).toBeLessThanOrEqual(2)
  })

  it('that are renamed are told by their new name before the list, and their items are known by it', async () => {
    const { loop, obs, want, told } = loopOn()
    await want('A', { states: [{ kind: 'item', scene: 'A', item: 'Bug', visible: false }] })
    told.length = 0
    obs.scenes[0] = 'Aye'
    loop.hear({ type: 'sceneRenamed', from: 'A', to: 'Aye' })
    expect(told).toEqual([
      { type: 'sceneRenamed', from: 'A', to: 'Aye' },
      { type: 'scenes', scenes: ['Aye', 'B', 'C'] },
    ])
    expect(loop.mirror().states).toMatchObject([{ state: { scene: 'Aye', item: 'Bug' } }])
  })

  it('that are gone and come again are told both times', async () => {
    const { loop, obs, pass, told } = loopOn()
    obs.scenes.pop()
    loop.hear({ type: 'sceneRemoved', scene: 'C' })
    expect(told).toEqual([{ type: 'scenes', scenes: ['A', 'B'] }])
    await pass(10)
    obs.scenes.push('C')
    loop.hear({ type: 'sceneCreated', scene: 'C' })
    await pass(10)
    expect(told.at(-1)).toEqual({ type: 'scenes', scenes: ['A', 'B', 'C'] })
  })
})
