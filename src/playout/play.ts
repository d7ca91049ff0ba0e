import type { Instant, Millis } from '../time/clock.ts'
import { type ActDue, type Change, nextChange, type Step, step, stepOf } from './changes.ts'
import type { PassedCue, TakeCause } from './effect.ts'
import { type Ahead, cueOn } from './endings.ts'
import { onOwnClock, playheadWith, type Show, showDraft, showWith } from './show.ts'
import type { Cue, Timeline } from './timeline.ts'

/** Where a show has got to by itself, and what it passed on the way. */
export type Played = {
  readonly show: Show
  readonly ahead: Ahead | null
  /** The cues that came on meanwhile and are over, and the cues that were skipped, in order, each with its boundary. */
  readonly passed: readonly PassedCue[]
  readonly acts: readonly ActDue[]
  /** When the cue or the force that is on now came on. */
  readonly since: Instant
  /** The entry of the last cue that is among `passed` or had its line before. */
  readonly logged: number
}

export type Unseen = {
  readonly until: Instant
  /** The cause that the passed cues are logged with. */
  readonly cause: TakeCause
  /** The entry of the last cue that has had its line. */
  readonly logged: number
  /** Cues and acts that were over by then are not listed. Default: all are. */
  readonly forgotten?: Instant
  /** The most cues of a loop of fixed length to play and list one by one; such a loop may have gone on for years. */
  readonly most?: number
}

/** Plays a show up to `until` without takes on the way. */
export function playUnseen(
  timeline: Timeline,
  from: Show,
  { until, cause, logged: before, forgotten, most = 1_000_000 }: Unseen,
): Played {
  const passed: PassedCue[] = []
  const acts: ActDue[] = []
  const limit = Math.max(forgotten ?? Number.NEGATIVE_INFINITY, until - lengthOf(timeline, most))
  // A recurring entry that is still on at `limit` has to be given on the way.
  const leap = limit - Math.max(0, ...timeline.schedule.recurring.map(({ duration }) => duration))
  let logged = before
  let { show, ahead, acts: due }: Step = stepOf(timeline, roundsLater(timeline, from, leap))
  let since = show.at
  const isListed = () => show.at > limit
  const pass = (cue: Cue | null, plannedAt: Instant, outcome: PassedCue['outcome']) => {
    if (cue !== null && isListed()) passed.push(passedCue(cue, cause, plannedAt, outcome))
  }
  for (let change: Change | null = null; ; ) {
    if (isListed()) for (const act of due) acts.push(act)
    change = nextChange(timeline, show, ahead)
    if (change === null || change.at > until) break
    const { playhead, override } = show
    const on = cueOn(timeline, show)
    const stepped = step(timeline, show, change)
    ;({ show, ahead, acts: due } = stepped)
    const entry = show.playhead?.entry
    const isLeft = playhead !== null && playhead.entry !== entry
    if (isLeft && playhead.entry > logged) pass(on, onOwnClock(playhead.enteredAt), 'skipped')
    for (const cue of stepped.skipped) pass(cue, change.at, 'skipped')
    if (isListed()) for (const one of stepped.passed) passed.push(one)
    if (isLeft && show.override !== null && show.playhead !== null) pass(cueOn(timeline, show), change.at, 'covered')
    if (isLeft) logged = show.override !== null && entry !== undefined ? entry : playhead.entry
    if (isLeft || show.override !== override) since = show.at
    const later = roundsLater(timeline, show, leap)
    if (later === show) continue
    ;({ show, ahead, acts: due } = stepOf(timeline, later))
    since = show.at
  }
  return { show: showWith(show, { at: until }), ahead, passed, acts, since, logged }
}

export const passedCue = (
  { id, title, scene }: Cue,
  cause: TakeCause,
  plannedAt: Instant,
  outcome: PassedCue['outcome'],
): PassedCue => ({ cue: id, title, scene, cause, plannedAt, outcome })

/** How long a loop of fixed length takes to play this many cues, in whole rounds; Infinity for any other. */
const lengthOf = ({ cues, sums, isFixed }: Timeline, most: number): Millis =>
  isFixed ? Math.ceil(most / cues.length) * (sums[cues.length] ?? 0) : Number.POSITIVE_INFINITY

/** If the show is at the beginning of a round of fixed length: the show as many rounds later as are over by `limit`. */
function roundsLater(timeline: Timeline, show: Show, limit: Instant): Show {
  const { at, playhead, override } = show
  const { cues, rounds, sums, isFixed } = timeline
  const length = sums[cues.length] ?? 0
  if (!isFixed || limit - at < length || playhead === null || playhead.index > 0 || playhead.enteredAt < at) return show
  // A round that a command or the media has made longer or shorter is played cue by cue.
  if (playhead.adjusted !== 0 || playhead.held !== null || playhead.media !== null) return show
  if (show.pause !== null || playhead.removed !== null || override?.ends === 'cueEnd') return show
  const release = typeof override?.ends === 'number' && override.by !== 'recurring' ? override.ends : limit
  const more = Math.min(Math.floor((Math.min(limit, release) - at) / length), rounds - 1 - playhead.round)
  if (more < 1) return show
  const began = at + more * length
  const later = showDraft(show)
  later.at = began
  later.entries = playhead.entry + more * cues.length
  later.playhead = playheadWith(playhead, {
    round: playhead.round + more,
    entry: later.entries,
    enteredAt: began,
    arrivedAt: began,
    arrivedWall: began + show.offset,
    plan: {
      ...playhead.plan,
      at: playhead.plan.at + more * length,
      wall: playhead.plan.wall + more * length,
    },
  })
  if (override?.by === 'recurring') later.override = null
  later.recurred = {
    position: began - playhead.startedAt - 1,
    wall: Math.max(show.recurred.wall, began + show.offset - 1),
  }
  return later
}
