import { distance } from 'fastest-levenshtein'

/** The up to three names most like `name`, the nearest first. */
export function nearest(name: string, names: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase()
  return names
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** `the nearest are "A", "B"`, or that there are none. */
export function nearestInWords(name: string, names: readonly string[]): string {
  const found = nearest(name, names).map((candidate) => `"${candidate}"`)
  if (found.length === 0) return 'there are none'
  return found.length === 1 ? `there is ${found[0]}` : `the nearest are ${found.join(', ')}`
}
