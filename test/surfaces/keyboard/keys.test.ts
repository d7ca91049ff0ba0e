import { describe, expect, it } from 'vitest'
import type { Hotkey } from '../../../src/schedule/model/schedule.ts'
import { autoRepeatFilter } from '../../../src/surfaces/keyboard/keyListener.ts'
import { hotkeyOf, type KeyPress } from '../../../src/surfaces/keyboard/keys.ts'

const press = (code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  code,
  ctrl: false,
  alt: false,
  shift: false,
  meta: false,
  ...held,
})
const hotkey = (keys: KeyPress, command: Hotkey['command']): Hotkey => ({
  keys: { ...keys, label: keys.code },
  command,
})

const brb = hotkey(press('KeyB', { ctrl: true, alt: true }), { type: 'forceScene', scene: 'BRB', toggle: true })
const next = hotkey(press('KeyN', { ctrl: true, alt: true }), { type: 'next' })
const hotkeys = [brb, next]

describe('a key press', () => {
  it('means the hotkey of the schedule with the same key and modifiers', () => {
    expect(hotkeyOf(hotkeys, press('KeyB', { ctrl: true, alt: true }))).toBe(brb)
  })

  it.each([
    ['without a modifier of the hotkey', press('KeyB', { ctrl: true })],
    ['with one more modifier', press('KeyB', { ctrl: true, alt: true, shift: true })],
    ['with the meta key', press('KeyB', { ctrl: true, alt: true, meta: true })],
    ['of another key', press('KeyV', { ctrl: true, alt: true })],
  ])('%s means no hotkey', (_, other) => {
    expect(hotkeyOf(hotkeys, other)).toBeNull()
  })
})

describe('a held key', () => {
  it('is one press until it is released', () => {
    const repeats = autoRepeatFilter()
    expect([0, 660, 700, 740].map((time) => repeats.down('KeyB', time))).toEqual([true, false, false, false])
    repeats.up('KeyB')
    expect(repeats.down('KeyB', 800)).toBe(true)
  })

  it("doesn't keep another key from being pressed", () => {
    const repeats = autoRepeatFilter()
    repeats.down('ControlLeft', 0)
    expect(repeats.down('KeyB', 10)).toBe(true)
  })

  it('can be pressed again if its release got lost', () => {
    const repeats = autoRepeatFilter()
    repeats.down('KeyB', 0)
    expect(repeats.down('KeyB', 60_000)).toBe(true)
  })
})
