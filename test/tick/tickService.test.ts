import { describe, expect, it } from 'vitest'
import { createTickService } from '../../src/tick/tickService.ts'
import type { Clock } from '../../src/time/clock.ts'
import { manualClock } from '../../src/time/manualClock.ts'

/** A tick service that notes what it tells, in order, each with its instant. */
function listenTo(clock: Clock) {
  const told: string[] = []
  const service = createTickService({
    clock,
    onTick: (at) => told.push(`tick @${at}`),
    onGap: ({ since }, at) => told.push(`gap since ${since} @${at}`),
    onClock: ({ offset }, at) => told.push(`clock ${offset} @${at}`),
  })
  return { ...service, told }
}

const stopsInSleep = () => manualClock(0)
const goesOnInSleep = () => manualClock(0, { monotonicStopsInSleep: false })
const platforms = [
  ['stops in sleep', stopsInSleep],
  ['goes on in sleep', goesOnInSleep],
] as const

describe('the deadline', () => {
  it('wakes at its instant, once', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(1500)
    clock.advance(10_000)
    expect(tick.told).toEqual(['tick @1500'])
  })

  it('is replaced by another one, and disarmed by none', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(1500)
    tick.wakeAt(700)
    clock.advance(1000)
    tick.wakeAt(1800)
    tick.wakeAt(null)
    clock.advance(10_000)
    expect(tick.told).toEqual(['tick @700'])
  })

  it('can be armed for the same instant again once it has come', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(700)
    clock.advance(700)
    tick.wakeAt(700)
    clock.advance(0)
    expect(tick.told).toEqual(['tick @700', 'tick @700'])
  })

  it('that moves away leaves its timer alone, and still wakes at its instant, once', () => {
    const clock = manualClock(0)
    const armed: number[] = []
    const setTimer: Clock['setTimer'] = (at, fn) => {
      armed.push(at)
      return clock.setTimer(at, fn)
    }
    const tick = listenTo({ now: clock.now, setTimer, setBackgroundTimer: clock.setBackgroundTimer })
    for (const at of [500, 900, 700]) tick.wakeAt(at)
    expect(armed).toEqual([500])
    clock.advance(950)
    expect(armed).toEqual([500, 700])
    expect(tick.told).toEqual(['tick @700'])
  })

  it('is not armed anew for the instant that it is armed for', () => {
    const clock = manualClock(0)
    const armed: number[] = []
    const setTimer: Clock['setTimer'] = (at, fn) => {
      armed.push(at)
      return clock.setTimer(at, fn)
    }
    const tick = listenTo({ ...clock, setTimer })
    for (let command = 0; command < 5; command++) tick.wakeAt(5000)
    expect(armed).toEqual([5000])
  })

  it('is waited for to the end when the timer of an embedder fires early', () => {
    const clock = manualClock(0)
    const tick = listenTo({
      now: clock.now,
      setTimer: (at, fn) => clock.setTimer(Math.max(at - 1, clock.now() + 1), fn),
    })
    tick.wakeAt(700)
    clock.advance(1000)
    expect(tick.told).toEqual(['tick @700'])
  })

  it('is armed for no more than 2^31 - 1 ms at once, which is all that Node can wait', () => {
    const clock = manualClock(0)
    let longest = 0
    const setTimer: Clock['setTimer'] = (at, fn) => {
      longest = Math.max(longest, at - clock.now())
      return clock.setTimer(at, fn)
    }
    const tick = listenTo({ now: clock.now, setTimer })
    tick.wakeAt(2 ** 31 + 700)
    clock.advance(2 ** 31 + 1000)
    expect(longest).toBe(2 ** 31 - 1)
    expect(tick.told).toEqual([`tick @${2 ** 31 + 700}`])
  })

  it('does not come after close', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(700)
    tick.close()
    tick.wakeAt(800)
    clock.setWall(5000)
    clock.stall(10_000)
    expect(tick.observe(clock.now())).toBe(10_000)
    expect(tick.told).toEqual([])
  })
})

describe('a blocked event loop', () => {
  it('is a gap since the last moment in which somebody was there', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.advance(5000)
    clock.stall(4000)
    clock.advance(5000)
    expect(tick.told).toEqual(['gap since 5000 @9000'])
  })

  it('is told before the tick that it has delayed', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(500)
    clock.stall(4000)
    expect(tick.told).toEqual(['gap since 0 @4000', 'tick @4000'])
  })

  it('is seen by its late tick even before a heartbeat is late enough', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(100)
    clock.stall(2500)
    expect(tick.told).toEqual(['gap since 0 @2500', 'tick @2500'])
  })

  it('is told before a command that comes ahead of every timer, and only once', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.advance(1700)
    tick.observe(clock.now())
    const command = clock.setTimer(1800, () => {
      tick.observe(clock.now())
      tick.told.push('command')
    })
    clock.stall(6000)
    command()
    clock.advance(3000)
    expect(tick.told).toEqual(['gap since 1700 @7700', 'command'])
  })

  it('of two seconds or less is no gap', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    for (let time = 0; time < 50; time++) {
      clock.advance(130)
      tick.wakeAt(clock.now())
      clock.stall(2000)
    }
    expect(tick.told.filter((line) => line.startsWith('gap'))).toEqual([])
  })

  it('of over three seconds is a gap whenever it falls', () => {
    for (let phase = 0; phase < 1000; phase += 50) {
      const clock = manualClock(0)
      const tick = listenTo(clock)
      clock.advance(phase)
      clock.stall(3001)
      expect(tick.told).toEqual([`gap since 0 @${phase + 3001}`])
    }
  })

  it('is seen with a clock that offers nothing but now and setTimer', () => {
    const clock = manualClock(0)
    const tick = listenTo({ now: clock.now, setTimer: clock.setTimer })
    clock.setWall(3_600_000)
    clock.advance(2000)
    clock.stall(5000)
    expect(tick.told).toEqual(['gap since 2000 @7000'])
  })
})

describe.each(platforms)('a machine that slept, where the monotonic clock %s', (_, platform) => {
  it('is a gap of the length of the sleep, and no clock that was set', () => {
    const clock = platform()
    const tick = listenTo(clock)
    clock.advance(3000)
    clock.sleep(3_600_000)
    clock.advance(5000)
    expect(tick.told).toHaveLength(1)
    expect(tick.told[0]).toMatch(/^gap since 3000 @360[34]000$/)
    expect(clock.now()).toBe(3_608_000)
    expect(clock.wall()).toBe(clock.now())
  })

  it('is told before a command that comes ahead of every timer', () => {
    const clock = platform()
    const tick = listenTo(clock)
    clock.advance(3200)
    clock.sleep(60_000)
    expect(tick.observe(clock.now())).toBe(63_200)
    expect(tick.told).toEqual(['gap since 3000 @63200'])
  })

  it('makes a tick late by what it slept', () => {
    const clock = platform()
    const tick = listenTo(clock)
    tick.wakeAt(10_000)
    clock.advance(3200)
    clock.sleep(60_000)
    clock.advance(1000)
    expect(tick.told.at(-1)).toMatch(/^tick @6/)
    expect(tick.told[0]).toMatch(/^gap since 3000 @6/)
    expect(tick.told).toHaveLength(2)
  })

  it('tells a clock that was set in the meantime as well, after the gap', () => {
    const clock = platform()
    const tick = listenTo(clock)
    clock.sleep(60_000)
    clock.setWall(-500)
    tick.observe(clock.now())
    expect(tick.told).toEqual(['gap since 0 @60000', 'clock -500 @60000'])
  })
})

describe('a wall clock', () => {
  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('that was set %s is told by how much, and is no gap', (_, by) => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.advance(4500)
    clock.setWall(by)
    clock.advance(10_000)
    expect(tick.told).toEqual([`clock ${by} @5000`])
    expect(clock.now()).toBe(14_500)
  })

  it('that was set is told before the next command', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.setWall(-70)
    tick.observe(clock.now())
    expect(tick.told).toEqual(['clock -70 @0'])
  })

  it('that drifts is told each time when it has moved by more than 20 ms from what was told last', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    for (let second = 0; second < 60; second++) {
      clock.advance(1000)
      clock.setWall(1)
    }
    expect(tick.told).toEqual(['clock 21 @22000', 'clock 42 @43000'])
  })

  it('that is read while the machine is busy with others is read again', () => {
    const clock = manualClock(0)
    const readings = [0, 300, 300]
    // As if the process had been off the processor for 300 ms between reading one clock and the other.
    const wall = () => {
      clock.stall(readings.shift() ?? 0)
      return clock.wall()
    }
    const tick = listenTo({ ...clock, wall })
    tick.observe(clock.now())
    expect(tick.told).toEqual([])
  })
})

describe('a handler', () => {
  it('that sends a gap on to whoever observes first is not told of it twice, nor of the clock before it', () => {
    const clock = manualClock(0)
    const told: string[] = []
    const tick = createTickService({
      clock,
      onTick: () => {},
      onGap: (_, at) => {
        tick.observe(at)
        told.push('gap')
      },
      onClock: (_, at) => {
        tick.observe(at)
        told.push('clock')
      },
    })
    clock.setWall(400)
    clock.stall(9000)
    expect(told).toEqual(['gap', 'clock'])
  })

  it('of a gap may arm another deadline, and the overdue one does not come', () => {
    const clock = manualClock(0)
    const told: string[] = []
    const tick = createTickService({
      clock,
      onTick: (at) => told.push(`tick @${at}`),
      onGap: (_, at) => tick.wakeAt(at + 250),
      onClock: () => {},
    })
    tick.wakeAt(100)
    clock.stall(9000)
    clock.advance(1000)
    expect(told).toEqual(['tick @9250'])
  })

  it('may close the service', () => {
    const clock = manualClock(0)
    const told: string[] = []
    const tick = createTickService({
      clock,
      onTick: () => told.push('tick'),
      onGap: () => tick.close(),
      onClock: () => told.push('clock'),
    })
    tick.wakeAt(100)
    clock.setWall(400)
    clock.stall(9000)
    clock.advance(100_000)
    expect(told).toEqual([])
  })
})

it('a day of heartbeats is stepped through in well under a second', () => {
  const clock = manualClock(0)
  const tick = listenTo(clock)
  const began = performance.now()
  clock.advance(86_400_000)
  expect(performance.now() - began).toBeLessThan(1000)
  expect(tick.told).toEqual([])
})
