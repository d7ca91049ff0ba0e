/** Lines that may stand before a document begins: blank, a comment or a directive. */
const PREAMBLE = /^(?:[ \t]*(?:#[^\n\r]*)?|%[^\n\r]*|\uFEFF)$/

/**
 * The text up to the end of its first document, and the offset at which a second one begins. A line that begins with
 * `---` or `...` is a marker wherever it stands (YAML 1.2, rule c-forbidden).
 */
export function firstDocument(text: string): { readonly first: string; readonly second: number | null } {
  const marker = /(?<![^\n\r])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g
  let begun = false
  let ended = false
  let checked = 0
  for (const { 0: mark, index } of text.matchAll(marker)) {
    const content = contentIn(text, checked, index)
    if (ended && content !== null) return { first: text.slice(0, checked), second: content }
    begun ||= content !== null
    if (mark === '---' && begun) return { first: text.slice(0, index), second: index }
    begun = true
    ended ||= mark === '...'
    checked = index + 3
  }
  const after = ended ? contentIn(text, checked, text.length) : null
  return { first: after === null ? text : text.slice(0, checked), second: after }
}

/** Where the first line between the offsets begins that holds more than a preamble; null if there is none. */
function contentIn(text: string, from: number, to: number): number | null {
  for (let start = from; start < to; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 || newline > to ? to : newline
    const line = text.slice(start, end).replace(/\r$/, '')
    if (!PREAMBLE.test(line)) return start + Math.max(0, line.search(/\S/))
    start = end + 1
  }
  return null
}
