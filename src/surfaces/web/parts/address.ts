/** What a page reads from its address: every choice is in there, so that a screen can be set up once and bookmarked. */
export type Choices = {
  /** The parts to leave out: `?hide=note,next`. */
  readonly hides: ReadonlySet<string>
  text(name: string): string | null
  flag(name: string): boolean
  /** A number within limits; the default if there is none. */
  number(name: string, initial: number, least: number, most: number): number
}

export function choicesOf(search: string): Choices {
  const given = new URLSearchParams(search)
  const text = (name: string): string | null => given.get(name)?.trim() || null
  return {
    hides: new Set((text('hide') ?? '').split(',').map((part) => part.trim().toLowerCase())),
    text,
    flag: (name) => given.has(name) && !['0', 'false', 'no'].includes(text(name) ?? '1'),
    number(name, initial, least, most) {
      const number = Number.parseFloat(text(name) ?? '')
      return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : initial
    },
  }
}
