import type { AsRunLine } from '../../../orchestrator/core/asRun.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import type { SheetCue } from '../server/wire.ts'
import { endOf, startOf } from './rows.ts'

/** A bar of the timeline. Places and widths are shares of the whole, from 0 to 1. */
export type Bar = { readonly index: number; readonly title: string; readonly from: number; readonly width: number }

export type Plot = {
  readonly from: Instant
  readonly to: Instant
  readonly planned: readonly Bar[]
  readonly actual: readonly Bar[]
}

const mostCues = 40

/** The cues around the current one, as planned and as they are or will be. Null if nobody knows their times. */
export function plotOf(cues: readonly SheetCue[], current: number): Plot | null {
  const first = Math.max(0, Math.min(current - mostCues / 4, cues.length - mostCues))
  const shown = cues.slice(first, first + mostCues)
  const times = shown.flatMap((cue) => [startOf(cue), endOf(cue), cue.plannedAt, cue.plannedEndsAt])
  const known = times.filter((time) => time !== null)
  if (known.length < 2) return null
  const from = Math.min(...known)
  const to = Math.max(...known)
  if (to <= from) return null
  const bar = ({ index, title }: SheetCue, begins: Instant | null, ends: Instant | null): Bar[] =>
    begins === null || ends === null || ends <= begins
      ? []
      : [{ index, title, from: (begins - from) / (to - from), width: (ends - begins) / (to - from) }]
  return {
    from,
    to,
    planned: shown.flatMap((cue) => bar(cue, cue.plannedAt, cue.plannedEndsAt)),
    actual: shown.flatMap((cue) => bar(cue, cue.actualAt ?? cue.expectedAt, cue.actualEndsAt ?? cue.expectedEndsAt)),
  }
}

/**
 * How late the last takes were, and the length that fills the scale. At least a frame of 40 ms, and at most 200: a take that caught up
 * after a long silence would hide all others.
 */
export function latenessOf(takes: readonly AsRunLine[], most: number): { takes: readonly Millis[]; scale: Millis } {
  const late = takes.flatMap(({ outcome, errorMs }) => (outcome === 'onAir' && errorMs !== null ? [errorMs] : []))
  const last = late.slice(-most)
  return { takes: last, scale: Math.min(200, Math.max(40, ...last.map(Math.abs))) }
}
