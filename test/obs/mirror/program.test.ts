import { describe, expect, it } from 'vitest'
import type { Answer, Request } from '../../../src/obs/mirror/events.ts'
import { loopOn } from '../loopOn.ts'

/** A look finds nothing new: only what OBS announces can confirm a take. */
const blind = (request: Request): Answer | undefined =>
  request.type === 'look' ? { type: 'scenesRead', scenes: ['A', 'B', 'C'], program: 'A' } : undefined

describe('a program change', () => {
  it('that was asked for is confirmed at the moment of the announcement', async () => {
    const { loop, want, pass, told } = loopOn(blind)
    await want('B')
    await pass(17)
    loop.hear({ type: 'programChanged', scene: 'B' })
    expect(told).toEqual([{ type: 'confirmed', takeId: 1, sentAt: 1000, already: false, at: 1017 }])
  })

  it("that nobody asked for is the operator's, as soon as its transition begins, and told once", async () => {
    const { loop, shows, pass, told } = loopOn()
    shows('B')
    loop.hear({ type: 'transitionStarted' })
    await pass(100)
    expect(told).toEqual([{ type: 'seen', scene: 'B', by: 'operator', at: 1000 }])
    await pass(3000)
    loop.hear({ type: 'programChanged', scene: 'B' })
    await pass(1000)
    expect(told).toHaveLength(1)
  })

  it("is the operator's when it comes right after a take of ours has begun", async () => {
    const { loop, want, shows, pass, seen } = loopOn()
    await want('B')
    loop.hear({ type: 'transitionStarted' })
    loop.hear({ type: 'programChanged', scene: 'B' })
    shows('C')
    loop.hear({ type: 'transitionStarted' })
    await pass(100)
    expect(seen()).toEqual([{ type: 'seen', scene: 'C', by: 'operator', at: 1000 }])
  })

  it('is not believed in studio mode before a transition has begun, as OBS drops scenes there and still names them', async () => {
    const { loop, want, told } = loopOn(blind, { studioMode: true })
    await want('B')
    loop.hear({ type: 'programChanged', scene: 'B' })
    expect(told).toEqual([])
    loop.hear({ type: 'transitionStarted' })
    loop.hear({ type: 'programChanged', scene: 'B' })
    expect(told).toMatchObject([{ type: 'confirmed', takeId: 1 }])
  })

  it('is set again in studio mode when OBS names it and no transition begins', async () => {
    const { want, pass, asked } = loopOn(undefined, { studioMode: true })
    await want('B')
    await pass(299)
    const scenes = () => asked.filter(({ type }) => type === 'scene')
    expect(scenes()).toHaveLength(1)
    await pass(1)
    expect(scenes()).toHaveLength(2)
  })

  it('is left to the verification of a take of ours that is on its way', async () => {
    const { loop, want, pass, seen } = loopOn()
    loop.hear({ type: 'transitionStarted' })
    await want('B')
    loop.hear({ type: 'programChanged', scene: 'C' })
    await pass(1000)
    expect(seen()).toEqual([])
  })

  it('means nothing if OBS still shows what it did: studio mode announces the preview when it is switched off', async () => {
    const { loop, pass, told } = loopOn(undefined, { studioMode: true })
    loop.hear({ type: 'programChanged', scene: 'C' })
    await pass(45)
    loop.hear({ type: 'programChanged', scene: 'A' })
    loop.hear({ type: 'studioModeChanged', isOn: false })
    await pass(1000)
    expect(told).toEqual([])
  })

  it("is OBS's own doing if studio mode was switched and the program did change", async () => {
    const { loop, shows, pass, told } = loopOn(undefined, { studioMode: true })
    shows('C')
    loop.hear({ type: 'programChanged', scene: 'C' })
    await pass(100)
    loop.hear({ type: 'studioModeChanged', isOn: false })
    await pass(150)
    expect(told).toEqual([{ type: 'seen', scene: 'C', by: 'obs', at: 1000 }])
  })

  it.each([
    ['before', 0],
    ['after', 60],
  ])("is OBS's own doing when the scene on air was removed, told shortly %s it", async (_, later) => {
    const { loop, obs, shows, pass, seen } = loopOn()
    obs.scenes.shift()
    shows('C')
    loop.hear({ type: 'transitionStarted' })
    await pass(later)
    loop.hear({ type: 'sceneRemoved', scene: 'A' })
    await pass(100 - later)
    expect(seen()).toEqual([{ type: 'seen', scene: 'C', by: 'obs', at: 1000 }])
  })

  it('is not reported if a take of ours comes before the look', async () => {
    const { loop, want, shows, pass, seen } = loopOn()
    shows('C')
    loop.hear({ type: 'transitionStarted' })
    await want('B')
    await pass(100)
    expect(seen()).toEqual([])
  })

  it('means nothing while a scene collection loads', async () => {
    const { loop, shows, pass, told } = loopOn()
    shows('C')
    loop.hear({ type: 'collectionChanging' })
    loop.hear({ type: 'transitionStarted' })
    loop.hear({ type: 'programChanged', scene: 'C' })
    await pass(1000)
    expect(told).toEqual([])
  })

  it('does not follow from a renamed scene', async () => {
    const { loop, obs, shows, pass, seen } = loopOn()
    obs.scenes[0] = 'A2'
    shows('A2')
    loop.hear({ type: 'sceneRenamed', from: 'A', to: 'A2' })
    loop.hear({ type: 'programChanged', scene: 'A2' })
    await pass(1000)
    expect([loop.mirror().program, seen()]).toEqual(['A2', []])
  })
})
