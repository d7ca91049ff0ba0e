import { describe, expect, it } from 'vitest'
import type { Hotkey } from '../../../src/schedule/model/schedule.ts'
import { hotkeyOf, type KeyPress, pressReader } from '../../../src/surfaces/keyboard/keyPress.ts'

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
  const [b, ctrl] = [0x30, 0x1d]
  const heard = (...events: (readonly [down: boolean, keycode: number, time: number])[]) => {
    const codes: string[] = []
    const read = pressReader(({ code }) => codes.push(code))
    const held = { ctrl: false, alt: false, shift: false, meta: false }
    for (const [down, keycode, time] of events) read({ down, keycode, time, ...held })
    return codes
  }

  it('is one press until it is released', () => {
    expect(heard([true, b, 0], [true, b, 660], [true, b, 700], [true, b, 740])).toEqual(['KeyB'])
    expect(heard([true, b, 0], [false, b, 740], [true, b, 800])).toEqual(['KeyB', 'KeyB'])
  })

  it("doesn't keep another key from being pressed", () => {
    expect(heard([true, ctrl, 0], [true, b, 10])).toEqual(['ControlLeft', 'KeyB'])
  })

  it('can be pressed again if its release got lost', () => {
    expect(heard([true, b, 0], [true, b, 60_000])).toEqual(['KeyB', 'KeyB'])
  })
})
