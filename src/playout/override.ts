import type { Instant, Millis } from '../time/clock.ts'
import { type Override, playheadWith, type Show, showWith } from './show.ts'

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
  const override: Override = { scene, since: at, ends, by, pause: pauses, transition, reached: -1, back }
  const lifted = before === null ? show : endForce(show, at)
  const forced = showWith(lifted, { at, override, back: null })
  return pauses && forced.playhead !== null && forced.pause === null ? pause(forced, at, 'force') : forced
}

/** Lifts the force. A pause of its own ends with it; without a show the scene before it is wanted back. */
export function endForce(show: Show, at: Instant): Show {
  const { override } = show
  if (override === null) return show
  const lifted = showWith(show, { at, override: null, back: show.playhead === null ? override.back : null })
  return lifted.pause?.by === 'force' ? resume(lifted, at) : lifted
}

/** Stops the show's clock. */
export const pause = (show: Show, at: Instant, by: 'operator' | 'force' | 'stream'): Show =>
  showWith(show, { at, pause: { since: at, by } })

/** Starts the show's clock again: all that stands on it moves by the length of the pause. */
export function resume(show: Show, at: Instant): Show {
  if (show.pause === null) return show
  const recurred = { position: show.recurred.position, at: Math.max(show.recurred.at, at - 1) }
  return showWith(shiftClock(show, at - show.pause.since), { at, pause: null, recurred })
}

/** Moves all that stands on the show's clock. */
function shiftClock(show: Show, by: Millis): Show {
  const { playhead } = show
  if (playhead === null || by === 0) return show
  const { enteredAt, startedAt } = playhead
  return showWith(show, { playhead: playheadWith(playhead, { enteredAt: enteredAt + by, startedAt: startedAt + by }) })
}
