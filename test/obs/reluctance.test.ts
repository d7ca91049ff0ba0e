import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MemoryStage, memoryStage } from './memoryStage.ts'

const cut = { transition: { name: 'Cut', duration: null } }

describe('an OBS that does not do at once what it is asked', () => {
  let stage: MemoryStage

  beforeEach(async () => {
    stage = await memoryStage()
  })
  afterEach(() => stage.close())

  it('is asked once more for a transition that was selected while another ran, as OBS 32 keeps the old one', async () => {
    const { clock, want, confirmations, requests } = stage
    want('B', { transition: { name: 'Fade', duration: 20_000 } })
    await clock.pass(1000)
    want('C', cut)
    await clock.pass(1000)
    want('A', cut)
    await clock.pass(1000)
    want('B', cut)
    await clock.pass(1000)
    const selected = requests('SetCurrentSceneTransition').map(({ fields }) => fields['transitionName'])
    expect(selected).toEqual(['Cut', 'Cut'])
    expect(confirmations()).toHaveLength(4)
  })

  it("is asked again for an act while it isn't ready, as when it loads a scene collection", async () => {
    const { clock, adapter, becomes, requests, told } = stage
    becomes('notReady')
    const done = adapter.perform([{ id: 1, cue: null, act: { kind: 'startRecord' } }])
    await clock.pass(2000)
    expect(requests('StartRecord').length).toBeGreaterThan(1)
    becomes('done')
    await clock.pass(1000)
    await done
    expect(told).toContainEqual({ type: 'recording', phase: 'recording', output: 'backup' })
    expect(told.filter(({ type }) => type === 'problems')).toEqual([])
  })

  it("is asked for a scene again while it isn't ready, unless something else is wanted by then", async () => {
    const { clock, want, becomes, set } = stage
    becomes('notReady')
    want('B')
    await clock.pass(100)
    becomes('done')
    want('C')
    await clock.pass(1000)
    expect(set()).toEqual(['B', 'C'])
  })

  it('is not asked for a scene again that it put on air without answering', async () => {
    const { clock, want, becomes, set, told } = stage
    becomes('silentAfter')
    const takeId = want('B')
    await clock.pass(1000)
    becomes('done')
    await clock.pass(20_000)
    expect(set()).toEqual(['B'])
    expect(told).toContainEqual(expect.objectContaining({ type: 'confirmed', takeId, already: false }))
  })

  it('is told apart from other outputs by the name that each report carries', () => {
    const { adapter, told } = stage
    expect([adapter.name, adapter.role]).toEqual(['backup', 'primary'])
    expect(told.length).toBeGreaterThan(3)
    expect(told.filter(({ output }) => output !== 'backup')).toEqual([])
  })
})
