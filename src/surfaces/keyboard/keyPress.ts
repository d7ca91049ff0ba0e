import type { Hotkey, KeyChord } from '../../schedule/model/schedule.ts'
import type { Millis } from '../../time/clock.ts'

/** A key that went down, with the modifiers held at that moment. `code` is the UI Events code: the place on the keyboard. */
export type KeyPress = Omit<KeyChord, 'label'>

const parts = ['code', 'ctrl', 'alt', 'shift', 'meta'] as const

/** The hotkey that a press means; null for none. Modifiers must match exactly. */
export const hotkeyOf = (hotkeys: readonly Hotkey[], press: KeyPress): Hotkey | null =>
  hotkeys.find(({ keys }) => parts.every((part) => keys[part] === press[part])) ?? null

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

const isKeyEvent = (message: unknown): message is KeyEvent =>
  typeof message === 'object' && message !== null && 'keycode' in message && 'down' in message

/** No keyboard waits longer before it repeats. A key held longer than this has lost its release, for example to a locked screen. */
const longestRepeat: Millis = 1500

/** Makes presses of what the listener sends: one per key, without the auto-repeat of a held key. */
export function pressReader(onPress: (press: KeyPress) => void): (message: unknown) => void {
  const heldSince = new Map<string, Millis>()
  return (message) => {
    if (!isKeyEvent(message)) return
    const { down, keycode, time, ctrl, alt, shift, meta } = message
    const code = codeOf(keycode)
    if (code === null) return
    const before = heldSince.get(code)
    if (!down) return void heldSince.delete(code)
    heldSince.set(code, time)
    if (before === undefined || Math.abs(time - before) > longestRepeat) onPress({ code, ctrl, alt, shift, meta })
  }
}

/** The UI Events code of a keycode of libuiohook; null for a key without one. */
function codeOf(keycode: number): string | null {
  const place = (keycode & 0xff00) === numLockOff ? keycode & 0xff : keycode
  return codes.get(place) ?? null
}

/** With Num Lock off, the keys of the number pad report other keycodes. */
const numLockOff = 0xee00

/**
 * The keycodes of libuiohook (uiohook.h, PC scancodes) and the UI Events codes for the same places on the keyboard: each row has the
 * first keycode and the codes from there on. `-` stands for a keycode without one.
 */
const rows = [
  '01 Escape Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace Tab',
  '10 KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Enter ControlLeft',
  '1e KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote ShiftLeft Backslash',
  '2c KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight NumpadMultiply AltLeft Space',
  '3a CapsLock F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NumLock ScrollLock',
  '47 Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd',
  '4f Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal - - - F11 F12 - - F13 F14 F15',
  '63 F16 F17 F18 F19 F20 F21 F22 F23 F24',
  '73 IntlRo - - - - - Convert - - - IntlYen NumpadComma',
  '0e0d NumpadEqual',
  '0e1c NumpadEnter ControlRight',
  '0e35 NumpadDivide - PrintScreen AltRight',
  '0e45 Pause IntlBackslash Home - PageUp',
  '0e4f End - PageDown Insert Delete',
  '0e5b MetaLeft MetaRight ContextMenu',
  'e010 MediaTrackPrevious',
  'e019 MediaTrackNext',
  'e020 AudioVolumeMute LaunchApp2 MediaPlayPause - MediaStop',
  'e02c Eject - AudioVolumeDown - AudioVolumeUp - BrowserHome',
  'e048 ArrowUp - - ArrowLeft - ArrowRight - - ArrowDown',
  'e05e Power Sleep - - - WakeUp - BrowserSearch BrowserFavorites BrowserRefresh BrowserStop BrowserForward',
  'e06a BrowserBack - LaunchMail MediaSelect',
]

const codes: ReadonlyMap<number, string> = new Map(
  rows.flatMap((row) => {
    const [first = '', ...names] = row.split(' ')
    return names.flatMap((code, place) => (code === '-' ? [] : [[Number.parseInt(first, 16) + place, code] as const]))
  }),
)
