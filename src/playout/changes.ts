import type { Act } from '../schedule/model/schedule.ts'
import type { Instant, Millis } from '../time/clock.ts'
import type { PassedCue } from './effect.ts'
import { type Ahead, cueOn, lookAhead, type Target } from './endings.ts'
import { enter } from './entry.ts'
import { nextMark, playMarksTo } from './marks.ts'
import { endForce } from './override.ts'
import { giveRecurring, nextRecurring } from './recurring.ts'
import { onOwnClock, onShowClock, type Playhead, playheadWith, type Show, showClock, showWith } from './show.ts'
import { type Cue, none, type Timeline } from './timeline.ts'

/** A change that comes by itself. Changes of the same instant come in the order of this list. */
export type Change =
  | { readonly type: 'due.release'; readonly at: Instant }
  /** `to` null: the show is over. */
  | { readonly type: 'due.cue'; readonly at: Instant; readonly to: Target | null }
  | { readonly type: 'due.picture'; readonly at: Instant }
  | { readonly type: 'due.recur'; readonly at: Instant }

/** An act of the schedule, and when it was due. `cue` null: at the end of the show. */
export type ActDue = { readonly at: Instant; readonly cue: string | null; readonly act: Act }

/** A show after one change, with the cues that it passed and the acts that it made due. */
export type Step = {
  readonly show: Show
  readonly ahead: Ahead | null
  readonly skipped: readonly Cue[]
  readonly passed: readonly PassedCue[]
  readonly acts: readonly ActDue[]
}

const order: Record<Change['type'], number> = { 'due.release': 0, 'due.cue': 1, 'due.picture': 2, 'due.recur': 3 }

/**
 * The earliest change, but never before the last one: a change that becomes known late is taken at that moment. This is the one
 * rule for lateness. `ahead` is what `lookAhead` says of the show.
 */
export function nextChange(timeline: Timeline | null, show: Show, ahead: Ahead | null): Change | null {
  const { override, playhead, pause } = show
  const release = typeof override?.ends === 'number' ? changeAt('due.release', override.ends, show) : null
  if (timeline === null) return release
  const mark = nextMark(timeline, show)
  const picture = mark === null ? null : changeAt('due.picture', mark, show)
  if (playhead === null || ahead === null) return earlier(release, picture)
  // A hard start that passes in a pause changes what comes at resume.
  if (pause !== null) {
    const passes = ahead.coming === null ? null : changeAt('due.picture', ahead.coming.at, show)
    return earlier(earlier(release, picture), passes)
  }
  const { ending, overrun } = ahead
  const cue: Change | null =
    ending === null ? null : { type: 'due.cue', at: Math.max(ending.at, show.at), to: ending.to }
  const overruns =
    playhead.over !== null || overrun === null ? null : changeAt('due.picture', onOwnClock(overrun), show)
  const recurring = nextRecurring(timeline, show)
  const recurs = recurring === null ? null : changeAt('due.recur', recurring, show)
  return earlier(earlier(earlier(release, cue), earlier(overruns, recurs)), picture)
}

const changeAt = (type: 'due.release' | 'due.picture' | 'due.recur', at: Instant, show: Show): Change => ({
  type,
  at: Math.max(at, show.at),
})

function earlier(a: Change | null, b: Change | null): Change | null {
  if (a === null || b === null) return a ?? b
  return b.at < a.at || (b.at === a.at && order[b.type] < order[a.type]) ? b : a
}

/** The show after one change. The end of the show leaves it without a playhead. */
export function step(timeline: Timeline | null, show: Show, change: Change): Step {
  if (change.type === 'due.release' || timeline === null) return stepOf(timeline, endForce(show, change.at))
  switch (change.type) {
    case 'due.cue': {
      const cut = change.to === null ? none : cuesBetween(timeline, show, change.to)
      const entered = enter(timeline, show, change.to, onShowClock(change.at), change.at)
      return withEndActs(timeline, stepOf(timeline, entered.show, [...cut, ...entered.skipped]))
    }
    case 'due.picture':
      return stepOf(timeline, showWith(show, { at: change.at }))
    case 'due.recur': {
      const { show: given, passed } = giveRecurring(timeline, show, change.at)
      return stepOf(timeline, given, none, passed)
    }
  }
}

/** What follows from a changed show: plays its marks and lists the acts that they make due. */
export function stepOf(
  timeline: Timeline | null,
  changed: Show,
  skipped: readonly Cue[] = none,
  passed: readonly PassedCue[] = none,
): Step {
  if (timeline === null || changed.playhead === null)
    return {
      show: timeline === null ? changed : playMarksTo(timeline, changed),
      ahead: null,
      skipped,
      passed,
      acts: none,
    }
  const ahead = lookAhead(timeline, changed)
  const played = playMarksTo(timeline, playOverrun(changed, changed.playhead, ahead))
  // A boundary comes before the marks of its instant.
  const show = played !== changed && isAtEnd(changed, ahead) ? changed : played
  const acts = show === changed ? none : actsBetween(timeline, changed.playhead.reached, show)
  return { show, ahead, skipped, passed, acts }
}

/** If the show has ended, the acts of `whenFinished` are due. */
function withEndActs({ schedule }: Timeline, step: Step): Step {
  const { show } = step
  if (show.playhead !== null || schedule.whenFinished.length === 0) return step
  return { ...step, acts: schedule.whenFinished.map((act) => ({ at: show.at, cue: null, act })) }
}

/** Notes whether the cue is past its own end by now; a command may have moved that end. */
function playOverrun(show: Show, playhead: Playhead, ahead: Ahead | null): Show {
  if (ahead === null) return show
  const now = showClock(show, show.at)
  const over = ahead.overrun === null || ahead.overrun > now ? null : (playhead.over ?? now - playhead.enteredAt)
  return over === playhead.over ? show : showWith(show, { playhead: playheadWith(playhead, { over }) })
}

const isAtEnd = (show: Show, ahead: Ahead | null): boolean =>
  show.pause === null && ahead !== null && ahead.ending !== null && ahead.ending.at <= show.at

/** The cue's acts with offsets after `from` that its play has reached. */
function actsBetween(timeline: Timeline, from: Millis, show: Show): readonly ActDue[] {
  const { playhead } = show
  const cue = cueOn(timeline, show)
  if (playhead === null || cue === null || cue.actions.length === 0 || playhead.reached <= from) return none
  const acts: ActDue[] = []
  for (const action of cue.actions)
    if ('act' in action && action.after > from && action.after <= playhead.reached)
      acts.push({ at: playhead.enteredAt + action.after, cue: cue.id, act: action.act })
  return acts
}

/** The cues that a hard start cuts out: those between the current one and its own, whole rounds included. */
function cuesBetween({ cues }: Timeline, { playhead }: Show, { round, index }: Target): readonly Cue[] {
  if (playhead === null) return none
  if (round === playhead.round) return index === playhead.index + 1 ? none : cues.slice(playhead.index + 1, index)
  const rest = cues.slice(playhead.index + 1)
  const whole = Array.from({ length: round - playhead.round - 1 }, () => cues).flat()
  return [...rest, ...whole, ...cues.slice(0, index)]
}
