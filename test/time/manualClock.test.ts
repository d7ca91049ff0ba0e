import { describe, expect, it } from 'vitest'
import { manualClock } from '../../src/time/manualClock.ts'

describe('a manual clock', () => {
  it('stands still until it is moved', () => {
    const clock = manualClock(1000)
    expect(clock.now()).toBe(1000)
    clock.advance(250)
    expect(clock.now()).toBe(1250)
  })

  it('fires timers in order of time, then of arming, each at its own instant', () => {
    const clock = manualClock(0)
    const fired: string[] = []
    const note = (name: string) => () => fired.push(`${name}@${clock.now()}`)
    clock.setTimer(30, note('late'))
    clock.setTimer(10, note('first'))
    clock.setTimer(10, note('second'))
    clock.setTimer(31, note('beyond'))
    clock.advance(30)
    expect(fired).toEqual(['first@10', 'second@10', 'late@30'])
  })

  it('fires a timer that was armed by another one on the way', () => {
    const clock = manualClock(0)
    const fired: number[] = []
    const again = () => {
      fired.push(clock.now())
      clock.setTimer(clock.now() + 10, again)
    }
    clock.setTimer(10, again)
    clock.advance(35)
    expect(fired).toEqual([10, 20, 30])
    expect(clock.now()).toBe(35)
  })

  it('fires a timer for the past with the next move, and never inside setTimer', () => {
    const clock = manualClock(100)
    const fired: number[] = []
    clock.setTimer(50, () => fired.push(clock.now()))
    expect(fired).toEqual([])
    clock.advance(0)
    expect(fired).toEqual([100])
  })

  it('does not fire what was cancelled, not even by an earlier timer of the same instant', () => {
    const clock = manualClock(0)
    const fired: string[] = []
    clock.setTimer(10, () => cancel())
    const cancel = clock.setTimer(10, () => fired.push('cancelled'))
    clock.setTimer(10, () => fired.push('kept'))
    clock.advance(10)
    cancel()
    expect(fired).toEqual(['kept'])
  })

  it('fires late, in order and at the late instant, what became due while the event loop was blocked', () => {
    const clock = manualClock(0)
    const fired: string[] = []
    clock.setTimer(20, () => fired.push(`b@${clock.now()}`))
    clock.setTimer(10, () => fired.push(`a@${clock.now()}`))
    clock.stall(5000)
    expect(fired).toEqual(['a@5000', 'b@5000'])
  })

  it('stands still in a sleep, while the wall clock and the uptime go on', () => {
    const clock = manualClock(1000)
    clock.advance(100)
    clock.sleep(5000)
    expect([clock.now(), clock.wall(), clock.uptime()]).toEqual([1100, 6100, 5100])
  })

  it('goes on in a sleep where the platform does so', () => {
    const clock = manualClock(1000, { monotonicStopsInSleep: false })
    clock.sleep(5000)
    expect([clock.now(), clock.wall(), clock.uptime()]).toEqual([6000, 6000, 5000])
  })

  it('catches up with a sleep when it is told to skip it', () => {
    const clock = manualClock(1000)
    clock.sleep(5000)
    clock.skip(5000)
    clock.advance(10)
    expect([clock.now(), clock.wall(), clock.uptime()]).toEqual([6010, 6010, 5010])
  })

  it('lets the rest of a move pass after a timer has skipped a sleep', () => {
    const clock = manualClock(0)
    const fired: number[] = []
    clock.setTimer(10, () => clock.skip(1000))
    clock.setTimer(500, () => fired.push(clock.now()))
    clock.setTimer(1015, () => fired.push(clock.now()))
    clock.advance(20)
    expect(fired).toEqual([1010, 1015])
    expect(clock.now()).toBe(1020)
  })

  it('has a wall clock that can be set without moving anything else', () => {
    const clock = manualClock(1000)
    clock.setWall(-400)
    clock.advance(1)
    expect([clock.now(), clock.wall(), clock.uptime()]).toEqual([1001, 601, 1])
  })

  it('refuses to go back', () => {
    expect(() => manualClock(0).advance(-1)).toThrow('time passes forward, in whole milliseconds; -1')
  })
})
