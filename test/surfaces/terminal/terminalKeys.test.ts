import { EventEmitter } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Snapshot } from '../../../src/orchestrator/core/snapshot.ts'
import type { Hotkey } from '../../../src/schedule/model/schedule.ts'
import { keyTable } from '../../../src/surfaces/terminal/keyTable.ts'
import { parseKeys, pressesOf } from '../../../src/surfaces/terminal/terminalInput.ts'
import { startTerminalKeys, type TerminalInput } from '../../../src/surfaces/terminal/terminalKeys.ts'
import { manualClock } from '../../../src/time/manualClock.ts'
import { snapshotWith } from '../keyboard/snapshots.ts'

/** A key in words: `Ctrl+Alt+b`. */
const inWords = (input: string) =>
  parseKeys(input).map(({ key, ctrl, alt, shift }) =>
    [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+'),
  )

describe('terminal input', () => {
  it.each([
    ['n', ['n']],
    [' ', ['space']],
    ['\x03', ['Ctrl+c']],
    ['\x1b', ['escape']],
    ['\x1bb', ['Alt+b']],
    ['\x1b\x02', ['Ctrl+Alt+b']],
    ['\x1b[A', ['up']],
    ['\x1bOP', ['f1']],
    ['\x1b[15~', ['f5']],
    ['\x1b[24;5~', ['Ctrl+f12']],
    ['\x1b[1;6D', ['Ctrl+Shift+left']],
    ['\x1b[Z', ['Shift+tab']],
    ['\r', ['enter']],
    ['é', ['é']],
  ])('%j is the key %j', (input, keys) => {
    expect(inWords(input)).toEqual(keys)
  })

  it('with several keys is read key by key unless it is text', () => {
    expect(inWords('\x1b[A\x1b[B')).toEqual(['up', 'down'])
  })

  it('with one key many times is one press', () => {
    expect(inWords('nnnn')).toEqual(['n'])
  })

  it('that is pasted text is no key at all', () => {
    expect(inWords('pnq please')).toEqual([])
  })

  it('that is an answer of the terminal is no key', () => {
    expect(inWords('\x1b[?1;2c')).toEqual([])
    expect(inWords('\x1b[<0;10;20M')).toEqual([])
  })

  it('is named as hotkeys of a schedule are', () => {
    const codes = ['\x1b\x02', '7', '\x1b[15~', 'N'].flatMap((input) => parseKeys(input).flatMap(pressesOf))
    expect(codes).toEqual([
      { code: 'KeyB', ctrl: true, alt: true, shift: false, meta: false },
      { code: 'Digit7', ctrl: false, alt: false, shift: false, meta: false },
      { code: 'F5', ctrl: false, alt: false, shift: false, meta: false },
      { code: 'KeyN', ctrl: false, alt: false, shift: true, meta: false },
    ])
  })
})

describe('keys in the terminal', () => {
  it.each([
    ['s', { type: 'start' }],
    [' ', { type: 'pause' }],
    ['n', { type: 'next' }],
    ['p', { type: 'previous' }],
    ['h', { type: 'hold' }],
    ['+', { type: 'extend', by: '30s' }],
    ['-', { type: 'extend', by: '-30s' }],
    ['2', { type: 'forceScene', scene: 'BRB', toggle: true }],
    ['r', { type: 'release' }],
  ])('%j sends %j', (input, command) => {
    const terminal = openTerminal()
    terminal.type(input)
    expect(terminal.heard).toEqual([command])
  })

  it('resume a paused show and let a held cue go on', () => {
    const terminal = openTerminal({ state: snapshotWith({ mode: 'paused', cue: { endsAt: null } }) })
    terminal.type(' ')
    terminal.type('h')
    expect(terminal.heard).toEqual([{ type: 'resume' }, { type: 'unhold' }])
  })

  it('quit with q and with Ctrl+C, also right after each other', () => {
    const terminal = openTerminal()
    terminal.type('\x03')
    terminal.type('\x03')
    terminal.type('q')
    expect(terminal.heard).toEqual(['quit', 'quit', 'quit'])
  })

  it('act once while they are held, except + and -', () => {
    const terminal = openTerminal()
    for (const key of [' ', ' ', ' ', '+', '+', '+']) {
      terminal.clock.advance(40)
      terminal.type(key)
    }
    terminal.clock.advance(700)
    terminal.type(' ')
    const extend = { type: 'extend', by: '30s' }
    expect(terminal.heard).toEqual([{ type: 'pause' }, extend, extend, extend, { type: 'pause' }])
  })

  it('act twice when pressed twice within a moment', () => {
    const terminal = openTerminal()
    terminal.type(' ')
    terminal.clock.advance(550)
    terminal.type(' ')
    terminal.clock.advance(150)
    expect(terminal.heard).toEqual([{ type: 'pause' }, { type: 'pause' }])
    terminal.clock.advance(100)
    terminal.type(' ')
    terminal.type('h')
    expect(terminal.heard.slice(2)).toEqual([{ type: 'pause' }, { type: 'hold' }])
  })

  it.each([
    [250, 30],
    [500, 33],
    [660, 100],
  ])('act once while they are held and repeat after %i ms, then every %i ms', (delay, interval) => {
    const terminal = openTerminal()
    terminal.type(' ')
    terminal.clock.advance(delay)
    for (let i = 0; i < 50; i++) {
      terminal.type(' ')
      terminal.clock.advance(interval)
    }
    terminal.clock.advance(1000)
    expect(terminal.heard).toEqual([{ type: 'pause' }])
  })

  it('count from when they were pressed, even if only later input shows that they were', () => {
    const terminal = openTerminal()
    terminal.type('n')
    terminal.clock.advance(400)
    terminal.type('n')
    terminal.clock.advance(200)
    expect(terminal.heard).toEqual([{ type: 'next' }, { type: 'next' }])
    expect(terminal.times).toEqual([100_000, 100_400])
  })

  it('do nothing without a scene', () => {
    const terminal = openTerminal()
    terminal.type('9')
    expect(terminal.heard).toEqual([])
  })

  it('include the hotkeys of the schedule, which come first', () => {
    const keys = { ctrl: false, alt: false, shift: false, meta: false, code: 'KeyN', label: 'N' }
    const terminal = openTerminal({ hotkeys: [{ keys, command: { type: 'forceScene', scene: 'News' } }] })
    terminal.type('n')
    expect(terminal.heard).toEqual([{ type: 'forceScene', scene: 'News' }])
  })

  it('take Alt+Enter for Ctrl+Alt+M too, but never Enter for Ctrl+M', () => {
    const keys = { ctrl: true, shift: false, meta: false, code: 'KeyM', label: 'M' }
    const terminal = openTerminal({
      hotkeys: [
        { keys: { ...keys, alt: true }, command: { type: 'release' } },
        { keys: { ...keys, alt: false }, command: { type: 'stop' } },
      ],
    })
    terminal.type('\x1b\r')
    terminal.type('\r')
    expect(terminal.heard).toEqual([{ type: 'release' }])
  })

  it('leave the terminal as it was', () => {
    const terminal = openTerminal()
    expect(terminal.raw()).toBe(true)
    terminal.close()
    expect(terminal.raw()).toBe(false)
    terminal.type('n')
    expect(terminal.heard).toEqual([])
  })

  it('leave the terminal as it was when the process ends', () => {
    const before = process.listeners('exit')
    const terminal = openTerminal()
    const added = process.listeners('exit').filter((listener) => !before.includes(listener))
    for (const listener of added) listener(1)
    expect(terminal.raw()).toBe(false)
    terminal.close()
    expect(process.listeners('exit')).toEqual(before)
  })

  it("aren't read if the input isn't a terminal", () => {
    expect(openTerminal({ isTTY: false }).keys).toBeNull()
  })

  it('are each in the table once', () => {
    const keys = keyTable.flatMap((binding) => binding.keys)
    expect(keys).toHaveLength(new Set(keys).size)
  })
})

type Given = { state?: Snapshot; hotkeys?: Hotkey[]; isTTY?: boolean }

/** A terminal in which somebody types, long after the cue began. */
function openTerminal({ state = snapshotWith({}), hotkeys = [], isTTY = true }: Given = {}) {
  const events = new EventEmitter()
  const heard: unknown[] = []
  const times: number[] = []
  const clock = manualClock(100_000)
  let raw = false
  const input: TerminalInput = {
    isTTY,
    setRawMode: (on) => {
      raw = on
    },
    setEncoding: () => {},
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
    resume: () => {},
    pause: () => {},
  }
  const keys = startTerminalKeys({
    input,
    clock,
    state: () => state,
    scenes: () => ['Opening', 'BRB'],
    hotkeys: () => hotkeys,
    onHotkey: ({ command }) => heard.push(command),
    onCommand: (command, _, at) => {
      heard.push(command)
      times.push(at)
    },
    onQuit: () => heard.push('quit'),
  })
  const close = () => keys?.close()
  onTestFinished(close)
  return { keys, heard, times, clock, raw: () => raw, type: (text: string) => events.emit('data', text), close }
}
