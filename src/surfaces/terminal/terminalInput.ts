import { codeOfKey } from '../../values/keys.ts'
import type { KeyPress } from '../keyboard/keys.ts'

/** A key as a terminal reports it: the character typed, or the name of a key without one. */
export type TerminalKey = {
  /** `n`, `+`, `space`, `escape`, `enter`, `up`, `f5` …; letters as typed, so that Shift shows in them. */
  readonly key: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/**
 * Reads the keys in a piece of terminal input, as xterm and its like encode them (ECMA-48 control sequences). Leaves out what isn't a
 * key, such as a mouse report or an answer of the terminal. One key many times is one press. Several different characters at once are
 * no keys at all, because they are text pasted by mistake.
 */
export function parseKeys(input: string): TerminalKey[] {
  const keys: TerminalKey[] = []
  for (const [token] of input.matchAll(tokens)) {
    const key = keyOf(token)
    if (key) keys.push(key)
  }
  const first = keys[0]
  if (first === undefined) return []
  return keys.every((key) => isSameKey(key, first)) ? [first] : keys.every(isControl) ? keys : []
}

/**
 * The presses that this key may mean, as a hotkey of the schedule names them, on a keyboard labelled as in the US. A terminal sends
 * the same for Ctrl+Alt+M and Alt+Enter, and for Ctrl+Alt+I and Alt+Tab. (It does for Ctrl+M and Enter too, but an Enter pressed in
 * passing must not force a scene.)
 */
export function pressesOf({ key, ctrl, alt, shift }: TerminalKey): readonly KeyPress[] {
  const upper = key.length === 1 && key !== key.toLowerCase()
  const code = codeOfKey(key)
  if (code === null) return []
  const press = { code, ctrl, alt, shift: shift || upper, meta: false }
  const letter = alt && !ctrl && !shift ? letterOfControl[key] : undefined
  return letter === undefined ? [press] : [press, { ...press, code: letter, ctrl: true }]
}

const letterOfControl: Readonly<Record<string, string>> = { enter: 'KeyM', tab: 'KeyI' }

const esc = '\u001b'
const csi = `${esc}\\[`

/** CSI … final; SS3 final; ESC with a character or a control character (Alt); any single character. */
const tokens = new RegExp(`${csi}[0-?]*[ -/]*[@-~]|${esc}O[A-Za-z]|${esc}[^${esc}]|.`, 'gsu')
const keySequence = new RegExp(`^${csi}([0-9;]*)([A-Za-z~])$`)

function keyOf(token: string): TerminalKey | null {
  const sequence = keySequence.exec(token)
  if (sequence) return controlKey(sequence[1] ?? '', sequence[2] ?? '')
  if (token.startsWith(`${esc}[`)) return null
  if (token.startsWith(`${esc}O`) && token.length === 3) return controlKey('', token.slice(2))
  if (token.startsWith(esc) && token.length > 1) {
    const key = characterKey(token.slice(1))
    return key && { ...key, alt: true }
  }
  return characterKey(token)
}

function characterKey(character: string): TerminalKey | null {
  const plain = (key: string, ctrl = false): TerminalKey => ({ key, ctrl, alt: false, shift: false })
  const named = namedCharacters[character]
  if (named) return plain(named)
  const point = character.codePointAt(0) ?? 0
  if (point === 0) return plain('space', true)
  if (point <= 26) return plain(String.fromCharCode(point + 96), true)
  return point < 32 ? null : plain(character)
}

const namedCharacters: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  [esc]: 'escape',
  '\x7f': 'backspace',
}

/** `CSI number ; modifiers ~` or `CSI 1 ; modifiers letter`. Modifiers are 1 plus a bit each for Shift, Alt and Ctrl. */
function controlKey(parameters: string, final: string): TerminalKey | null {
  const [number, modifiers] = parameters.split(';')
  const key = final === '~' ? numberedKeys[number ?? ''] : letteredKeys[final]
  if (key === undefined) return null
  const bits = Number(modifiers || 1) - 1
  return { key, shift: final === 'Z' || (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0 }
}

const letteredKeys: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'tab',
}

const numberedKeys: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  ...Object.fromEntries(
    [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((number, index) => [number, `f${index + 1}`]),
  ),
}

export function isSameKey(one: TerminalKey, other: TerminalKey): boolean {
  return one.key === other.key && one.ctrl === other.ctrl && one.alt === other.alt && one.shift === other.shift
}

function isControl({ key, ctrl, alt }: TerminalKey): boolean {
  return ctrl || alt || key.length > 1
}
