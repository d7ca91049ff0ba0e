import { nearest } from './nearest.ts'

/** Modifiers and one key, by its UI Events `code` (`KeyB`, `Digit1`, `F5`, `ArrowUp`). */
export type KeyChord = {
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly meta: boolean
  readonly code: string
  /** As an operator reads it: `Ctrl+Alt+B`. */
  readonly label: string
}

const MODIFIERS = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const

/** What other programs call our modifiers. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  control: 'Ctrl',
  strg: 'Ctrl',
  option: 'Alt',
  altgr: 'Alt',
  cmd: 'Meta',
  command: 'Meta',
  win: 'Meta',
  windows: 'Meta',
  super: 'Meta',
  esc: 'Escape',
  return: 'Enter',
  del: 'Delete',
  ins: 'Insert',
  pgup: 'PageUp',
  pgdn: 'PageDown',
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  '-': 'Minus',
  '=': 'Equal',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ';': 'Semicolon',
  "'": 'Quote',
  '`': 'Backquote',
  '\\': 'Backslash',
  '[': 'BracketLeft',
  ']': 'BracketRight',
}

const DIGITS = [...'0123456789']

/** The keys, by their `code` in the UI Events specification, without modifiers. */
export const KEY_CODES: readonly string[] = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`),
  ...DIGITS.map((digit) => `Digit${digit}`),
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  ...DIGITS.map((digit) => `Numpad${digit}`),
  ...`Backquote Backslash BracketLeft BracketRight Comma Equal IntlBackslash IntlRo IntlYen Minus Period Quote Semicolon Slash
      Backspace CapsLock ContextMenu Enter Space Tab Delete End Help Home Insert PageDown PageUp
      ArrowDown ArrowLeft ArrowRight ArrowUp Escape PrintScreen ScrollLock Pause NumLock
      NumpadAdd NumpadComma NumpadDecimal NumpadDivide NumpadEnter NumpadEqual NumpadMultiply NumpadSubtract
      Convert NonConvert KanaMode Lang1 Lang2 MediaPlayPause MediaSelect MediaStop MediaTrackNext MediaTrackPrevious
      AudioVolumeDown AudioVolumeMute AudioVolumeUp`.split(/\s+/),
]

/** Every name that a key may have in a file, in any case: `b`, `5`, `F1`, `ArrowUp`. */
const CODE_BY_NAME = new Map(
  KEY_CODES.flatMap((code) => [code, nameOf(code)].map((name) => [name.toLowerCase(), code] as const)),
)

/** Reads `Ctrl+Alt+B`. Two spellings of the same keys give chords with the same `label`. */
export function readKeys(text: string): { readonly chord: KeyChord } | { readonly message: string } {
  const names = text.split('+').map((name) => name.trim())
  if (names.includes('')) return { message: `\`${text}\` isn't a key: write modifiers and one key, such as Ctrl+Alt+B` }
  const held: string[] = []
  const codes: string[] = []
  for (const name of names) {
    const modifier = MODIFIERS.find((known) => known.toLowerCase() === name.toLowerCase())
    const code = CODE_BY_NAME.get(name.toLowerCase())
    if (modifier === undefined && code === undefined) return { message: unknownName(name) }
    if (modifier !== undefined && held.includes(modifier)) {
      return { message: `${modifier} is in \`${text}\` twice: write it once` }
    }
    if (modifier !== undefined) held.push(modifier)
    if (code !== undefined) codes.push(code)
  }
  const [code, second] = codes
  if (code === undefined) return { message: `\`${text}\` has no key besides modifiers: add one, such as ${text}+B` }
  if (second !== undefined) return { message: `\`${text}\` has more than one key besides modifiers: write one` }
  return { chord: chordOf(held, code) }
}

/** The code of a key by its name in a file or in other programs: `b`, `f5`, `up`, `-`; null for anything else. */
export const codeOfKey = (name: string): string | null => {
  const key = name.toLowerCase()
  return CODE_BY_NAME.get((OTHER_NAMES[key] ?? key).toLowerCase()) ?? null
}

/** The chord that the text names; null if it names none. */
export function parseKeys(text: string): KeyChord | null {
  const read = readKeys(text)
  return 'chord' in read ? read.chord : null
}

/** `B` for `KeyB`, `5` for `Digit5`. */
function nameOf(code: string): string {
  return code.replace(/^(Key|Digit)(?=.$)/, '')
}

function chordOf(held: readonly string[], code: string): KeyChord {
  return {
    ctrl: held.includes('Ctrl'),
    alt: held.includes('Alt'),
    shift: held.includes('Shift'),
    meta: held.includes('Meta'),
    code,
    label: [...MODIFIERS.filter((modifier) => held.includes(modifier)), nameOf(code)].join('+'),
  }
}

function unknownName(name: string): string {
  const joined = name.replace(/[\s_-]+/g, '+')
  if (joined !== name && parseKeys(joined) !== null) return `keys are joined by +; did you mean \`${joined}\`?`
  const near = /^F\d+$/i.test(name) ? null : nearest(name, [...MODIFIERS, ...KEY_CODES])
  const meant = OTHER_NAMES[name.toLowerCase()] ?? near
  const hint =
    meant === null ? 'write a letter, a digit, F1 to F24 or a code such as ArrowUp' : `did you mean \`${meant}\`?`
  return `unknown key \`${name}\`; ${hint}`
}
