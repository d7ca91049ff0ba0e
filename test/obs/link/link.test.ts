import { describe, expect, it, vi } from 'vitest'
import { createLink, type LinkState } from '../../../src/obs/link/link.ts'
import { ObsError, type ObsErrorReason } from '../../../src/obs/link/obsError.ts'
import { manualClock } from '../../../src/time/manualClock.ts'

/** Promises settle between the steps of the clock. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

function linkOnClock() {
  const clock = manualClock()
  const states: LinkState[] = []
  const troubles: { reason: ObsErrorReason; again: number }[] = []
  const left: number[] = []
  const tries: number[] = []
  let failure: ObsError | null = null
  let heart: 'beats' | 'fails' = 'beats'
  let beats = 0
  let hanging: ((connection: number) => void) | null = null
  let hangs = false

  const link = createLink<number>({
    clock,
    connect: () => {
      tries.push(clock.now())
      if (hangs) return new Promise((resolve) => (hanging = resolve))
      return failure === null ? Promise.resolve(tries.length) : Promise.reject(failure)
    },
    read: () => Promise.resolve(),
    beat: () => {
      beats += 1
      return heart === 'beats' ? Promise.resolve() : Promise.reject(new ObsError('timeout', 'no answer'))
    },
    disconnect: async (connection) => void left.push(connection),
    onPhase: (state) => void states.push(state),
    onTrouble: ({ reason }, again) => void troubles.push({ reason, again }),
  })

  return {
    ...{ clock, states, troubles, left, tries, link },
    beats: () => beats,
    fail: (reason: ObsErrorReason | null) => {
      failure = reason === null ? null : new ObsError(reason, reason)
    },
    stopHeart: () => {
      heart = 'fails'
    },
    hang: () => {
      hangs = true
    },
    answerLate: () => hanging?.(99),
    /** Lets so much time pass, in steps short enough for every answer to come in between. */
    pass: async (length: number) => {
      for (let passed = 0; passed < length; passed += 50) {
        clock.advance(50)
        await settle()
      }
    },
  }
}

describe('the link to OBS', () => {
  it('connects, reads everything, and is up', async () => {
    const { link, states } = linkOnClock()
    link.open()
    await settle()
    expect(states).toEqual(['connecting', 'reading', 'up'])
  })

  it("tries again soon, then every half second, while OBS isn't there", async () => {
    const { link, fail, pass, tries } = linkOnClock()
    fail('unreachable')
    link.open()
    await settle()
    await pass(3000)
    expect(tries).toEqual([0, 100, 300, 700, 1200, 1700, 2200, 2700])
  })

  it('is up within half a second once OBS is back, and quick again at the next outage', async () => {
    const { link, fail, pass, states, tries, clock } = linkOnClock()
    fail('unreachable')
    link.open()
    await settle()
    await pass(10_000)
    fail(null)
    await pass(500)
    expect(states.at(-1)).toBe('up')
    const before = tries.length
    link.lost(new ObsError('closed', 'gone'))
    const lostAt = clock.now()
    await pass(100)
    expect(tries.slice(before)).toEqual([lostAt + 100])
  })

  it.each([
    ['wrongPassword', 30_000],
    ['incompatible', 30_000],
    ['kicked', 60_000],
  ] as const)('says %s at once, and tries again only after %i ms', async (reason, wait) => {
    const { link, fail, pass, tries, troubles, states } = linkOnClock()
    fail(reason)
    link.open()
    await settle()
    expect(troubles).toEqual([{ reason, again: wait }])
    expect(states.at(-1)).toBe('refused')
    await pass(wait - 50)
    expect(tries).toHaveLength(1)
    await pass(50)
    expect(tries).toHaveLength(2)
  })

  it("asks every 2 s whether OBS is still there, and leaves one that doesn't answer", async () => {
    const { link, pass, stopHeart, beats, states, left } = linkOnClock()
    link.open()
    await settle()
    await pass(4000)
    expect(beats()).toBe(2)
    stopHeart()
    await pass(2000)
    expect(left).toEqual([1])
    expect(states.slice(3, 4)).toEqual(['waiting'])
  })

  it('reads everything again when it is stale, without reconnecting', async () => {
    const { link, states, tries } = linkOnClock()
    link.open()
    await settle()
    link.stale()
    await settle()
    expect(states).toEqual(['connecting', 'reading', 'up', 'reading', 'up'])
    expect(tries).toHaveLength(1)
  })

  it('reports nothing when it hears what it knows', async () => {
    const { link, states } = linkOnClock()
    link.open()
    await settle()
    link.open()
    await settle()
    expect(states).toEqual(['connecting', 'reading', 'up'])
  })

  it('leaves a connection that is made after it was closed', async () => {
    const { link, hang, answerLate, left, states } = linkOnClock()
    hang()
    link.open()
    await settle()
    await link.close()
    answerLate()
    await settle()
    expect(left).toEqual([99])
    expect(states.at(-1)).toBe('closed')
  })

  it('does nothing once it is closed', async () => {
    const { link, pass, tries, left, beats } = linkOnClock()
    link.open()
    await settle()
    await link.close()
    await pass(60_000)
    expect([tries.length, left, beats()]).toEqual([1, [1], 0])
  })

  it('closes only once, whatever comes after', async () => {
    const warn = vi.spyOn(console, 'warn')
    const { link, left, states } = linkOnClock()
    link.open()
    await settle()
    await link.close()
    await link.close()
    link.lost(new ObsError('closed', 'gone'))
    link.stale()
    link.open()
    expect([left, states.at(-1), warn.mock.calls]).toEqual([[1], 'closed', []])
  })
})
