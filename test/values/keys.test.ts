import { describe, expect, it } from 'vitest'
import { KEY_CODES, parseKeys, readKeys } from '../../src/values/keys.ts'

describe('keys', () => {
  it('are modifiers and one key', () => {
    expect(parseKeys('Ctrl+Alt+B')).toEqual({
      ctrl: true,
      alt: true,
      shift: false,
      meta: false,
      code: 'KeyB',
      label: 'Ctrl+Alt+B',
    })
  })

  it.each([
    ['F24', 'F24', 'F24'],
    ['meta+5', 'Digit5', 'Meta+5'],
    ['Shift + ArrowUp', 'ArrowUp', 'Shift+ArrowUp'],
    ['Ctrl+Digit1', 'Digit1', 'Ctrl+1'],
    ['Alt+KeyQ', 'KeyQ', 'Alt+Q'],
    ['numpad7', 'Numpad7', 'Numpad7'],
  ])('%s means the code %s', (text, code, label) => {
    expect(parseKeys(text)).toMatchObject({ code, label })
  })

  it('are the same in any order', () => {
    expect(parseKeys('Alt+Ctrl+b')).toEqual(parseKeys('Ctrl+Alt+KeyB'))
  })

  it('may be any code and read back from their label', () => {
    for (const code of KEY_CODES) expect(parseKeys(parseKeys(`Ctrl+${code}`)?.label ?? '')?.code, code).toBe(code)
  })

  it.each([
    ['Ctl+B', 'unknown key `Ctl`; did you mean `Ctrl`?'],
    ['Control+B', 'unknown key `Control`; did you mean `Ctrl`?'],
    ['Cmd+B', 'unknown key `Cmd`; did you mean `Meta`?'],
    ['Ctrl+Spcae', 'unknown key `Spcae`; did you mean `Space`?'],
    ['F25', 'unknown key `F25`; write a letter, a digit, F1 to F24 or a code such as ArrowUp'],
    ['Ctrl+Frobnicate', 'unknown key `Frobnicate`; write a letter, a digit, F1 to F24 or a code such as ArrowUp'],
    ['Ctrl+Alt', '`Ctrl+Alt` has no key besides modifiers: add one, such as Ctrl+Alt+B'],
    ['A+B', '`A+B` has more than one key besides modifiers: write one'],
    ['Ctrl+Ctrl+B', 'Ctrl is in `Ctrl+Ctrl+B` twice: write it once'],
    ['Ctrl+', "`Ctrl+` isn't a key: write modifiers and one key, such as Ctrl+Alt+B"],
    ['', "`` isn't a key: write modifiers and one key, such as Ctrl+Alt+B"],
  ])('%s is refused, and the message says why', (text, message) => {
    expect(parseKeys(text)).toBeNull()
    expect(readKeys(text)).toMatchObject({ message })
  })
})
