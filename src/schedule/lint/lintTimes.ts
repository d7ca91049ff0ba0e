import { formatDuration } from '../../time/duration.ts'
import { formatTimeOfDay } from '../../time/timeOfDay.ts'
import { error, type Report, warning } from '../schema/finding.ts'
import { type Draft, type Outlined, outlineOf } from './outline.ts'

const DAY = 86_400_000

/** To wait longer than this for a time that is earlier in the day is a mistake in the order. */
const HALF_DAY = DAY / 2

/** That times of day come in an order in which they can be kept. */
export function lintTimes(draft: Draft, report: Report): void {
  const cues = outlineOf(draft)
  lintFirst(draft, cues, report)
  cues.forEach((one, position) => {
    const before = cues[position - 1]
    if (one.at !== null && before !== undefined) lintHardStart(one, before, cues, position, report)
    lintUntil(one, report)
    lintOffsets(one, cues[position + 1], draft.filler !== null, report)
  })
  lintSameTime(cues, report)
}

function lintFirst({ start, rounds }: Draft, [first]: readonly Outlined[], report: Report): void {
  if (start.kind !== 'timeOfDay' || first === undefined) return
  const begin = clock(start.time)
  if (first.at !== null && first.at > start.time && rounds === 1) {
    const message = `the show starts at ${begin}, and its first cue with it, not at ${clock(first.at)}: let it start then, or leave \`at\` out`
    report(warning('firstAtIgnored', ['cues', first.index, 'at'], message))
  }
}

function lintHardStart(
  one: Outlined,
  before: Outlined,
  cues: readonly Outlined[],
  position: number,
  report: Report,
): void {
  const at = one.at ?? 0
  const path = ['cues', one.index, 'at']
  const free = before.end ?? before.entry ?? one.timeBefore
  if (free !== null && at - free > HALF_DAY && wraps(at, one.timeBefore ?? free)) {
    const gap = formatDuration(at - free)
    const message = `${clock(at)} is earlier than ${clock(one.timeBefore ?? free)} above, so it is that of the next day, after ${gap} of waiting: put the cues in order`
    report(warning('landsNextDay', path, message))
  }
  if (before.at === at) return
  let unreached = false
  for (let above = position - 1; above >= 0; above--) {
    const cue = cues[above]
    if (cue === undefined || cue.at !== null || cue.entry === null || cue.entry < at) break
    unreached = true
    const message = `this cue never comes on: by its plan it begins at ${clock(cue.entry)}, and there is a hard start at ${clock(at)}${at < 0 ? ' of the day before' : ''} below`
    report(warning('neverOnAir', ['cues', cue.index], message, { path, is: 'the hard start' }))
  }
  const flexible = before.cue?.hold === true || before.cue?.media !== null
  if (unreached || flexible || before.end === null || before.end <= at) return
  const message = `the cue above is planned until ${clock(before.end)}, so this hard start cuts it short by ${formatDuration(before.end - at)}: shorten it, or start later`
  report(warning('cutShort', path, message, { path: ['cues', before.index], is: 'the cue above' }))
}

function lintUntil({ index, cue, until, entry, at, timeBefore }: Outlined, report: Report): void {
  if (until === null || entry === null) return
  const path = ['cues', index, 'until']
  if (until <= entry) {
    const message = `this cue ends at ${clock(until)}, and by its plan begins at ${clock(entry)}, so it never comes on: end it later`
    report(cue?.at != null ? error('untilBeforeStart', path, message) : warning('untilBeforeStart', path, message))
  } else if (until - entry > HALF_DAY && wraps(until, at ?? timeBefore ?? entry)) {
    const message = `${clock(until)} is earlier than ${clock(entry)}, when this cue begins, so it lasts until the next day, ${formatDuration(until - entry)}: end it later`
    report(warning('landsNextDay', path, message))
  }
}

/** An action that comes after its cue has gone. */
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
    const message = `this comes ${formatDuration(after)} after the cue has begun, and the cue is over after ${formatDuration(stay)}: it never happens`
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

function wraps(moment: number, before: number): boolean {
  return timeOfDay(moment) < timeOfDay(before)
}

function clock(moment: number): string {
  return formatTimeOfDay(Math.floor(timeOfDay(moment) / 1000) * 1000)
}

/** A moment of the day before the show's first is negative. */
function timeOfDay(moment: number): number {
  return ((moment % DAY) + DAY) % DAY
}
