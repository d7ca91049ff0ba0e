import type { Instant } from '../time/clock.ts'
import type { PassedCue } from './effect.ts'
import { cueOn, ending, overrun, type Target } from './endings.ts'
import { enter } from './entry.ts'
import { markBeforeOrAt, nextMark } from './marks.ts'
import { endForce } from './override.ts'
import { giveRecurring, nextRecurring } from './recurring.ts'
import { playheadWith, type Show, showClock, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** The next thing that changes by itself. At the same instant they come in the order of this list. */
export type Change =
  | { readonly kind: 'release'; readonly at: Instant }
  | { readonly kind: 'cue'; readonly at: Instant; readonly boundary: Instant; readonly to: Target }
  | { readonly kind: 'finish'; readonly at: Instant; readonly boundary: Instant }
  | { readonly kind: 'picture'; readonly at: Instant }
  | { readonly kind: 'recur'; readonly at: Instant }

/** What a step has gone by besides the change itself. */
export type Step = {
  readonly show: Show
  readonly skipped: readonly Cue[]
  readonly passed: readonly PassedCue[]
}

const order: Record<Change['kind'], number> = { release: 0, cue: 1, finish: 1, picture: 2, recur: 3 }

/**
 * The earliest change of all, never before the last one: what became known late is taken at that moment. This is the
 * one rule for lateness.
 */
export function nextChange(timeline: Timeline | null, show: Show): Change | null {
  const { override, playhead, pause } = show
  const release = typeof override?.ends === 'number' ? changeAt('release', override.ends, show) : null
  if (timeline === null) return release
  const mark = nextMark(timeline, show)
  const picture = mark === null ? null : changeAt('picture', mark, show)
  if (playhead === null || pause !== null) return earlier(release, picture)
  const over = playhead.over === null ? overrun(timeline, show) : null
  const overruns = over === null ? null : changeAt('picture', over, show)
  const recurring = nextRecurring(timeline, show)
  const recurs = recurring === null ? null : changeAt('recur', recurring, show)
  return earlier(earlier(earlier(release, atEnd(timeline, show)), earlier(overruns, recurs)), picture)
}

function atEnd(timeline: Timeline, show: Show): Change | null {
  const end = ending(timeline, show)
  if (end === null) return null
  const at = Math.max(end.at, show.at)
  return end.to === null ? { kind: 'finish', at, boundary: at } : { kind: 'cue', at, boundary: at, to: end.to }
}

const changeAt = (kind: 'release' | 'picture' | 'recur', at: Instant, show: Show): Change => ({
  kind,
  at: Math.max(at, show.at),
})

function earlier(a: Change | null, b: Change | null): Change | null {
  if (a === null || b === null) return a ?? b
  return b.at < a.at || (b.at === a.at && order[b.kind] < order[a.kind]) ? b : a
}

/** The show after one change. A finish leaves it without a playhead. */
export function step(timeline: Timeline | null, show: Show, change: Change): Step {
  if (change.kind === 'release') return { show: endForce(show, change.at), skipped: [], passed: [] }
  if (timeline === null) return { show, skipped: [], passed: [] }
  switch (change.kind) {
    case 'cue': {
      const between = cuesBetween(timeline, show, change.to)
      const entered = enter(timeline, show, change.to, change.boundary, change.at)
      return { show: entered.show, skipped: [...between, ...entered.skipped], passed: [] }
    }
    case 'finish': {
      const entered = enter(timeline, show, null, change.boundary, change.at)
      return { show: entered.show, skipped: [], passed: [] }
    }
    case 'picture':
      return { show: playMarks(timeline, showWith(show, { at: change.at })), skipped: [], passed: [] }
    case 'recur': {
      const { show: given, passed } = giveRecurring(timeline, show, change.at)
      return { show: given, skipped: [], passed }
    }
  }
}

/** Plays the overrun and the marks that have come by the show's `at`, unless the cue is over then: a boundary comes first. */
export function playMarks(timeline: Timeline, show: Show): Show {
  const played = markBeforeOrAt(timeline, playOverrun(timeline, show))
  return played === show || isAtEnd(timeline, show) ? show : played
}

/** The cue is over its own end from here on, is so still, or is so no more: its end may have been moved. */
function playOverrun(timeline: Timeline, show: Show): Show {
  const { playhead } = show
  if (playhead === null) return show
  const since = overrun(timeline, show)
  const now = showClock(show, show.at)
  const over = since === null || since > now ? null : (playhead.over ?? now - playhead.enteredAt)
  return over === playhead.over ? show : showWith(show, { playhead: playheadWith(playhead, { over }) })
}

function isAtEnd(timeline: Timeline, show: Show): boolean {
  const end = show.pause === null ? ending(timeline, show) : null
  return end !== null && end.at <= show.at
}

/** The cues that a hard start cuts out: those after the one on and before it. */
function cuesBetween(timeline: Timeline, show: Show, to: Target): readonly Cue[] {
  const on = cueOn(timeline, show)
  if (on === null) return []
  return timeline.cues.slice(on.index + 1, show.playhead?.round === to.round ? to.index : undefined)
}
