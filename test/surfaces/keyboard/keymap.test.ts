import { describe, expect, it } from 'vitest'
import type { Hotkey } from '../../../src/schedule/model/schedule.ts'
import { autoRepeatFilter } from '../../../src/surfaces/keyboard/autoRepeat.ts'
import { decide, type KeyPress } from '../../../src/surfaces/keyboard/keymap.ts'
import { snapshotWith } from './snapshots.ts'

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
const previous = hotkey(press('KeyP'), { type: 'previous' })
const skip = hotkey(press('KeyS'), { type: 'skipCurrentScene' })
const hotkeys = [brb, next, previous, skip]
const longAgo = snapshotWith({ cue: { enteredAt: 0 } })

describe('a key press', () => {
  it('sends the command of its hotkey as the schedule has it', () => {
    expect(decide(hotkeys, press('KeyB', { ctrl: true, alt: true }), longAgo, 10_000)).toEqual({
      kind: 'send',
      hotkey: brb,
    })
  })

  it.each([
    ['without a modifier of the hotkey', press('KeyB', { ctrl: true })],
    ['with one more modifier', press('KeyB', { ctrl: true, alt: true, shift: true })],
    ['with the meta key', press('KeyB', { ctrl: true, alt: true, meta: true })],
    ['of another key', press('KeyV', { ctrl: true, alt: true })],
  ])('%s is none of ours', (_, other) => {
    expect(decide(hotkeys, other, longAgo, 10_000)).toBeNull()
  })
})

describe('in the first 500 ms of a cue', () => {
  const state = snapshotWith({ cue: { enteredAt: 10_000 } })

  it.each([next, previous, skip])('$command.type is ignored', ({ keys }) => {
    expect(decide(hotkeys, keys, state, 10_499)).toMatchObject({
      kind: 'ignored',
      reason: 'the cue began less than 500 ms ago',
    })
    expect(decide(hotkeys, keys, state, 10_500)).toMatchObject({ kind: 'send' })
  })

  it('a scene is forced all the same', () => {
    expect(decide(hotkeys, brb.keys, state, 10_000)).toMatchObject({ kind: 'send' })
  })
})

it('without a cue next is sent, so that the orchestrator can say why not', () => {
  expect(decide(hotkeys, next.keys, snapshotWith({ cue: null }), 0)).toMatchObject({ kind: 'send' })
})

describe('a held key', () => {
  it('is one press until it is let go', () => {
    const repeats = autoRepeatFilter()
    expect([0, 660, 700, 740].map((time) => repeats.down('KeyB', time))).toEqual([true, false, false, false])
    repeats.up('KeyB')
    expect(repeats.down('KeyB', 800)).toBe(true)
  })

  it('does not keep another one from being pressed', () => {
    const repeats = autoRepeatFilter()
    repeats.down('ControlLeft', 0)
    expect(repeats.down('KeyB', 10)).toBe(true)
  })

  it('whose release got lost can be pressed again', () => {
    const repeats = autoRepeatFilter()
    repeats.down('KeyB', 0)
    expect(repeats.down('KeyB', 60_000)).toBe(true)
  })
})
