import { distance } from 'fastest-levenshtein'

/** The candidate that a slip of the fingers away from `word` stands for; null where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase()
  const furthest = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))
  let best: string | null = null
  let bestDistance = furthest + 1
  for (const candidate of candidates) {
    const apart = distance(wanted, candidate.toLowerCase())
    if (apart < bestDistance) {
      best = candidate
      bestDistance = apart
    }
  }
  return best
}

/** `; did you mean \`x\`?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates)
  return found === null ? '' : `; did you mean \`${found}\`?`
}

/** The names most like `name`, the nearest first: up to three, and none with more than `furthest` letters changed. */
export function nearestNames(
  name: string,
  names: Iterable<string>,
  furthest: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  const wanted = name.toLowerCase()
  return [...names]
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= furthest)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
