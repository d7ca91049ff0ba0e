import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Clock, Millis } from '../../time/clock.ts'
import { type KeyPress, keyListener, pressReader } from './keyPress.ts'

export type GlobalKeysOptions = {
  /** Called once per press, whichever window has the focus. */
  readonly onPress: (press: KeyPress) => void
  /** Told in one line when keys can be seen only in part, or no longer. */
  readonly log: (line: string) => void
  readonly clock: Clock
  /** Ends the listening, or the start of it, when aborted. */
  readonly signal: AbortSignal
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
}

/**
 * Listens to the keys of the whole desktop. The window that has the focus still gets them. Resolves with null once it listens, or with
 * one line that says what is missing and what to do about it. Doesn't keep the process alive.
 */
export async function startGlobalKeys(options: GlobalKeysOptions): Promise<string | null> {
  const { onPress, log, clock, signal, env = process.env, platform = process.platform } = options
  const noDisplay = missingDisplay(env, platform)
  if (noDisplay !== null) return noDisplay
  const library = findLibrary()
  if (library === null) return 'the optional package uiohook-napi is not installed; npm install uiohook-napi'

  const listener = spawn(process.execPath, ['-e', keyListener, library], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    killSignal: 'SIGKILL',
    signal,
  })
  const failure = await untilListening(listener, clock)
  if (failure !== null) {
    listener.kill('SIGKILL')
    return whyNot(failure, env)
  }
  if (isWayland(env, platform)) log('global hotkeys: under Wayland, only keys typed into X11 windows can be seen')

  listener.on('message', pressReader(onPress))
  listener.on('exit', () => {
    if (signal.aborted) return
    log('global hotkeys are gone: the display was closed, or the process that listens to it has ended')
  })
  listener.unref()
  listener.channel?.unref()
  return null
}

/** How long a busy machine may take to start the listener. */
const longestStart: Millis = 15_000

/**
 * Resolves with null once the listener listens, or with what it said when it can't. When libuiohook can't open the display, it doesn't
 * always end, because its threads may wait for each other for ever. What it says about its failure is therefore enough.
 */
function untilListening(listener: ChildProcess, clock: Clock): Promise<string | null> {
  return new Promise((resolve) => {
    let said = ''
    const cancel = clock.setTimer(clock.now() + longestStart, () => decide(said || "it doesn't begin to listen"))
    const decide = (failure: string | null) => {
      cancel()
      resolve(failure)
    }
    listener.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 10_000) said += text
      if (/UIOHOOK_ERROR|XOpenDisplay failure/.test(said)) decide(said)
    })
    listener.once('message', () => decide(null))
    // It stays, because a listener that is aborted later reports that as an error, too.
    listener.on('error', (error) => decide(error.message))
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
    ? 'Wayland shows a program only its own keys; use an X11 session, the terminal or OBS hotkeys'
    : 'there is no display (DISPLAY is not set); use the terminal or OBS hotkeys'
}

function isWayland(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && (Boolean(env['WAYLAND_DISPLAY']) || env['XDG_SESSION_TYPE'] === 'wayland')
}

/** Says why the listener failed, in an operator's words. The patterns are libuiohook's names of its errors. */
export function whyNot(said: string, { DISPLAY: display }: NodeJS.ProcessEnv): string {
  if (/UIOHOOK_ERROR_AXAPI_DISABLED|assistive devices/i.test(said))
    return "macOS doesn't let this program see keys; allow your terminal in System Settings, Privacy & Security, Accessibility"
  if (/UIOHOOK_ERROR_X_OPEN_DISPLAY|XOpenDisplay failure/.test(said))
    return `the display ${display} can't be opened; is DISPLAY right, and are we allowed in (xhost, XAUTHORITY)?`
  if (/UIOHOOK_ERROR_X_RECORD/.test(said))
    return `the display ${display} doesn't let us see keys: its RECORD extension is missing or refused`
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object/.exec(said)?.[1]
  if (library) return `the system library ${library} is missing, which uiohook-napi needs`
  const reason = /^\w*Error: (.*)$/m.exec(said)?.[1] ?? said.trim().split('\n').at(-1)
  return `uiohook-napi can't listen to keys${reason ? `: ${reason}` : ''}`
}
