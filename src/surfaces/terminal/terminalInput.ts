import { codeOfKey } from '../../values/keys.ts'
import type { KeyPress } from '../keyboard/keyPress.ts'

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
export function parseKeys(input: string): readonly TerminalKey[] {
  const keys = [...input.matchAll(tokens)].flatMap(({ groups = {} }) => keyOf(groups) ?? [])
  const [first] = keys
  if (first !== undefined && keys.every((key) => isSameKey(key, first))) return [first]
  return keys.every(({ key, ctrl, alt }) => ctrl || alt || key.length > 1) ? keys : []
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

/** CSI parameters final; SS3 final; any other character, after ESC if Alt is held. */
const tokens = new RegExp(
  `${esc}\\[(?<parameters>[0-?]*)[ -/]*(?<final>[@-~])|${esc}O(?<ss3>[A-Za-z])|(?<alt>${esc}(?=[^${esc}]))?(?<character>.)`,
  'gsu',
)

type Token = Readonly<Record<string, string | undefined>>

/** `CSI number ; modifiers ~` or `CSI 1 ; modifiers letter`. Modifiers are 1 plus a bit each for Shift, Alt and Ctrl. */
function keyOf({ parameters = '', final, ss3, alt, character }: Token): TerminalKey | null {
  if (character !== undefined) return characterKey(character, alt !== undefined)
  const [number = '', modifiers] = parameters.split(';')
  const letter = final ?? ss3 ?? ''
  const key = letter === '~' ? numberedKeys[number] : letteredKeys[letter]
  if (key === undefined) return null
  const bits = Number(modifiers || 1) - 1
  return { key, shift: letter === 'Z' || (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0 }
}

function characterKey(character: string, alt: boolean): TerminalKey | null {
  const key = namedCharacters[character] ?? character
  const point = key.codePointAt(0) ?? 0
  if (point >= 32) return { key, ctrl: false, alt, shift: false }
  if (point > 26) return null
  return { key: point === 0 ? 'space' : String.fromCharCode(point + 96), ctrl: true, alt, shift: false }
}

const namedCharacters: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  [esc]: 'escape',
  '\x7f': 'backspace',
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

export const isSameKey = (one: TerminalKey, other: TerminalKey): boolean =>
  one.key === other.key && one.ctrl === other.ctrl && one.alt === other.alt && one.shift === other.shift
