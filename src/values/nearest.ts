import { distance } from 'fastest-levenshtein'

/** `; did you mean `x`?`, or nothing: for a word of the file or of the command line. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates)
  return found === null ? '' : `; did you mean \`${found}\`?`
}

/** `; did you mean "A" or "B"?`, or a full stop: the end of a sentence about a cue or a scene that doesn't exist. */
export function didYouMeanName(name: string, names: Iterable<string>): string {
  const found = nearestNames(name, names, Math.max(3, Math.ceil(name.length / 2)))
  return found.length === 0 ? '.' : `; did you mean ${found.map((one) => `"${one}"`).join(' or ')}?`
}

/** The candidate that a mistyped word means, or the only one that contains it or is contained in it; null if there is none. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const all = [...candidates]
  const furthest = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))
  const [typo] = ranked(word, all).filter(({ apart }) => apart <= furthest)
  const [part, another] = all.filter((candidate) => isPart(word.toLowerCase(), candidate.toLowerCase()))
  const isOnlyPart = part !== undefined && another === undefined
  return isOnlyPart && (typo === undefined || typo.apart > 1) ? part : (typo?.candidate ?? null)
}

/** The names most like `name`, nearest first: up to three, with at most `furthest` letters changed. */
export function nearestNames(name: string, names: Iterable<string>, furthest = Number.POSITIVE_INFINITY): string[] {
  return ranked(name, names)
    .filter(({ apart }) => apart <= furthest)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** By how many letters they differ, whatever their case. */
const ranked = (word: string, candidates: Iterable<string>) =>
  (word.length > longestWord ? [] : [...candidates])
    .map((candidate) => ({ candidate, apart: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart)

/** A longer word is no name, and comparing it would take seconds. */
const longestWord = 1000

/** `skip` in `skipCurrentScene`, `fri` in `friday`. */
const isPart = (word: string, candidate: string): boolean =>
  Math.min(word.length, candidate.length) >= 3 && (candidate.includes(word) || word.includes(candidate))
