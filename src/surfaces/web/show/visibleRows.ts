/** Which rows of a long list to draw, for rows of equal height. */
export type VisibleRows = { readonly first: number; readonly last: number }

/** Rows drawn beyond each edge, so that a quick scroll doesn't show a gap. */
const margin = 8

/** `last` is exclusive. Lengths are in pixels. */
export function visibleRows(count: number, rowHeight: number, scrollTop: number, height: number): VisibleRows {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight) - margin))
  const last = Math.max(first, Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin))
  return { first, last }
}

/** Where to scroll so that a row is about a quarter down from the top, with a whole row at the top, as far as the list allows. */
export function scrollTopFor(row: number, count: number, rowHeight: number, height: number): number {
  const above = Math.max(0, Math.floor(height / 4 / rowHeight))
  return Math.max(0, Math.min((row - above) * rowHeight, count * rowHeight - height))
}

/** Where to scroll so that a row is in view; the same place if it is already. */
export function scrollTopToShow(row: number, rowHeight: number, scrollTop: number, height: number): number {
  const top = row * rowHeight
  if (top < scrollTop) return top
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop
}
