import { formatDuration } from '../../time/duration.ts'
import type { Draft } from '../model/draft.ts'
import { type Report, warning } from '../schema/finding.ts'
import { lintEndings } from './lintEndings.ts'
import { lintHotkeys } from './lintHotkeys.ts'
import { lintTimes } from './lintTimes.ts'

/** All that can be known to go wrong before the show. `broken` are the keys at the top that couldn't be read. */
export function lint(draft: Draft, broken: ReadonlySet<string>, report: Report): void {
  lintHead(draft, broken, report)
  lintEndings(draft, broken, report)
  lintTimes(draft, report)
  lintRecurring(draft, report)
  lintHotkeys(draft, report)
}

function lintHead({ days, start, whenFinished, rounds }: Draft, broken: ReadonlySet<string>, report: Report): void {
  if (days !== null && start.kind !== 'timeOfDay' && !broken.has('start')) {
    const message = '`days` is for a start at a time of day, such as `start: "19:00"`: with any other it means nothing'
    report({ ...warning('daysWithoutTime', ['days'], message), target: 'key' })
  }
  if (whenFinished.length > 0 && rounds === Number.POSITIVE_INFINITY) {
    const message = 'this never happens, since the show loops without an end: leave it out, or give `loop` a number'
    report({ ...warning('neverFinishes', ['whenFinished'], message), target: 'key' })
  }
}

function lintRecurring({ recurring }: Draft, report: Report): void {
  recurring.forEach((entry, index) => {
    if (entry?.when.kind !== 'every' || entry.when.interval > entry.duration) return
    const message = `this scene lasts ${formatDuration(entry.duration)} and comes every ${formatDuration(entry.when.interval)}, so it hides the cues for good: let it come less often`
    report(warning('recurringOverlaps', ['recurring', index, 'every'], message))
  })
}
