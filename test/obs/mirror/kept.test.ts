import { expect, it } from 'vitest'
import { newlyKept, withKept } from '../../../src/obs/mirror/kept.ts'
import { nothingKnown } from '../../../src/obs/mirror/mirror.ts'

const fade = { name: 'Fade', duration: 300 }
const logo = { kind: 'item', scene: 'A', item: 'Logo', visible: true } as const
const used = { ...nothingKnown, replaced: fade, states: [{ state: logo, done: true, sure: true }] }

it('what has to be undone in OBS is kept when it changes, and not when it is only said again', () => {
  const kept = newlyKept(nothingKnown, used)
  expect(kept).toEqual({ replaced: fade, states: [{ state: logo, done: true }] })
  expect(newlyKept(used, { ...used, states: [...used.states] })).toBeNull()
})

it('the next adapter knows it from the file, and sets the states again, because OBS may have restarted', () => {
  const written = JSON.parse(JSON.stringify(newlyKept(nothingKnown, used)))
  expect(withKept(nothingKnown, written)).toEqual({ ...used, states: [{ state: logo, done: true, sure: false }] })
})

it('what makes no sense is forgotten', () => {
  expect(withKept(nothingKnown, { replaced: 7 })).toBe(nothingKnown)
  expect(withKept(nothingKnown, undefined)).toBe(nothingKnown)
})
