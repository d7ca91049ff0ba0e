import { nearestNames } from '../../values/nearest.ts'

/** `the nearest are "A", "B"`, or that there are none. */
export function nearestInWords(name: string, names: readonly string[]): string {
  const found = nearestNames(name, names).map((candidate) => `"${candidate}"`)
  if (found.length === 0) return 'there are none'
  return found.length === 1 ? `there is ${found[0]}` : `the nearest are ${found.join(', ')}`
}
