import { formatDuration } from '../../time/duration.ts'
import { formatTimeOfDay } from '../../time/timeOfDay.ts'
import { error, type Report, warning } from '../schema/finding.ts'
import { type Draft, type Outlined, outlineOf } from './outline.ts'

const DAY = 86_400_000

/** A longer wait for a time that is earlier in the day means that the cues are in the wrong order. */
const HALF_DAY = DAY / 2

/** Reports times of day that can't be kept, and what follows from them. */
export function lintTimes(draft: Draft, report: Report): void {
  const cues = outlineOf(draft)
  lintFirst(draft, cues, report)
  cues.forEach((one, position) => {
    lintHardStart(cues, position, report)
    lintUntil(one, report)
    lintOffsets(one, cues[position + 1], draft.filler !== null, report)
  })
  lintSameTime(cues, report)
}

function lintFirst({ start, rounds }: Draft, [first]: readonly Outlined[], report: Report): void {
  if (start.kind !== 'timeOfDay' || rounds !== 1 || first === undefined) return
  if (first.at === null || first.at <= start.time) return
  const message = `the first cue begins when the show starts, at ${clock(start.time)}, and not at ${clock(first.at)}: change \`start\`, or delete \`at\``
  report(warning('firstAtIgnored', ['cues', first.index, 'at'], message))
}

function lintHardStart(cues: readonly Outlined[], position: number, report: Report): void {
  const [one, before] = [cues[position], cues[position - 1]]
  if (one === undefined || one.at === null || before === undefined) return
  const { at } = one
  const path = ['cues', one.index, 'at']
  const free = before.end ?? before.entry ?? one.timeBefore
  if (free !== null && at - free > HALF_DAY && wraps(at, one.timeBefore ?? free)) {
    const gap = formatDuration(at - free)
    const message = `${clock(at)} is earlier than ${clock(one.timeBefore ?? free)} above, so it falls on the next day, after a wait of ${gap}: put the cues in order`
    report(warning('landsNextDay', path, message))
  }
  if (before.at === at) return
  let unreached = false
  for (let above = position - 1; above >= 0; above--) {
    const cue = cues[above]
    if (cue === undefined || cue.at !== null || cue.entry === null || cue.entry < at) break
    unreached = true
    const message = `this cue never plays: it is planned for ${clock(cue.entry)}, but a hard start below comes at ${clock(at)}${at < 0 ? ' of the day before' : ''}`
    report(warning('neverOnAir', ['cues', cue.index], message, { path, is: 'the hard start' }))
  }
  const flexible = before.cue?.hold === true || before.cue?.media !== null
  if (unreached || flexible || before.end === null || before.end <= at) return
  const message = `the cue above is planned until ${clock(before.end)}, so this hard start cuts it short by ${formatDuration(before.end - at)}: shorten that cue, or start this one later`
  report(warning('cutShort', path, message, { path: ['cues', before.index], is: 'the cue above' }))
}

function lintUntil({ index, cue, until, entry, at, timeBefore }: Outlined, report: Report): void {
  if (until === null || entry === null) return
  const path = ['cues', index, 'until']
  if (until <= entry) {
    const message = `this cue ends at ${clock(until)}, but is planned to begin at ${clock(entry)}, so it never plays: end it later`
    report(cue?.at != null ? error('untilBeforeStart', path, message) : warning('untilBeforeStart', path, message))
  } else if (until - entry > HALF_DAY && wraps(until, at ?? timeBefore ?? entry)) {
    const message = `this cue begins at ${clock(entry)}, so it lasts until ${clock(until)} of the next day, for ${formatDuration(until - entry)}: check \`until\``
    report(warning('landsNextDay', path, message))
  }
}

/** Reports actions whose offset is beyond the end of their cue. */
function lintOffsets(one: Outlined, next: Outlined | undefined, hasFiller: boolean, report: Report): void {
  const { index, cue, entry, until } = one
  if (cue === undefined || cue.hold) return
  const untilNext = next?.at != null && entry !== null ? next.at - entry : null
  const own = cue.duration ?? (until !== null && entry !== null ? until - entry : null)
  const stretches = next?.cue?.at != null && !hasFiller
  const stay = stretches ? untilNext : Math.min(own ?? Number.POSITIVE_INFINITY, untilNext ?? Number.POSITIVE_INFINITY)
  if (stay === null || stay <= 0) return
  cue.actions.forEach(({ after }, position) => {
    if (after < stay) return
    const message = `this never happens: it comes after ${formatDuration(after)}, but the cue lasts ${formatDuration(stay)}`
    report(warning('afterTheEnd', ['cues', index, 'actions', position, 'after'], message))
  })
}

function lintSameTime(cues: readonly Outlined[], report: Report): void {
  const firstAt = new Map<number, number>()
  for (const { index, cue } of cues) {
    if (cue === undefined || cue.at === null) continue
    const before = firstAt.get(cue.at)
    if (before === undefined) {
      firstAt.set(cue.at, index)
      continue
    }
    const message = `two cues have their hard start at ${clock(cue.at)}: move one of them`
    report(error('sameTime', ['cues', index, 'at'], message, { path: ['cues', before, 'at'], is: 'the other one' }))
  }
}

const wraps = (moment: number, before: number): boolean => timeOfDay(moment) < timeOfDay(before)

const clock = (moment: number): string => formatTimeOfDay(Math.floor(timeOfDay(moment) / 1000) * 1000)

/** A moment on the day before the show's first day is negative. */
const timeOfDay = (moment: number): number => ((moment % DAY) + DAY) % DAY
