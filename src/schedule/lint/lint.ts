import { formatDuration } from '../../time/duration.ts'
import { listed } from '../../values/fields.ts'
import { didYouMean } from '../../values/nearest.ts'
import type { CueSpec } from '../model/schedule.ts'
import type { Countdown } from '../schema/cues.ts'
import { error, type Path, type Report, warning } from '../schema/finding.ts'
import { lintTimes } from './lintTimes.ts'
import { type Draft, playedCues } from './outline.ts'

/** Reports everything that will go wrong in the show. `broken`: the top-level keys that couldn't be read. */
export function lint(draft: Draft, broken: ReadonlySet<string>, report: Report): void {
  lintHead(draft, broken, report)
  lintEndings(draft, broken, report)
  lintRounds(draft, report)
  lintCountdowns(draft, report)
  lintTimes(draft, report)
  lintRecurring(draft, report)
  lintHotkeys(draft, report)
}

function lintHead({ days, start, whenFinished, rounds }: Draft, broken: ReadonlySet<string>, report: Report): void {
  if (days !== null && start.kind !== 'timeOfDay' && !broken.has('start')) {
    const message = '`days` only works with a start at a time of day, such as `start: "19:00"`: it has no effect here'
    report({ ...warning('daysWithoutTime', ['days'], message), target: 'key' })
  }
  if (whenFinished.length > 0 && rounds === Number.POSITIVE_INFINITY) {
    const message = 'this show loops for ever, so this never happens: delete it, or give `loop` a number'
    report({ ...warning('neverFinishes', ['whenFinished'], message), target: 'key' })
  }
}

/** Each cue needs one ending, and may not have two. */
function lintEndings({ cues, rounds }: Draft, broken: ReadonlySet<string>, report: Report): void {
  cues.forEach((cue, index) => {
    if (cue !== undefined) lintEnding(cue, ['cues', index], report)
  })
  const played = playedCues(cues)
  played.forEach(({ index, cue }, position) => {
    if (cue === undefined || cue.duration !== null || cue.until !== null || cue.hold || cue.media !== null) return
    const last = position === played.length - 1
    const next = last ? played[0] : played[position + 1]
    if (next?.cue === undefined || (last && broken.has('loop'))) return
    if (next.cue.at !== null && (!last || rounds === Number.POSITIVE_INFINITY)) return
    const why = last ? 'and nothing comes after it' : 'and the next cue has no hard start (`at`)'
    const message = `this cue has no ending, ${why}: add \`duration\`, \`until\` or \`hold: true\``
    report(error('noEnding', ['cues', index], message))
  })
}

function lintEnding(cue: CueSpec, path: Path, report: Report): void {
  if (cue.media !== null && cue.duration === null) {
    const message =
      '`media` also needs a `duration`, the longest it may take: plans use it, and it ends the cue if the media fails'
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
  const message = `a cue has one ending, and this one has ${listed(endings, 'and')}: keep one of them`
  report({ ...error('twoEndings', [...path, second], message), target: 'key' })
}

/** The longest round: 100 years, so that a calendar has every time of the show. */
const LONGEST_ROUND = 100 * 366 * 86_400_000

function lintRounds({ cues, rounds }: Draft, report: Report): void {
  const played = playedCues(cues)
  if (cues.length > 0 && played.length === 0) {
    report(error('allSkipped', ['cues'], 'every cue has `skip: true`, so there is nothing to play: keep one of them'))
  }
  if (played.reduce((sum, { cue }) => sum + (cue?.duration ?? 0), 0) > LONGEST_ROUND) {
    report(error('roundTooLong', ['cues'], 'all cues together last longer than 100 years: shorten them'))
  }
  const untimed = played.every(({ cue }) => cue?.hold === true && cue.duration === null && cue.at === null)
  if (rounds > 1 && played.length > 0 && untimed) {
    const message = 'every cue of this loop holds, so a round has no planned length: give one of them a `duration`'
    report(warning('zeroLengthLoop', ['loop'], message))
  }
}

const COLOURS = { warning: 'amber', danger: 'red' } as const

/** Reports colours of the countdown that come in the wrong order, or are on from the start. */
function lintCountdowns({ cues, countdown }: Draft, report: Report): void {
  const isShared = (cue: CueSpec, key: keyof typeof COLOURS) => cue[key] === countdown[key]
  const checkOrder = ({ warning: amber, danger: red }: Countdown, path: Path) => {
    if (amber === null || red === null || red < amber) return
    const message = '`danger` has to be shorter than `warning`, or the countdown never turns amber: shorten it'
    report(warning('dangerBeforeWarning', path, message))
  }
  checkOrder(countdown, ['danger'])
  const early = new Set<string>()
  cues.forEach((cue, index) => {
    if (cue === undefined) return
    if (!isShared(cue, 'danger')) checkOrder(cue, ['cues', index, 'danger'])
    else if (!isShared(cue, 'warning')) checkOrder(cue, ['cues', index, 'warning'])
    for (const key of ['warning', 'danger'] as const) {
      const length = cue[key]
      if (length === null || cue.duration === null || length < cue.duration) continue
      const shared = isShared(cue, key)
      if (shared && early.has(key)) continue
      if (shared) early.add(key)
      const what = `${shared ? `the cue \`${cue.id}\`` : 'this cue'} lasts ${formatDuration(cue.duration)}`
      const message = `${what}, so its countdown is ${COLOURS[key]} from the start: make \`${key}\` shorter${shared ? ', or give the cue its own' : ''}`
      const other = shared ? { path: ['cues', index], is: 'the cue' } : undefined
      report(warning('countdownTooLong', shared ? [key] : ['cues', index, key], message, other))
    }
  })
}

function lintRecurring({ recurring }: Draft, report: Report): void {
  recurring.forEach((entry, index) => {
    if (entry?.when.kind !== 'every' || entry.when.interval > entry.duration) return
    const message = `this scene lasts ${formatDuration(entry.duration)} and comes every ${formatDuration(entry.when.interval)}, so the cues are never seen: make \`every\` longer`
    report(warning('recurringOverlaps', ['recurring', index, 'every'], message))
  })
}

/** A suggestion compares the name with every cue, so only the first mistakes get one. */
const MOST_SUGGESTIONS = 20

function lintHotkeys({ hotkeys, cues }: Draft, report: Report): void {
  const first = new Map<string, number>()
  const known = cues.includes(undefined) ? null : new Map(cues.map((cue) => [cue?.id ?? '', cue]))
  let suggestions = 0
  hotkeys.forEach((hotkey, index) => {
    if (hotkey === undefined) return
    const { keys, command } = hotkey
    const before = first.get(keys.label)
    if (before === undefined) first.set(keys.label, index)
    else {
      const other = { path: ['hotkeys', before, 'keys'], is: 'the other one' }
      const message = `another hotkey has ${keys.label} already: choose other keys for one of them`
      report(error('sameKeys', ['hotkeys', index, 'keys'], message, other))
    }
    if (!keys.ctrl && !keys.alt && !keys.meta && /^(Key|Digit)/.test(keys.code)) {
      const message = `${keys.label} alone is pressed whenever somebody types, in any window: add Ctrl, Alt or Meta`
      report(warning('bareKey', ['hotkeys', index, 'keys'], message))
    }
    for (const argument of ['cue', 'ifCue']) {
      const id = command[argument]
      if (typeof id !== 'string' || known === null) continue
      const path = ['hotkeys', index, argument]
      if (!known.has(id)) {
        const meant = ++suggestions > MOST_SUGGESTIONS ? '' : didYouMean(id, known.keys())
        report(error('unknownCue', path, `no cue has the id \`${id}\`${meant}`))
      } else if (known.get(id)?.skip) {
        report(warning('skippedCue', path, `the cue \`${id}\` has \`skip: true\`, so it never plays`))
      }
    }
  })
}
