import { describe, expect, it } from 'vitest'
import { fromWallTimes, toWallTimes, type Where } from '../../src/store/wallTimes.ts'

const seven = Date.UTC(2026, 11, 4, 19)

const where: Where = { at: 'own', enteredAt: 'show', wall: 'wall', offset: 'offset', ends: 'own', past: { at: 'own' } }
const value = {
  at: seven,
  enteredAt: seven + 5,
  wall: seven + 10,
  offset: 500,
  ends: 'release',
  past: [{ at: seven - 1000, length: 1000 }, null],
  other: seven,
}

describe('the times of a value', () => {
  it('are wall times in files, and all else is as it was', () => {
    expect(toWallTimes(value, where, 500)).toEqual({
      at: '2026-12-04T19:00:00.500Z',
      enteredAt: '2026-12-04T19:00:00.505Z',
      wall: '2026-12-04T19:00:00.010Z',
      offset: 500,
      ends: 'release',
      past: [{ at: '2026-12-04T18:59:59.500Z', length: 1000 }, null],
      other: seven,
    })
  })

  it('come back exactly for the orchestrator that wrote them', () => {
    expect(fromWallTimes(toWallTimes(value, where, 500), where, 500)).toEqual(value)
  })

  it('mean the same wall times to an orchestrator whose clock is ahead', () => {
    const read = fromWallTimes(toWallTimes(value, where, 500), where, 500, 200)
    expect(read).toMatchObject({ at: seven + 200, enteredAt: seven + 205, wall: seven + 10, offset: 300 })
    expect(toWallTimes(read, where, 300)).toMatchObject({ at: '2026-12-04T19:00:00.500Z' })
  })

  it('stay numbers if no date can hold them', () => {
    expect(toWallTimes({ at: 8.64e15 + 1 }, where, 0)).toEqual({ at: 8.64e15 + 1 })
  })

  it('are left alone if they are not what they should be', () => {
    for (const odd of ['soon', '2026-12-04', true, { at: 1 }])
      expect(fromWallTimes({ at: odd }, where, 0)).toEqual({ at: odd })
  })
})
