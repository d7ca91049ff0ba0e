import { describe, expect, it } from 'vitest'
import { createScreen } from '../../../src/surfaces/terminal/screen.ts'

const esc = '\u001b'

/** A terminal that understands only what the screen sends. */
function terminal(rows = 10) {
  const lines: string[] = ['']
  let row = 0
  let cursor = true
  let columns = 80
  const colours = new RegExp(`${esc}\\[[0-9;]*m`, 'g')
  const tokens = new RegExp(`${esc}\\[(\\??[0-9]*)([A-Za-z])|([\\r\\n])|([^${esc}\\r\\n]+)`, 'g')
  return {
    rows,
    get columns() {
      return columns
    },
    /** Wraps the lines that are too long from now on, as most terminals do. */
    narrow(to: number) {
      columns = to
      const broken = lines.map((line) => line.match(new RegExp(`.{1,${to}}`, 'g')) ?? [''])
      row = broken.slice(0, row).flat().length
      lines.splice(0, lines.length, ...broken.flat())
    },
    shown: () => lines.join('\n').trimEnd(),
    hasCursor: () => cursor,
    write(text: string) {
      for (const [, parameter = '', order, control, plain] of text.replaceAll(colours, '').matchAll(tokens)) {
        if (plain !== undefined) lines[row] = plain
        else if (control === '\n') {
          row++
          lines[row] ??= ''
        } else if (order === 'A') row -= Number(parameter)
        else if (order === 'J') lines.splice(row, lines.length, '')
        else if (parameter === '?25') cursor = order === 'h'
      }
    },
  }
}

describe('the screen', () => {
  it('treats a terminal without a size as 80 by 24', () => {
    const shown = terminal()
    const screen = createScreen({ columns: 0, rows: 0, write: shown.write })
    screen.draw(Array.from({ length: 30 }, (_, i) => `row ${i}`))
    screen.print('a line of the log')
    expect(shown.shown().split('\n')).toEqual([
      'a line of the log',
      ...Array.from({ length: 23 }, (_, i) => `row ${i}`),
    ])
  })

  it('redraws its block in place', () => {
    const seen = terminal()
    const screen = createScreen(seen)
    screen.draw(['one', 'two'])
    screen.draw(['one', 'three', 'four'])
    expect(seen.shown()).toBe('one\nthree\nfour')
    screen.draw(['last'])
    expect(seen.shown()).toBe('last')
  })

  it('prints log lines above the block', () => {
    const seen = terminal()
    const screen = createScreen(seen)
    screen.print('before')
    screen.draw(['status', 'keys'])
    screen.print('a log line')
    screen.print('and another')
    expect(seen.shown()).toBe('before\na log line\nand another\nstatus\nkeys')
  })

  it('sends nothing when nothing changed', () => {
    const seen = terminal()
    const screen = createScreen(seen)
    screen.draw(['status'])
    const { write } = seen
    let sent = 0
    seen.write = (text) => {
      sent++
      write(text)
    }
    screen.draw(['status'])
    expect(sent).toBe(0)
  })

  it('draws no more lines than the terminal has', () => {
    const seen = terminal(3)
    const screen = createScreen(seen)
    screen.draw(['1', '2', '3', '4'])
    expect(seen.shown()).toBe('1\n2')
  })

  it('leaves nothing behind in a window that was made narrower', () => {
    const seen = terminal()
    const screen = createScreen(seen)
    screen.print('a log line')
    screen.draw([`${esc}[32mRUNNING${esc}[0m and much more`, 'on air'])
    seen.narrow(10)
    screen.draw(['RUNNING a…', 'on air'])
    expect(seen.shown()).toBe('a log line\nRUNNING a…\non air')
  })

  it('shows the cursor again and removes the block', () => {
    const seen = terminal()
    const screen = createScreen(seen)
    screen.draw(['status'])
    expect(seen.hasCursor()).toBe(false)
    screen.close('clear')
    expect(seen.hasCursor()).toBe(true)
    expect(seen.shown()).toBe('')
    screen.draw(['too late'])
    expect(seen.shown()).toBe('')
  })
})
