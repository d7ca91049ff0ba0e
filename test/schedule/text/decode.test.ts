import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../src/schedule/text/decode.ts'

const text = 'version: 1\ntitle: Grüße 🎬\ncues: [{ scene: Café, duration: 5m }]\n'
const plain = 'version: 1\ntitle: Show\ncues: [{ scene: A, duration: 5m }]\n'
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()

const problem = (...bytes: (Uint8Array | string)[]) => {
  const decoded = decodeText(Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))))
  if ('text' in decoded) return null
  const { severity, code, line, col, message } = decoded.problem
  expect([severity, code]).toEqual(['error', 'notUtf8'])
  return `${line}:${col} ${message}`
}

describe('the bytes of a file', () => {
  it('may be UTF-8, with or without a byte order mark, with the line ends of any system', () => {
    for (const sound of [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n'), '', 'a'])
      expect(decodeText(Buffer.from(sound))).toEqual({ text: sound })
  })

  it.each([
    ['UTF-16 with a mark', '\uFEFF', '1:1', '0xFF', '0xFE'],
    ['UTF-16 without a mark', '', '1:2', '0x00', '0x00'],
  ])('are refused if they are %s, in either byte order', (_, mark, place, little, big) => {
    for (const written of [text, plain, plain.slice(0, 11)]) {
      const bytes = Buffer.from(mark + written, 'utf16le')
      expect(problem(bytes)).toBe(
        `${place} this file isn't UTF-8 text, because of the byte ${little} here; it is UTF-16 (little-endian): save the file as UTF-8`,
      )
      const first = mark === '' ? '1:1' : place
      expect(problem(swapped(bytes))).toBe(
        `${first} this file isn't UTF-8 text, because of the byte ${big} here; it is UTF-16 (big-endian): save the file as UTF-8`,
      )
    }
  })

  it('are refused if they are UTF-32', () => {
    expect(problem(Uint8Array.of(0xff, 0xfe, 0, 0, 0x76, 0, 0, 0))).toContain('it is UTF-32 (little-endian)')
  })

  it('are refused at the first letter of Latin-1 or Windows-1252 that isn’t ASCII', () => {
    const latin = Buffer.from('version: 1\r\ntitle: Grüße\r\ncues: [{ scene: Café }]\r\n', 'latin1')
    expect(problem(latin)).toBe(
      "2:10 this file isn't UTF-8 text, because of the byte 0xFC here; it is probably Windows-1252 or Latin-1, where that is `ü`: save the file as UTF-8",
    )
    const euro = [plain, '# ', Uint8Array.of(0x80), ' 5\n']
    expect(problem(...euro)).toContain("4:3 this file isn't UTF-8 text, because of the byte 0x80 here; it is probably")
    expect(problem(plain, '# caf', Uint8Array.of(0xe9))).toContain('4:6 ')
    expect(problem(plain, '# caf', Uint8Array.of(0xe9), ' x\n')).toContain('where that is `é`')
  })

  it('are refused at a character of UTF-8 that is cut off or impossible', () => {
    expect(problem('\uFEFFtitle: 🎬é ', Uint8Array.of(0xf0, 0x9f, 0x8e))).toBe(
      "1:12 this file isn't UTF-8 text, because of the byte 0xF0 here; its encoding is unknown: save the file as UTF-8",
    )
    expect(problem('é\né ', Uint8Array.of(0xed, 0xa0, 0x80), ' x')).toContain('2:3 ')
    expect(problem('é\n', Uint8Array.of(0xc0, 0x80))).toContain('2:1 ')
  })
})
