import { type Draft, playedCues } from '../model/draft.ts'
import type { CueSpec } from '../model/schedule.ts'
import { error, type Path, type Report, warning } from '../schema/finding.ts'
import { listed } from '../schema/issues.ts'

/** Longer than this no round is: 100 years, so that every time of a show is one that a calendar has. */
const LONGEST_ROUND = 100 * 366 * 86_400_000

/** That each cue has the ending that it needs, and no more than one. */
export function lintEndings({ cues, rounds }: Draft, broken: ReadonlySet<string>, report: Report): void {
  cues.forEach((cue, index) => {
    if (cue !== undefined) lintPairs(cue, ['cues', index], report)
  })
  const played = playedCues(cues)
  if (cues.length > 0 && played.length === 0) {
    report(error('allSkipped', ['cues'], 'every cue has `skip: true`, so there is nothing to play: let one of them in'))
  }
  played.forEach(({ index, cue }, position) => {
    if (cue === undefined || cue.duration !== null || cue.until !== null || cue.hold || cue.media !== null) return
    const last = position === played.length - 1
    const next = last ? played[0] : played[position + 1]
    if (next?.cue === undefined || (last && broken.has('loop'))) return
    const startsByItself = next.cue.at !== null && (!last || rounds === Number.POSITIVE_INFINITY)
    if (startsByItself) return
    const why = last ? 'and nothing comes after it' : 'and the next cue has no hard start (`at`)'
    report(
      error(
        'noEnding',
        ['cues', index],
        `this cue has no ending, ${why}: add \`duration\`, \`until\` or \`hold: true\``,
      ),
    )
  })
  const length = played.reduce((sum, { cue }) => sum + (cue?.duration ?? 0), 0)
  if (length > LONGEST_ROUND) {
    report(error('roundTooLong', ['cues'], 'all cues together last longer than 100 years: shorten them'))
  }
  const untimed = played.every(({ cue }) => cue?.hold === true && cue.duration === null && cue.at === null)
  if (rounds > 1 && played.length > 0 && untimed) {
    const message =
      'a round of this loop has no planned length, since every cue holds: give one of them a `duration` too'
    report(warning('zeroLengthLoop', ['loop'], message))
  }
}

function lintPairs(cue: CueSpec, path: Path, report: Report): void {
  if (cue.media !== null && cue.duration === null) {
    const message =
      '`media` needs a `duration` too, the longest it may take: it counts for the plan, and ends the cue when the media fails'
    report(error('mediaNeedsDuration', [...path, 'media'], message))
  }
  const endings = [
    ...(cue.until !== null && cue.duration !== null ? ['duration'] : []),
    ...(cue.until !== null ? ['until'] : []),
    ...(cue.media !== null ? ['media'] : []),
    ...(cue.hold ? ['hold'] : []),
  ]
  const [, second] = endings
  if (second === undefined) return
  const message = `a cue has one ending, and this one has ${listed(endings).replace(' or ', ' and ')}: keep one of them`
  report({ ...error('twoEndings', [...path, second], message), target: 'key' })
}
