import { describe, expect, it } from 'vitest'
import { createTickService } from '../../src/tick/tickService.ts'
import type { Clock } from '../../src/time/clock.ts'
import { manualClock } from '../../src/time/manualClock.ts'

/** A tick service that notes what it reports, in order, each with its instant. */
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
  ['stops', stopsInSleep],
  ['goes on', goesOnInSleep],
] as const

describe('the deadline', () => {
  it('wakes at its instant, once', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(1500)
    clock.advance(10_000)
    expect(tick.told).toEqual(['tick @1500'])
  })

  it('gives way to the next one, and to none', () => {
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

  it('leaves its timer alone when it moves to later, and still wakes at its instant, once', () => {
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

  it('does not set its timer again for the same instant', () => {
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

  it('is not early if the timer of an embedder is', () => {
    const clock = manualClock(0)
    const tick = listenTo({
      now: clock.now,
      setTimer: (at, fn) => clock.setTimer(Math.max(at - 1, clock.now() + 1), fn),
    })
    tick.wakeAt(700)
    clock.advance(1000)
    expect(tick.told).toEqual(['tick @700'])
  })

  it('never sets a timer for more than 2^31 - 1 ms, the longest that Node can wait', () => {
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
  it('is a gap since the process last ran', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.advance(5000)
    clock.stall(4000)
    clock.advance(5000)
    expect(tick.told).toEqual(['gap since 5000 @9000'])
  })

  it('is reported before the tick that it delayed', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(500)
    clock.stall(4000)
    expect(tick.told).toEqual(['gap since 0 @4000', 'tick @4000'])
  })

  it('is noticed by its late tick even before a heartbeat is late enough', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    tick.wakeAt(100)
    clock.stall(2500)
    expect(tick.told).toEqual(['gap since 0 @2500', 'tick @2500'])
  })

  it('is reported before a command that comes ahead of every timer, and only once', () => {
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

  it('is no gap if it lasts two seconds or less', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    for (let time = 0; time < 50; time++) {
      clock.advance(130)
      tick.wakeAt(clock.now())
      clock.stall(2000)
    }
    expect(tick.told.filter((line) => line.startsWith('gap'))).toEqual([])
  })

  it('is a gap if it lasts more than three seconds, whenever it happens', () => {
    for (let phase = 0; phase < 1000; phase += 50) {
      const clock = manualClock(0)
      const tick = listenTo(clock)
      clock.advance(phase)
      clock.stall(3001)
      expect(tick.told).toEqual([`gap since 0 @${phase + 3001}`])
    }
  })

  it('is noticed with a clock that offers only now and setTimer', () => {
    const clock = manualClock(0)
    const tick = listenTo({ now: clock.now, setTimer: clock.setTimer })
    clock.setWall(3_600_000)
    clock.advance(2000)
    clock.stall(5000)
    expect(tick.told).toEqual(['gap since 2000 @7000'])
  })
})

describe.each(platforms)('sleep, on a platform where the monotonic clock %s', (_, platform) => {
  it('is a gap as long as the sleep, and not a set clock', () => {
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

  it('is reported before a command that comes ahead of every timer', () => {
    const clock = platform()
    const tick = listenTo(clock)
    clock.advance(3200)
    clock.sleep(60_000)
    expect(tick.observe(clock.now())).toBe(63_200)
    expect(tick.told).toEqual(['gap since 3000 @63200'])
  })

  it('makes a tick late', () => {
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

  it('is reported before a clock that was set meanwhile', () => {
    const clock = platform()
    const tick = listenTo(clock)
    clock.sleep(60_000)
    clock.setWall(-500)
    tick.observe(clock.now())
    expect(tick.told).toEqual(['gap since 0 @60000', 'clock -500 @60000'])
  })
})

describe('the wall clock', () => {
  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('is reported with its offset when it was set %s, which is no gap', (_, by) => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.advance(4500)
    clock.setWall(by)
    clock.advance(10_000)
    expect(tick.told).toEqual([`clock ${by} @5000`])
    expect(clock.now()).toBe(14_500)
  })

  it('is reported before the next command', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    clock.setWall(-70)
    tick.observe(clock.now())
    expect(tick.told).toEqual(['clock -70 @0'])
  })

  it('is reported again each time it has drifted more than 20 ms from the last report', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    for (let second = 0; second < 60; second++) {
      clock.advance(1000)
      clock.setWall(1)
    }
    expect(tick.told).toEqual(['clock 21 @22000', 'clock 42 @43000'])
  })

  it('is not reported for jitter of up to 20 ms', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    for (let time = 0; time < 60; time++) {
      for (const by of [20, -20, -20, 20]) {
        clock.setWall(by)
        tick.observe(clock.now())
        clock.advance(250)
      }
    }
    expect(tick.told).toEqual([])
  })

  it('is not reported when it is set forward and back between two looks', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    for (let time = 0; time < 60; time++) {
      clock.setWall(30)
      clock.advance(400)
      clock.setWall(-30)
      clock.advance(600)
    }
    expect(tick.told).toEqual([])
  })

  it('is reported once for each move of 30 ms, with the exact offset, and not again while it stays', () => {
    const clock = manualClock(0)
    const tick = listenTo(clock)
    const expected: string[] = []
    for (let move = 0; move < 60; move++) {
      const isForward = move % 2 === 0
      clock.setWall(isForward ? 30 : -30)
      clock.advance(10_000)
      expected.push(`clock ${isForward ? 30 : 0} @${move * 10_000 + 1000}`)
    }
    expect(tick.told).toEqual(expected)
  })

  it('is read again if another process ran between reading it and reading the own clock', () => {
    const clock = manualClock(0)
    const readings = [0, 300, 300, 1]
    // As if the process had lost the CPU for these milliseconds between reading one clock and the other.
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
  it('that observes the time is not told of the same gap twice, nor of the clock before the gap', () => {
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

  it('of a gap may arm another deadline in place of the overdue one', () => {
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

it('the heartbeat comes once a second', () => {
  const clock = manualClock(0)
  let beats = 0
  listenTo({
    ...clock,
    setBackgroundTimer: (at, fn) => {
      beats++
      return clock.setBackgroundTimer(at, fn)
    },
  })
  clock.advance(86_400_000)
  expect(beats).toBe(1 + 86_400)
})
