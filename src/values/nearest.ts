import { distance } from 'fastest-levenshtein'

/** The candidate that is meant by a slip of the fingers, or by a part of a name that only one has; null where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST_WORD) return null
  const all = [...candidates]
  const wanted = word.toLowerCase()
  const [part, another] = all.filter((candidate) => isPart(wanted, candidate.toLowerCase()))
  const slip = nearestSlip(word, wanted, all)
  return part !== undefined && another === undefined && (slip === null || slip.apart > 1) ? part : (slip?.best ?? null)
}

/** A longer word is no name, and comparing it would take seconds. */
const LONGEST_WORD = 1000

/** Whether one is within the other: `skip` in `skipCurrentScene`, `fri` in `friday`. */
function isPart(wanted: string, candidate: string): boolean {
  if (Math.min(wanted.length, candidate.length) < 3) return false
  return candidate.includes(wanted) || wanted.includes(candidate)
}

function nearestSlip(
  word: string,
  wanted: string,
  candidates: readonly string[],
): { best: string; apart: number } | null {
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
  return best === null ? null : { best, apart: bestDistance }
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
