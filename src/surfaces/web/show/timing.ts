import type { Snapshot } from '../../../orchestrator/core/snapshot.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { passed, remaining } from './words.ts'

/** How the countdown looks. `late`: past the cue's own end. `off`: no cue is on. */
export type Tone = 'calm' | 'warning' | 'danger' | 'late' | 'off'

/** What the countdown of the current cue shows. */
export type Countdown = {
  readonly text: string
  readonly tone: Tone
  readonly label: string
  /** How much of the cue has been played, from 0 to 1; null for a cue without an end. */
  readonly share: number | null
}

/** When the pause began that moves the end of the cue; null without one. A pause doesn't move a time of day. */
const pausedSince = ({ cue, pausedAt }: Snapshot): Instant | null => (cue?.endsBy === 'clock' ? null : pausedAt)

/** What the countdown shows while no cue is on: the time until the start or, if nobody knows that, how long the show is. */
export function countdownToStart({ mode, armedFor, schedule }: Snapshot, now: Instant): Countdown {
  const nothing = { tone: 'off', share: null } as const
  if (mode === 'idle' && armedFor?.kind === 'time')
    return { ...nothing, text: remaining(armedFor.at - now), label: 'until the start' }
  const length = schedule?.duration ?? null
  if (mode === 'idle' && length !== null) return { ...nothing, text: passed(length), label: 'planned' }
  return { ...nothing, text: '–:––', label: '' }
}

/** The time until the next cue. A cue that waits past its own end, or has none, counts up. Null without a cue. */
export function countdownAt(state: Snapshot, now: Instant): Countdown | null {
  const { cue } = state
  if (cue === null) return null
  const { enteredAt, endsAt, plannedEndsAt, holding, warning, danger } = cue
  const present = pausedSince(state) ?? now
  const end = holding && plannedEndsAt !== null ? plannedEndsAt : (endsAt ?? plannedEndsAt)
  if (end === null) return { text: passed(present - enteredAt), tone: 'calm', label: 'so far, until next', share: null }

  const left = end - present
  const share = end > enteredAt ? Math.min(1, Math.max(0, (present - enteredAt) / (end - enteredAt))) : 1
  const isWithin = (length: Millis | null): boolean => length !== null && left <= length
  if (left <= -1000) {
    const label = holding || endsAt === null ? 'over, until next' : 'over'
    return { text: `+${passed(-left)}`, tone: 'late', label, share }
  }
  const tone = isWithin(danger) ? 'danger' : isWithin(warning) ? 'warning' : 'calm'
  return { text: remaining(left), tone, label: labelOf(state), share }
}

function labelOf(state: Snapshot): string {
  if (pausedSince(state) !== null) return 'left, paused'
  if (state.cue?.holding === true || state.cue?.endsAt === null) return 'left, then held'
  return 'left'
}

/** How late the show is. It grows by itself in a hold, and in a pause that moves the end of the cue. Null if no show is on. */
export function overUnderAt(state: Snapshot, now: Instant): Millis | null {
  const { cue, mode, overUnder } = state
  if (cue === null || (mode !== 'running' && mode !== 'paused')) return null
  const waited = cue.holding ? now - (cue.plannedEndsAt ?? cue.enteredAt) : now - (pausedSince(state) ?? now)
  return overUnder + Math.max(0, waited)
}

export type Punctuality = { readonly text: string; readonly tone: 'onTime' | 'over' | 'under' }

/** `2:10 over`, `0:30 under`, `on time`. */
export function punctuality(overUnder: Millis): Punctuality {
  if (overUnder >= 1000) return { text: `${passed(overUnder)} over`, tone: 'over' }
  if (overUnder <= -1000) return { text: `${passed(-overUnder)} under`, tone: 'under' }
  return { text: 'on time', tone: 'onTime' }
}

/** Whether the current cue waits at its end, or will. */
export const isHeld = ({ cue }: Snapshot): boolean =>
  cue !== null && (cue.holding || (cue.endsAt === null && cue.plannedEndsAt !== null))

/** When the next cue comes, in words. `time` writes a time of day. */
export function nextComes(state: Snapshot, now: Instant, time: (at: Instant) => string): string {
  const { next, mode, pausedAt, armedFor } = state
  if (next === null) return ''
  if (mode === 'idle') {
    if (armedFor === null) return 'at start'
    return armedFor.kind === 'stream'
      ? 'when the stream goes live'
      : `at ${time(armedFor.at)}, in ${remaining(armedFor.at - now)}`
  }
  if (next.startsAt !== null && pausedSince(state) === null)
    return `at ${time(next.startsAt)}, in ${remaining(next.startsAt - now)}`
  if (pausedAt !== null) return 'after the pause'
  if (next.at !== null) return `at ${time(next.at)} at the latest`
  return 'when you press Next'
}
