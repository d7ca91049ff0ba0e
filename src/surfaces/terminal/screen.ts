import { stripVTControlCharacters } from 'node:util'
import { widthOf } from './textWidth.ts'

/** What is used of `process.stderr` or `process.stdout`. */
export type Terminal = {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

export type Screen = ReturnType<typeof createScreen>

const esc = '\u001b['
const hideCursor = `${esc}?25l`
const showCursor = `${esc}?25h`
/** Without this, a line too long for a window that was just made narrower would take two rows. */
const noWrap = `${esc}?7l`
const wrap = `${esc}?7h`
/** Terminals that know it show everything in between at once (DEC private mode 2026). Others ignore it. */
const begin = `${esc}?2026h`
const end = `${esc}?2026l`
const restOfLine = `${esc}K`
const restOfScreen = `${esc}J`

/** A block of lines at the foot of what a terminal shows, redrawn in place. */
export function createScreen(terminal: Terminal) {
  let shown: readonly string[] = []
  let closed = false

  // A terminal that doesn't know its size says 0.
  const columns = () => terminal.columns || 80
  /** A window that was made narrower since then has wrapped the lines that are too long now. */
  const rowsOf = (line: string) => Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / columns()))
  const home = () => {
    const rows = shown.reduce((sum, line) => sum + rowsOf(line), 0)
    return rows === 0 ? '\r' : `\r${esc}${rows}A`
  }
  const put = (above: string) => {
    const block = shown.map((line) => `${line}${restOfLine}\n`).join('')
    return `${begin}${noWrap}${above}${block}${restOfScreen}${wrap}${end}`
  }

  return {
    /** How many columns there are now. */
    columns,
    draw(lines: readonly string[]): void {
      if (closed) return
      const back = home()
      const before = shown
      shown = lines.slice(0, Math.max(1, (terminal.rows || 24) - 1))
      if (before.length === shown.length && before.every((line, index) => line === shown[index])) return
      terminal.write(`${hideCursor}${put(back)}`)
    },
    /** Writes a line above the block. */
    print(line: string): void {
      if (closed || shown.length === 0) return void terminal.write(`${line}\n`)
      // A long log line may take two rows. Only the block isn't wrapped.
      terminal.write(put(`${home()}${wrap}${line}${restOfLine}\n${noWrap}`))
    },
    /** Removes the block or leaves it as it is, and shows the cursor again. */
    close(how: 'clear' | 'keep'): void {
      if (closed) return
      closed = true
      if (shown.length === 0) return
      terminal.write(`${how === 'clear' ? `${home()}${restOfScreen}` : ''}${showCursor}`)
    },
  }
}
