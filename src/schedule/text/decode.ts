import type { Problem } from '../model/schedule.ts'

/**
 * The text of a file's bytes, or the problem that it isn't UTF-8, at the first bad byte. A byte order mark and the line
 * ends of Windows are fine.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: Problem } {
  const wide = wideEncoding(bytes)
  if (wide !== null) return notUtf8(bytes, wide.offset, `it is ${wide.name}`)
  try {
    return { text: decoder().decode(bytes) }
  } catch {
    const offset = firstBadByte(bytes)
    return notUtf8(bytes, offset, isWindows(bytes) ? inWindows(bytes[offset] ?? 0) : 'its encoding is unknown')
  }
}

const decoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function notUtf8(bytes: Uint8Array, offset: number, found: string): { readonly problem: Problem } {
  const before = decoder()
    .decode(bytes.subarray(0, offset))
    .replace(/^\uFEFF/, '')
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  const message = `this file isn't UTF-8 text, because of the byte 0x${byte} here; ${found}: save the file as UTF-8`
  const position = { line: before.split('\n').length, col: before.length - before.lastIndexOf('\n') }
  return { problem: { severity: 'error', code: 'notUtf8', message, ...position } }
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

/** The longest beginning that can be decoded is found by bisection; the character after it is broken. */
function firstBadByte(bytes: Uint8Array): number {
  const readable = (length: number): string | null => {
    try {
      return decoder().decode(bytes.subarray(0, length), { stream: true })
    } catch {
      return null
    }
  }
  let sound = 0
  let broken = bytes.length + 1
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1
    if (readable(middle) === null) broken = middle
    else sound = middle
  }
  return Buffer.byteLength(readable(sound) ?? '')
}

/** Whether it is mostly plain Latin text, with a byte above 0x7F here and there, each on its own. */
function isWindows(bytes: Uint8Array): boolean {
  const high = bytes.reduce((sum, byte) => sum + +(byte > 0x7f), 0)
  const isUnused = (byte: number) => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)
  return high < bytes.length * 0.2 && !bytes.some(isUnused) && !/[^\uFFFD\0-\x7f]/.test(new TextDecoder().decode(bytes))
}

function inWindows(byte: number): string {
  const letter = new TextDecoder('windows-1252').decode(Uint8Array.of(byte))
  return `it is probably Windows-1252 or Latin-1, where that is \`${letter}\``
}
