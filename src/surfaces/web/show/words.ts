import type { AsRunLine } from '../../../orchestrator/core/asRun.ts'
import type { OverrideView } from '../../../orchestrator/core/snapshot.ts'
import type { Millis } from '../../../time/clock.ts'
import { two } from '../../../time/duration.ts'

/** `3:21`, `1:03:21`: what a countdown shows. It shows 0 only at its end. */
export const remaining = (left: Millis): string => clockOf(Math.max(0, Math.ceil(left / 1000)))

/** `3:21` in whole seconds that have passed. */
export const passed = (length: Millis): string => clockOf(Math.floor(Math.max(0, length) / 1000))

/** `+0:12`, `−1:30`, and nothing for less than a second. */
export function signed(length: Millis): string {
  const seconds = Math.trunc(length / 1000)
  if (seconds === 0) return ''
  return `${seconds < 0 ? '−' : '+'}${clockOf(Math.abs(seconds))}`
}

function clockOf(seconds: number): string {
  const rest = `${seconds >= 3600 ? two((seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest
}

/** `5 s`, `3 min`, `2 h`: how long ago something was, roughly. */
export function roughly(length: Millis): string {
  const seconds = Math.max(0, Math.floor(length / 1000))
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`
}

/** `+12 ms`, `−3 ms`; from ten seconds on, `+0:12`. */
export const lateness = (ms: Millis): string =>
  Math.abs(ms) >= 10_000 ? signed(ms) : `${ms < 0 ? '−' : '+'}${Math.abs(Math.round(ms))} ms`

/** `+1 frame`, `on the frame`. */
export function framesLate(frames: number): string {
  if (frames === 0) return 'on the frame'
  return `${frames < 0 ? '−' : '+'}${Math.abs(frames)} frame${Math.abs(frames) === 1 ? '' : 's'}`
}

/** Why a scene is on air, after "by". */
export const causes: Readonly<Record<AsRunLine['cause'], string>> = {
  schedule: 'by the schedule',
  command: 'by a command',
  force: 'by a force',
  release: 'after a release',
  recurring: 'by a recurring entry',
  manual: 'switched in OBS',
  reclaim: 'taken back from OBS',
  reconnect: 'after OBS came back',
  resume: 'after the pause',
  reload: 'by a reload',
  fallback: 'as the fallback',
}

export const outcomes: Readonly<Record<AsRunLine['outcome'], string>> = {
  onAir: 'on air',
  already: 'was on already',
  covered: 'under a force',
  skipped: 'skipped',
  superseded: 'superseded',
  failed: 'failed',
}

export const forcedBy: Readonly<Record<OverrideView['by'], string>> = {
  operator: 'by the operator',
  recurring: 'by a recurring entry',
  obs: 'switched in OBS',
}
