import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGlobalKeys, whyNot } from '../../../src/surfaces/keyboard/globalKeys.ts'
import type { KeyPress } from '../../../src/surfaces/keyboard/keyPress.ts'
import { manualClock } from '../../../src/time/manualClock.ts'
import { systemClock } from '../../../src/time/systemClock.ts'
import { type Display, startDisplay } from '../../support/display.ts'
import { requirePrograms } from '../../support/requirements.ts'
import { until } from '../../support/until.ts'

requirePrograms('display', 'xdotool')('a key pressed on an X11 display', () => {
  let server: Display
  const presses: KeyPress[] = []
  const closing = new AbortController()

  beforeAll(async () => {
    server = await startDisplay()
    expect(await listen(server.display, presses, closing.signal)).toBeNull()
  })
  afterAll(async () => {
    closing.abort()
    await server?.close()
  })

  it('arrives with its code and the modifiers held', async () => {
    const press = (key: string) => pressed(presses, () => xdotool(server.display, 'key', key))
    expect(await press('ctrl+alt+b')).toEqual(chord('KeyB', { ctrl: true, alt: true }))
    expect(await press('shift+F8')).toEqual(chord('F8', { shift: true }))
    expect(await press('super+Up')).toEqual(chord('ArrowUp', { meta: true }))
    expect(await press('7')).toEqual(chord('Digit7'))
    expect(await press('KP_Add')).toEqual(chord('NumpadAdd'))
  })

  it('fires once, however long it is held', async () => {
    presses.length = 0
    xdotool(server.display, 'keydown', 'n', 'sleep', '1', 'keyup', 'n', 'key', 'm')
    await until('the last key', () => presses.some(({ code }) => code === 'KeyM'))
    expect(presses.map(({ code }) => code)).toEqual(['KeyN', 'KeyM'])
  })

  it('is named by its place on the keyboard, whatever letter is there', async () => {
    // Keycodes of X: the key right of Tab, F13, the Enter of the number pad.
    for (const [keycode, code] of [
      ['24', 'KeyQ'],
      ['191', 'F13'],
      ['104', 'NumpadEnter'],
    ] as const) {
      expect(await pressed(presses, () => xdotool(server.display, 'key', keycode))).toEqual(chord(code))
    }
  })
})

requirePrograms('display')('a display that goes away', () => {
  it('ends the hotkeys and nothing else', async () => {
    const server = await startDisplay()
    const lines: string[] = []
    const unavailable = await startGlobalKeys({
      onPress: () => {},
      log: (line) => lines.push(line),
      clock: systemClock(),
      signal: new AbortController().signal,
      env: on(server.display),
    })
    expect(unavailable).toBeNull()
    await server.close()
    await until('a line about it', () => lines.length > 0)
    expect(lines).toEqual([expect.stringContaining('global hotkeys are gone')])
  })
})

describe('unavailable global hotkeys say why:', () => {
  const deaf = { onPress: () => {}, log: () => {} }
  const start = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) =>
    startGlobalKeys({ ...deaf, clock: systemClock(), signal: new AbortController().signal, env, platform })

  it('no display', async () => {
    expect(await start({}, 'linux')).toContain('there is no display')
  })

  it('Wayland without X', async () => {
    expect(await start({ WAYLAND_DISPLAY: 'wayland-0', XDG_SESSION_TYPE: 'wayland' }, 'linux')).toContain('Wayland')
  })

  it.skipIf(process.platform !== 'linux')('a display without a server', async () => {
    const unavailable = await start({ ...process.env, DISPLAY: ':59999' }, 'linux')
    expect(unavailable).toContain("the display :59999 can't be opened")
  })

  it.skipIf(process.platform !== 'linux')('a start that was aborted', async () => {
    const giveUp = new AbortController()
    const env = { ...process.env, DISPLAY: ':59999' }
    const options = { ...deaf, clock: manualClock(), signal: giveUp.signal, env }
    const starting = startGlobalKeys({ ...options, platform: 'linux' })
    giveUp.abort()
    expect(await starting).toContain('aborted')
  })

  it('macOS without the accessibility permission', () => {
    expect(whyNot('[UIOHOOK_ERROR_AXAPI_DISABLED]: Failed to enable access for assistive devices.', {})).toMatch(
      /Privacy & Security, Accessibility/,
    )
  })

  it('a missing system library', () => {
    const said = 'Error: libXtst.so.6: cannot open shared object file: No such file or directory'
    expect(whyNot(said, {})).toBe('the system library libXtst.so.6 is missing, which uiohook-napi needs')
  })
})

async function listen(display: string, presses: KeyPress[], signal: AbortSignal): Promise<string | null> {
  const onPress = (press: KeyPress) => {
    if (!/^(Control|Alt|Shift|Meta)/.test(press.code)) presses.push(press)
  }
  return startGlobalKeys({ onPress, log: () => {}, clock: systemClock(), signal, env: on(display) })
}

/** The press that `act` causes. */
async function pressed(presses: KeyPress[], act: () => void): Promise<KeyPress | undefined> {
  presses.length = 0
  act()
  await until('the press', () => presses.length > 0)
  return presses[0]
}

function xdotool(display: string, ...args: string[]): void {
  execFileSync('xdotool', args, { env: on(display) })
}

const on = (display: string): NodeJS.ProcessEnv => ({ ...process.env, DISPLAY: display })

function chord(code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { code, ctrl: false, alt: false, shift: false, meta: false, ...held }
}
