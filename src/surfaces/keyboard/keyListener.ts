import type { Millis } from '../../time/clock.ts'
import type { KeyPress } from './keys.ts'

/**
 * The program of the process that listens to the keys of the desktop, run by `node -e` with the path of uiohook-napi. It is a separate
 * process because Xlib ends its process when the display goes away, and libuiohook aborts it when the display can't be opened.
 * Neither may end a show. It also sees every movement of the mouse, and passes on only keys.
 */
export const keyListener = `
const { uIOhook } = require(process.argv[1])
const tell = (down) => (e) => process.send({ down, keycode: e.keycode, time: e.time, ctrl: e.ctrlKey, alt: e.altKey, shift: e.shiftKey, meta: e.metaKey })
uIOhook.on('keydown', tell(true))
uIOhook.on('keyup', tell(false))
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => {})
uIOhook.start()
process.send('listening')
`

/** What the listener sends about a key. `time` is in milliseconds of any clock. */
type KeyEvent = { readonly down: boolean; readonly keycode: number; readonly time: Millis } & Omit<KeyPress, 'code'>

/** Makes presses of what the listener sends: one per key, without the auto-repeat of a held key. */
export function pressesOf(onPress: (press: KeyPress) => void): (message: unknown) => void {
  const repeats = autoRepeatFilter()
  return (message) => {
    if (!isKeyEvent(message)) return
    const { down, keycode, time, ctrl, alt, shift, meta } = message
    const code = codeOf(keycode)
    if (code === null) return
    if (!down) repeats.up(code)
    else if (repeats.down(code, time)) onPress({ code, ctrl, alt, shift, meta })
  }
}

const isKeyEvent = (message: unknown): message is KeyEvent =>
  typeof message === 'object' && message !== null && 'keycode' in message && 'down' in message

/** No keyboard waits longer before it repeats. A key held longer than this has lost its release, for example to a locked screen. */
const longestRepeat: Millis = 1500

/** Tells first presses from the auto-repeat of a held key. */
export function autoRepeatFilter() {
  const heldSince = new Map<string, Millis>()
  return {
    /** Whether this is a new press. */
    down(code: string, time: Millis): boolean {
      const last = heldSince.get(code)
      heldSince.set(code, time)
      return last === undefined || Math.abs(time - last) > longestRepeat
    },
    up(code: string): void {
      heldSince.delete(code)
    },
  }
}

/** The UI Events code of a keycode of libuiohook; null for a key without one. */
function codeOf(keycode: number): string | null {
  const place = (keycode & 0xff00) === numLockOff ? keycode & 0xff : keycode
  return codes.get(place) ?? null
}

/** With Num Lock off, the keys of the number pad report other keycodes. */
const numLockOff = 0xee00

const inARow = (first: number, names: string): (readonly [number, string])[] =>
  names.split(' ').map((code, index) => [first + index, code] as const)

/** The keycodes of libuiohook (uiohook.h, PC scancodes), with the UI Events codes for the same places on the keyboard. */
const codes: ReadonlyMap<number, string> = new Map([
  [0x01, 'Escape'],
  ...inARow(0x02, 'Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace Tab'),
  ...inARow(0x10, 'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Enter ControlLeft'),
  ...inARow(0x1e, 'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote ShiftLeft Backslash'),
  ...inARow(0x2c, 'KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight NumpadMultiply AltLeft Space'),
  ...inARow(0x3a, 'CapsLock F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NumLock ScrollLock'),
  ...inARow(0x47, 'Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd'),
  ...inARow(0x4f, 'Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal'),
  ...inARow(0x57, 'F11 F12'),
  ...inARow(0x5b, 'F13 F14 F15'),
  ...inARow(0x63, 'F16 F17 F18 F19 F20 F21 F22 F23 F24'),
  [0x73, 'IntlRo'],
  [0x79, 'Convert'],
  [0x7d, 'IntlYen'],
  [0x7e, 'NumpadComma'],
  [0x0e0d, 'NumpadEqual'],
  [0x0e1c, 'NumpadEnter'],
  [0x0e1d, 'ControlRight'],
  [0x0e35, 'NumpadDivide'],
  [0x0e37, 'PrintScreen'],
  [0x0e38, 'AltRight'],
  [0x0e45, 'Pause'],
  [0x0e46, 'IntlBackslash'],
  [0x0e47, 'Home'],
  [0x0e49, 'PageUp'],
  [0x0e4f, 'End'],
  [0x0e51, 'PageDown'],
  [0x0e52, 'Insert'],
  [0x0e53, 'Delete'],
  [0x0e5b, 'MetaLeft'],
  [0x0e5c, 'MetaRight'],
  [0x0e5d, 'ContextMenu'],
  [0xe010, 'MediaTrackPrevious'],
  [0xe019, 'MediaTrackNext'],
  [0xe020, 'AudioVolumeMute'],
  [0xe021, 'LaunchApp2'],
  [0xe022, 'MediaPlayPause'],
  [0xe024, 'MediaStop'],
  [0xe02c, 'Eject'],
  [0xe02e, 'AudioVolumeDown'],
  [0xe030, 'AudioVolumeUp'],
  [0xe032, 'BrowserHome'],
  [0xe048, 'ArrowUp'],
  [0xe04b, 'ArrowLeft'],
  [0xe04d, 'ArrowRight'],
  [0xe050, 'ArrowDown'],
  [0xe05e, 'Power'],
  [0xe05f, 'Sleep'],
  [0xe063, 'WakeUp'],
  [0xe065, 'BrowserSearch'],
  [0xe066, 'BrowserFavorites'],
  [0xe067, 'BrowserRefresh'],
  [0xe068, 'BrowserStop'],
  [0xe069, 'BrowserForward'],
  [0xe06a, 'BrowserBack'],
  [0xe06c, 'LaunchMail'],
  [0xe06d, 'MediaSelect'],
])
