/** A line that may stand before a document begins, or after its end: blank, a comment, a directive, or one more end. */
const NO_CONTENT = /(?:\uFEFF|%[^\n\r]*|(?:\.\.\.)?[ \t]*(?:#[^\n\r]*)?)(?:[\n\r]|$)/y

/**
 * The text up to the end of its first document, and the offset at which a second one begins. A line that begins with
 * `---` or `...` is a marker wherever it stands (YAML 1.2, rule c-forbidden).
 */
export function firstDocument(text: string): { readonly first: string; readonly second: number | null } {
  const begin = contentAfter(text, 0)
  const marker = /(?<![^\n\r])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g
  marker.lastIndex = text.startsWith('---', begin) ? begin + 3 : begin
  const found = marker.exec(text)
  if (found === null) return { first: text, second: null }
  if (found[0] === '---') return { first: text.slice(0, found.index), second: found.index }
  const end = found.index + 3
  const second = contentAfter(text, end)
  return second < text.length ? { first: text.slice(0, end), second } : { first: text, second: null }
}

/** Where the content after the offset begins; the end of the text if there is none. */
function contentAfter(text: string, offset: number): number {
  let line = offset
  for (NO_CONTENT.lastIndex = line; line < text.length && NO_CONTENT.test(text); ) line = NO_CONTENT.lastIndex
  return line + text.slice(line).search(/\S|$/)
}
