import { describe, expect, it } from 'vitest'
import { createSight } from '../../../src/obs/mirror/known.ts'
import { createProgramWatch } from '../../../src/obs/mirror/programWatch.ts'
import { manualClock } from '../../../src/time/manualClock.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

/** OBS shows A, as is known. `shows` is what a look finds. */
function watching({ studioMode = false } = {}) {
  const clock = manualClock(1000)
  const sight = createSight()
  const seen: string[] = []
  const named: string[] = []
  let shown = 'A'
  let looks = 0
  const watch = createProgramWatch({
    clock,
    sight,
    look: async () => {
      looks += 1
      return shown
    },
    onNamed: (scene, sentAt, at) => void named.push(`${scene} sent ${sentAt} named ${at}`),
    onSeen: (scene, by, at) => void seen.push(`${scene} by ${by} at ${at}`),
  })
  sight.learn({ program: 'A', scenes: ['A', 'B', 'C'] })
  watch.begin({ studioMode, transitionRuns: false })
  return {
    ...{ clock, sight, watch, seen, named },
    looks: () => looks,
    shows: (scene: string) => {
      shown = scene
    },
    set: (scene: string) => {
      sight.learn({ asked: { scene, sentAt: clock.now() } })
      watch.sceneSent()
    },
    pass: async (length: number) => {
      clock.advance(length)
      await settle()
    },
  }
}

describe('a program change', () => {
  it('that was asked for is named as such, with the moment of the announcement', () => {
    const { watch, set, clock, named, seen } = watching()
    set('B')
    clock.advance(17)
    watch.programChanged('B')
    expect([named, seen]).toEqual([['B sent 1000 named 1017'], []])
  })

  it("that nobody asked for is the operator's, as soon as its transition begins, and told once", async () => {
    const { watch, shows, pass, seen } = watching()
    shows('B')
    watch.transitionStarted()
    await pass(100)
    expect(seen).toEqual(['B by operator at 1000'])
    await pass(3000)
    watch.programChanged('B')
    await pass(1000)
    expect(seen).toHaveLength(1)
  })

  it("is the operator's when it comes right after a take of ours has begun", async () => {
    const { watch, set, shows, pass, seen } = watching()
    set('B')
    watch.transitionStarted()
    watch.programChanged('B')
    shows('C')
    watch.transitionStarted()
    await pass(100)
    expect(seen).toEqual(['C by operator at 1000'])
  })

  it('is not believed in studio mode before a transition has begun, as OBS drops scenes there and names them all the same', () => {
    const { watch, set, named } = watching({ studioMode: true })
    set('B')
    watch.programChanged('B')
    expect([watch.isCredible, named]).toEqual([false, []])
    watch.transitionStarted()
    watch.programChanged('B')
    expect([watch.isCredible, named]).toEqual([true, ['B sent 1000 named 1000']])
  })

  it('is not looked into while a take of ours is on its way, whose own read-back judges it', async () => {
    const { watch, set, shows, pass, seen, looks } = watching()
    shows('C')
    watch.transitionStarted()
    set('B')
    watch.programChanged('C')
    await pass(1000)
    expect([seen, looks()]).toEqual([[], 1])
  })

  it('means nothing where OBS still shows what it did: studio mode announces the preview when it is switched off', async () => {
    const { watch, pass, seen } = watching({ studioMode: true })
    watch.programChanged('C')
    await pass(45)
    watch.programChanged('A')
    watch.studioModeChanged(false)
    await pass(1000)
    expect(seen).toEqual([])
  })

  it("is OBS's own doing where studio mode was switched and the program did change", async () => {
    const { watch, shows, pass, seen } = watching({ studioMode: true })
    shows('C')
    watch.programChanged('C')
    await pass(100)
    watch.studioModeChanged(false)
    await pass(150)
    expect(seen).toEqual(['C by obs at 1000'])
  })

  it("is OBS's own doing when the scene on air was removed", async () => {
    const { watch, shows, pass, seen } = watching()
    watch.sceneRemoved('A')
    shows('C')
    watch.transitionStarted()
    await pass(100)
    expect(seen).toEqual(['C by obs at 1000'])
  })

  it("is OBS's own doing also when it tells of the removal only afterwards", async () => {
    const { watch, shows, pass, seen } = watching()
    shows('C')
    watch.transitionStarted()
    await pass(60)
    watch.sceneRemoved('A')
    await pass(40)
    expect(seen).toEqual(['C by obs at 1000'])
  })

  it('is seen also where a take of ours that changed nothing has left no transition', async () => {
    const { watch, set, sight, shows, pass, seen } = watching()
    set('A')
    sight.learn({ asked: null })
    shows('B')
    watch.transitionStarted()
    await pass(100)
    expect(seen).toEqual(['B by operator at 1000'])
  })

  it('is not judged by a look that a take of ours has overtaken', async () => {
    const { watch, set, shows, pass, seen } = watching()
    shows('C')
    watch.transitionStarted()
    set('B')
    watch.programChanged('B')
    await pass(100)
    expect(seen).toEqual([])
  })

  it('means nothing while a scene collection loads', async () => {
    const { watch, shows, pass, seen } = watching()
    shows('C')
    watch.suspend()
    watch.transitionStarted()
    watch.programChanged('C')
    await pass(1000)
    expect(seen).toEqual([])
  })

  it('does not follow from a renamed scene', async () => {
    const { watch, sight, shows, pass, seen } = watching()
    shows('A2')
    watch.sceneRenamed('A', 'A2')
    watch.programChanged('A2')
    await pass(1000)
    expect([sight.now().program, seen]).toEqual(['A2', []])
  })
})
