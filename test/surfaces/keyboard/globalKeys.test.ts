import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGlobalKeys, whyNot } from '../../../src/surfaces/keyboard/globalKeys.ts'
import type { KeyPress } from '../../../src/surfaces/keyboard/keyPress.ts'
import { manualClock } from '../../../src/time/manualClock.ts'
import { systemClock } from '../../../src/time/systemClock.ts'

const canPress = process.platform === 'linux' && has('Xvfb') && has('xdotool')

describe.skipIf(!canPress)('a key pressed on an X11 display (needs Xvfb and xdotool)', () => {
  let display: Awaited<ReturnType<typeof startDisplay>>
  const presses: KeyPress[] = []
  const closing = new AbortController()

  beforeAll(async () => {
    display = await startDisplay()
    expect(await listen(display.name, presses, closing.signal)).toBeNull()
  })
  afterAll(() => {
    closing.abort()
    display.stop()
  })

  it('arrives with its code and the modifiers held', async () => {
    const press = (key: string) => pressed(presses, () => xdotool(display.name, 'key', key))
    expect(await press('ctrl+alt+b')).toEqual(chord('KeyB', { ctrl: true, alt: true }))
    expect(await press('shift+F8')).toEqual(chord('F8', { shift: true }))
    expect(await press('super+Up')).toEqual(chord('ArrowUp', { meta: true }))
    expect(await press('7')).toEqual(chord('Digit7'))
    expect(await press('KP_Add')).toEqual(chord('NumpadAdd'))
  })

  it('fires once, however long it is held', async () => {
    presses.length = 0
    xdotool(display.name, 'keydown', 'n', 'sleep', '1', 'keyup', 'n', 'key', 'm')
    await until(() => presses.some(({ code }) => code === 'KeyM'))
    expect(presses.map(({ code }) => code)).toEqual(['KeyN', 'KeyM'])
  })

  it('is named by its place on the keyboard, whatever letter is there', async () => {
    // Keycodes of X: the key right of Tab, F13, the Enter of the number pad.
    for (const [keycode, code] of [
      ['24', 'KeyQ'],
      ['191', 'F13'],
      ['104', 'NumpadEnter'],
    ] as const) {
      expect(await pressed(presses, () => xdotool(display.name, 'key', keycode))).toEqual(chord(code))
    }
  })
})

describe.skipIf(!canPress)('a display that goes away (needs Xvfb)', () => {
  it('ends the hotkeys and nothing else', async () => {
    const display = await startDisplay()
    const lines: string[] = []
    const unavailable = await startGlobalKeys({
      onPress: () => {},
      log: (line) => lines.push(line),
      clock: systemClock(),
      signal: new AbortController().signal,
      env: on(display.name),
    })
    expect(unavailable).toBeNull()
    display.stop()
    await until(() => lines.length > 0)
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

function has(program: string): boolean {
  try {
    execFileSync('which', [program])
    return true
  } catch {
    return false
  }
}

/** A display on a number that the server picks. */
async function startDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '320x240x8', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const pipe = server.stdio[3]
  if (!pipe) throw new Error('Xvfb has no pipe to say its display on')
  const [number] = await once(pipe, 'data')
  return { name: `:${String(number).trim()}`, stop: () => server.kill() }
}

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
  await until(() => presses.length > 0)
  return presses[0]
}

function xdotool(display: string, ...args: string[]): void {
  execFileSync('xdotool', args, { env: on(display) })
}

const on = (display: string): NodeJS.ProcessEnv => ({ ...process.env, DISPLAY: display })

function chord(code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { code, ctrl: false, alt: false, shift: false, meta: false, ...held }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('nothing came within 10 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
