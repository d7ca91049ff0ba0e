import { onOwnClock } from '../../playout/show.ts'
import type { Instant } from '../../time/clock.ts'
import type { CueView, Snapshot } from '../core/snapshot.ts'

/** When a cue went on and went off in this round. */
export type ActualTimes = { readonly at: Instant; readonly endsAt: Instant | null }

export type ActualTimesReader = {
  /** Takes each snapshot, in order. */
  note(state: Snapshot): void
  /** Null for a cue that hasn't been on in this round. */
  of(cue: string): ActualTimes | null
}

/** Notes when each cue of the present round was on. They stay until the next round or show begins. */
export function createActualTimes(present: Snapshot): ActualTimesReader {
  const times = new Map<string, ActualTimes>()
  let on: CueView | null = null

  const note = (state: Snapshot): void => {
    const { cue, at } = state
    if (cue !== null && on !== null && isSameEntry(on, cue, at)) {
      on = cue
      return
    }
    if (on !== null) end(on.id, at)
    if (cue !== null && cue.round !== on?.round) times.clear()
    if (cue !== null) times.set(cue.id, { at, endsAt: null })
    on = cue
  }
  const end = (id: string, at: Instant): void => {
    const before = times.get(id)
    if (before !== undefined) times.set(id, { at: before.at, endsAt: at })
  }

  const { cue } = present
  // The show was on before anybody looked. A pause since then has moved `enteredAt`, but nothing else says when the cue went on.
  if (cue !== null) note({ ...present, at: onOwnClock(cue.enteredAt) })
  return { note, of: (id) => times.get(id) ?? null }
}

/** A pause moves `enteredAt`. A cue that is played again from its top is entered now. */
const isSameEntry = (on: CueView, cue: CueView, at: Instant): boolean =>
  on.round === cue.round && on.id === cue.id && (on.enteredAt === cue.enteredAt || onOwnClock(cue.enteredAt) !== at)
