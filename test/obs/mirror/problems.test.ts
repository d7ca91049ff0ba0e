import { describe, expect, it } from 'vitest'
import { nearestInWords } from '../../../src/obs/mirror/problems.ts'

describe('a suggestion', () => {
  it('for a name in OBS lists the nearest ones', () => {
    expect(nearestInWords('Mic', ['Desk Mic', 'Mic 2'])).toBe('the nearest are "Mic 2", "Desk Mic"')
    expect(nearestInWords('Mic', ['Desk Mic'])).toBe('there is "Desk Mic"')
    expect(nearestInWords('Mic', [])).toBe('there are none')
  })
})
