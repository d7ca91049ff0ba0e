import stringWidth from 'string-width'

/** How many columns a text takes in a terminal: East Asian wide characters and emoji take two, combining marks none. */
export const widthOf = (text: string): number => (isNarrow(text) ? text.length : stringWidth(text))

/** The text in at most `columns` columns. Ends with `…` if it was cut. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (widthOf(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** The text filled up with spaces to `columns` columns. */
export const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)))

const graphemes = new Intl.Segmenter()

/** Whether every character takes one column. Most text does, and measuring the rest takes a hundred times as long. */
const isNarrow = (text: string): boolean => /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff✓✗−]*$/.test(text)
