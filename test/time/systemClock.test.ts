import { describe, expect, it } from 'vitest'
import { type SystemClock, systemClock } from '../../src/time/systemClock.ts'

const ring = (clock: SystemClock, at: number) =>
  new Promise<number>((resolve) => {
    clock.setTimer(at, () => resolve(clock.now()))
  })

describe('the system clock', () => {
  it('says the wall time in whole milliseconds and never goes back', () => {
    const clock = systemClock()
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
    let before = clock.now()
    for (let look = 0; look < 10_000; look++) {
      const now = clock.now()
      expect(now >= before && Number.isInteger(now)).toBe(true)
      before = now
    }
  })

  it('never fires a timer before its instant', async () => {
    const clock = systemClock()
    const start = clock.now()
    const instants = Array.from({ length: 100 }, (_, index) => start + index)
    const fired = await Promise.all(instants.map((at) => ring(clock, at)))
    expect(fired.filter((now, index) => now < start + index)).toEqual([])
  })

  it('fires a timer for the past soon, but not inside setTimer', async () => {
    const clock = systemClock()
    let inside = true
    const fired = new Promise<boolean>((resolve) => {
      clock.setTimer(clock.now() - 1000, () => resolve(inside))
    })
    inside = false
    expect(await fired).toBe(false)
  })

  it('does not fire a timer that was cancelled in any of its stages', async () => {
    const clock = systemClock()
    const fired: string[] = []
    for (const wait of [-10, 0, 1, 5]) clock.setTimer(clock.now() + wait, () => fired.push(`${wait}`))()
    await ring(clock, clock.now() + 10)
    expect(fired).toEqual([])
  })

  it('does not fire a timer that is further away than Node can count', async () => {
    const clock = systemClock()
    const fired: string[] = []
    const onWarning = (warning: Error) => fired.push(warning.name)
    process.on('warning', onWarning)
    const cancels = [
      clock.setTimer(clock.now() + 2 ** 31 + 5, () => fired.push('exact')),
      clock.setBackgroundTimer(clock.now() + 2 ** 40, () => fired.push('background')),
    ]
    await ring(clock, clock.now() + 20)
    for (const cancel of cancels) cancel()
    process.off('warning', onWarning)
    expect(fired).toEqual([])
  })

  it('fires late what became due in a sleep that is skipped', async () => {
    const clock = systemClock()
    const at = clock.now() + 60_000
    const fired = ring(clock, at)
    clock.skip(3_600_000)
    const now = await fired
    expect(now - at).toBeGreaterThanOrEqual(3_540_000)
    expect(now - at).toBeLessThan(3_550_000)
  })

  it('counts the time since the machine was started', () => {
    const clock = systemClock()
    const uptime = clock.uptime()
    expect(uptime).toBeGreaterThan(0)
    expect(clock.uptime()).toBeGreaterThanOrEqual(uptime)
  })

  it('keeps the process alive for a timer, not for a background timer', () => {
    const clock = systemClock()
    const keepingAlive = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = keepingAlive()
    const cancelBackground = clock.setBackgroundTimer(clock.now() + 10_000, () => {})
    expect(keepingAlive()).toBe(before)
    const cancel = clock.setTimer(clock.now() + 10_000, () => {})
    expect(keepingAlive()).toBe(before + 1)
    cancel()
    cancelBackground()
    expect(keepingAlive()).toBe(before)
  })

  it('keeps the process alive again for a timer that is set after all were cancelled', () => {
    const clock = systemClock()
    const keepingAlive = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = keepingAlive()
    clock.setTimer(clock.now() + 10_000, () => {})()
    expect(keepingAlive()).toBe(before)
    const cancel = clock.setTimer(clock.now() + 20_000, () => {})
    expect(keepingAlive()).toBe(before + 1)
    cancel()
    expect(keepingAlive()).toBe(before)
  })

  it('fires timers in order of their time, whatever the order in which they were set and cancelled', async () => {
    const clock = systemClock()
    const start = clock.now()
    const fired: number[] = []
    const set = (after: number) => clock.setTimer(start + after, () => fired.push(after))
    const cancels = [60, 20, 40, 10, 30, 50].map((after) => ({ after, cancel: set(after) }))
    for (const { after, cancel } of cancels) if (after === 10 || after === 40) cancel()
    await ring(clock, start + 70)
    expect(fired).toEqual([20, 30, 50, 60])
  })
})
