import type { Instant } from '../../time/clock.ts'
import type { Context } from './context.ts'
import type { DueEvent } from './input.ts'
import { lossDue } from './policies.ts'
import type { Mode } from './snapshot.ts'

/** The next change that comes by itself; null if none will. */
export function nextDue(context: Context, mode: Mode): DueEvent | null {
  const { change } = context
  if (mode === 'idle') {
    const start = startDue(context)
    if (start !== null && (change === null || start < change.at)) return { type: 'due.start', at: start }
  }
  if (mode === 'running') {
    const lost = lossDue(context)
    if (lost !== null && (change === null || lost < change.at)) return { type: 'due.stream', at: lost }
  }
  return change
}

function startDue({ arming, show }: Context): Instant | null {
  return arming?.kind === 'time' ? Math.max(arming.wall - show.offset, show.at) : null
}
