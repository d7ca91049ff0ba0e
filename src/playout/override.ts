import type { Instant, Millis } from '../time/clock.ts'
import { type Override, playheadWith, type Show, showDraft, showWith } from './show.ts'

/** Lays a force over the schedule; it replaces the one that is on. */
export function force(
  show: Show,
  at: Instant,
  asked: Omit<Override, 'since' | 'reached' | 'back'>,
  onAir: string | null,
): Show {
  const before = show.override
  const { scene, ends, by, pause: pauses, transition } = asked
  const back = before === null ? onAir : before.back
  const forced = showDraft(before === null ? show : endForce(show, at))
  forced.at = at
  forced.override = { scene, since: at, ends, by, pause: pauses, transition, reached: -1, back }
  forced.back = null
  return pauses && forced.playhead !== null && forced.pause === null ? pause(forced, at, 'force') : forced
}

/** Ends the force, and the pause that it brought. Outside a show, the scene before it is wanted back. */
export function endForce(show: Show, at: Instant): Show {
  const { override } = show
  if (override === null) return show
  const lifted = showDraft(show)
  lifted.at = at
  lifted.override = null
  lifted.back = show.playhead === null ? override.back : null
  return lifted.pause?.by === 'force' ? resume(lifted, at) : lifted
}

/** Stops the show's clock. */
export function pause(show: Show, at: Instant, by: 'operator' | 'force' | 'stream'): Show {
  const paused = showDraft(show)
  paused.at = at
  paused.pause = { since: at, by }
  return paused
}

/** Starts the show's clock again: everything on it moves by the length of the pause. */
export function resume(show: Show, at: Instant): Show {
  if (show.pause === null) return show
  const resumed = showDraft(shiftClock(show, at - show.pause.since))
  resumed.at = at
  resumed.pause = null
  // A recurring entry whose time of day passed in the pause doesn't come; one that is due right now does.
  const wall = Math.max(show.recurred.wall, at + show.offset - 1)
  if (wall > show.recurred.wall) resumed.recurred = { position: show.recurred.position, wall }
  return resumed
}

/**
 * Takes the show off, at its end or by a command. A force stays on, except one until the end of the cue, and from now on leads back
 * to the last cue's scene.
 */
export function endShow(show: Show, at: Instant, lastScene: string | null): Show {
  const { override } = show
  const ended = showDraft(show)
  ended.at = at
  ended.playhead = null
  ended.pause = null
  if (override === null) return ended
  ended.override = override.ends === 'cueEnd' ? null : { ...override, back: lastScene ?? override.back }
  return ended
}

/** Moves everything that is on the show's clock. */
function shiftClock(show: Show, by: Millis): Show {
  const { playhead } = show
  if (playhead === null || by === 0) return show
  const { enteredAt, startedAt } = playhead
  return showWith(show, { playhead: playheadWith(playhead, { enteredAt: enteredAt + by, startedAt: startedAt + by }) })
}
