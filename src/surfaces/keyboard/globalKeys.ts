import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Clock, Millis } from '../../time/clock.ts'
import { autoRepeatFilter } from './autoRepeat.ts'
import { codeOf } from './keyCodes.ts'
import { isKeyEvent, type KeyEvent, keyListener } from './keyListener.ts'
import type { KeyPress } from './keymap.ts'

export type GlobalKeys = { close(): void } | { readonly unavailable: string }

export type GlobalKeysOptions = {
  /** Once a press, whichever window has the focus; the auto-repeat of a held key is left out. */
  readonly onPress: (press: KeyPress) => void
  /** One line about keys that can be seen only in part, or no longer. */
  readonly log: (line: string) => void
  readonly clock: Clock
  /** Aborted, it is over with the start at once. */
  readonly signal?: AbortSignal
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
}

/**
 * Listens to the keys of the whole desktop. Keys are only read, never kept from the window that has the focus.
 * `unavailable` is one line that says what is missing and what to do about it. Keeps no process alive.
 */
export async function startGlobalKeys({
  onPress,
  log,
  clock,
  signal,
  env = process.env,
  platform = process.platform,
}: GlobalKeysOptions): Promise<GlobalKeys> {
  const noDisplay = missingDisplay(env, platform)
  if (noDisplay) return { unavailable: noDisplay }
  const library = findLibrary()
  if (library === null) {
    return { unavailable: 'the optional package uiohook-napi is not installed; npm install uiohook-napi' }
  }

  const listener = spawn(process.execPath, ['-e', keyListener, library], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  })
  const failure = await untilListening(listener, clock)
  if (failure !== null) {
    listener.kill('SIGKILL')
    return { unavailable: whyNot(failure, env) }
  }
  if (isWayland(env, platform)) log('global hotkeys: under Wayland only keys typed into X11 windows can be seen')

  const onKey = keyHandler(onPress)
  const onMessage = (message: unknown) => {
    if (isKeyEvent(message)) onKey(message)
  }
  const onExit = () =>
    log('global hotkeys are gone: the display was closed, or the process that listens to it has ended')
  listener.on('message', onMessage)
  listener.on('exit', onExit)
  listener.unref()
  listener.channel?.unref()
  return {
    close() {
      listener.off('message', onMessage)
      listener.off('exit', onExit)
      if (listener.connected) listener.disconnect()
    },
  }
}

function keyHandler(onPress: (press: KeyPress) => void) {
  const repeats = autoRepeatFilter()
  return ({ down, keycode, time, ctrl, alt, shift, meta }: KeyEvent) => {
    const code = codeOf(keycode)
    if (code === null) return
    if (!down) repeats.up(code)
    else if (repeats.down(code, time)) onPress({ code, ctrl, alt, shift, meta })
  }
}

/** So long may a busy machine take to start the listener. */
const longestStart: Millis = 15_000

/**
 * Null once it listens; else what it said. libuiohook doesn't always end when it can't open the display: its threads may wait for
 * each other for ever. So what it says of its failure is enough.
 */
function untilListening(listener: ChildProcess, clock: Clock): Promise<string | null> {
  return new Promise((resolve) => {
    let said = ''
    const cancel = clock.setTimer(clock.now() + longestStart, () => decide(said || 'it does not begin to listen'))
    const decide = (failure: string | null) => {
      cancel()
      resolve(failure)
    }
    listener.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 10_000) said += text
      if (/UIOHOOK_ERROR|XOpenDisplay failure/.test(said)) decide(said)
    })
    listener.once('message', () => decide(null))
    listener.once('error', (error) => decide(error.message))
    listener.once('close', () => decide(said))
  })
}

function findLibrary(): string | null {
  try {
    return createRequire(import.meta.url).resolve('uiohook-napi')
  } catch {
    return null
  }
}

function missingDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  if (platform === 'win32' || platform === 'darwin' || env['DISPLAY']) return null
  return isWayland(env, platform)
    ? 'Wayland shows programs no keys but their own; use an X11 session, the terminal or OBS hotkeys'
    : 'there is no display (DISPLAY is not set); use the terminal or OBS hotkeys'
}

function isWayland(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && (Boolean(env['WAYLAND_DISPLAY']) || env['XDG_SESSION_TYPE'] === 'wayland')
}

/** In the words of an operator. Errors are named as libuiohook names them. */
export function whyNot(said: string, env: NodeJS.ProcessEnv): string {
  if (/UIOHOOK_ERROR_AXAPI_DISABLED|assistive devices/i.test(said)) {
    return 'macOS does not let this program see keys; allow your terminal in System Settings, Privacy & Security, Accessibility'
  }
  if (/UIOHOOK_ERROR_X_OPEN_DISPLAY|XOpenDisplay failure/.test(said)) {
    return `the display ${env['DISPLAY']} cannot be opened; is DISPLAY right, and are we allowed in (xhost, XAUTHORITY)?`
  }
  if (/UIOHOOK_ERROR_X_RECORD/.test(said)) {
    return `the display ${env['DISPLAY']} does not let us see keys: its RECORD extension is missing or refused`
  }
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object/.exec(said)?.[1]
  if (library) return `the system library ${library} is missing, which uiohook-napi needs`
  const reason = /^\w*Error: (.*)$/m.exec(said)?.[1] ?? said.trim().split('\n').at(-1)
  return `uiohook-napi cannot listen to keys${reason ? `: ${reason}` : ''}`
}
