import type { Problem } from '../model/schedule.ts'

/**
 * The text of a file's bytes, or the problem that it isn't UTF-8, at the first bad byte. A byte order mark and the line
 * ends of Windows are fine.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: Problem } {
  const text = decoded(bytes)
  const wide = wideEncoding(bytes)
  const same = Buffer.from(text)
  if (wide === null && same.equals(bytes)) return { text }
  // What can't be decoded becomes other bytes. With `stream`, a character that is cut off is left out.
  const different = same.findIndex((byte, index) => byte !== bytes[index])
  const before = decoded(bytes.subarray(0, wide?.offset ?? different), true)
  const bad = wide?.offset ?? Buffer.byteLength(before)
  const byte = (bytes[bad] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  const found = wide === null ? guess(text, bytes, bad) : `it is ${wide.name}`
  const message = `this file isn't UTF-8 text, because of the byte 0x${byte} here; ${found}: save the file as UTF-8`
  const lines = before.replace(/^\uFEFF/, '').split('\n')
  const position = { line: lines.length, col: (lines.at(-1)?.length ?? 0) + 1 }
  return { problem: { severity: 'error', code: 'notUtf8', message, ...position } }
}

function decoded(bytes: Uint8Array, stream = false): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream })
}

const MARKS = [
  { mark: [0xff, 0xfe, 0, 0], name: 'UTF-32 (little-endian)' },
  { mark: [0, 0, 0xfe, 0xff], name: 'UTF-32 (big-endian)' },
  { mark: [0xff, 0xfe], name: 'UTF-16 (little-endian)' },
  { mark: [0xfe, 0xff], name: 'UTF-16 (big-endian)' },
] as const

/** An encoding of two or four bytes a character: by its mark, or because every other byte at the beginning is 0. */
function wideEncoding(bytes: Uint8Array): { readonly name: string; readonly offset: number } | null {
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  if (marked !== undefined) return { name: marked.name, offset: 0 }
  const start = bytes.subarray(0, 1000)
  const pairs = start.length >> 1
  const zeros = (parity: number) => start.reduce((sum, byte, index) => sum + +(byte === 0 && index % 2 === parity), 0)
  const [first, second] = [zeros(0), zeros(1)]
  if (pairs === 0 || Math.max(first, second) < pairs * 0.7 || Math.min(first, second) > pairs * 0.1) return null
  return { name: `UTF-16 (${second > first ? 'little' : 'big'}-endian)`, offset: start.indexOf(0) }
}

/** Mostly plain Latin text, with a byte above 0x7F here and there, each on its own, is from an old Windows editor. */
function guess(text: string, bytes: Uint8Array, bad: number): string {
  const high = bytes.reduce((sum, byte) => sum + +(byte > 0x7f), 0)
  const isUnused = (byte: number) => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)
  if (high >= bytes.length * 0.2 || bytes.some(isUnused) || /[^\uFFFD\0-\x7f]/.test(text))
    return 'its encoding is unknown'
  const letter = new TextDecoder('windows-1252').decode(bytes.subarray(bad, bad + 1))
  return `it is probably Windows-1252 or Latin-1, where that is \`${letter}\``
}
