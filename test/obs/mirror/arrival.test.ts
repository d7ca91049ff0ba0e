import { describe, expect, it } from 'vitest'
import { hasRestarted } from '../../../src/obs/mirror/arrival.ts'

const before = { frames: 3000, at: 100_000, fps: 30 }
const later = (seconds: number, frames: number) => ({ frames, at: before.at + seconds * 1000, fps: 30 })

describe('an OBS that is back', () => {
  it('is the same if its frames went on', () => {
    expect(hasRestarted(before, later(60, 4800))).toBe(false)
  })

  it('is the same if it was too busy to render for a moment', () => {
    expect(hasRestarted(before, later(2, 3000))).toBe(false)
  })

  it('has restarted if its frames began again', () => {
    expect(hasRestarted(before, later(10, 90))).toBe(true)
  })

  it('has restarted even if it has passed the old count since, but by less than the time allows', () => {
    expect(hasRestarted(before, later(600, 3100))).toBe(true)
  })
})
