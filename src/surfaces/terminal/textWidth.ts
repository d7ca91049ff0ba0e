/** How many columns a text takes in a terminal: East Asian wide characters and emoji take two, marks none. */
export function widthOf(text: string): number {
  if (isNarrow(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += widthOfGrapheme(segment)
  return width
}

/** The text in at most so many columns, ended by `…` where it was cut. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (widthOf(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += widthOfGrapheme(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Filled up with spaces to so many columns. */
export const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)))

const graphemes = new Intl.Segmenter()

/** Only characters of one column each, as nearly always; to take a text apart takes a hundred times as long. */
const isNarrow = (text: string): boolean => /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff✓✗−]*$/.test(text)

/** Unicode Standard Annex 11: scripts written in wide cells, fullwidth forms, and emoji. */
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|.*\ufe0f)/u

const widthOfGrapheme = (grapheme: string): number =>
  /^\p{M}/u.test(grapheme) || /^\p{Cc}/u.test(grapheme) ? 0 : wide.test(grapheme) ? 2 : 1
