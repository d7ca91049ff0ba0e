import { nextChange } from '../../playout/changes.ts'
import type { Instant } from '../../time/clock.ts'
import type { Context } from './context.ts'
import type { DueEvent } from './input.ts'
import type { Mode } from './snapshot.ts'

export type Due = DueEvent & { readonly at: Instant }

/** What comes next by itself, and when; null while nothing will. */
export function nextDue(context: Context, mode: Mode): Due | null {
  const { show } = context
  const change = nextChange(context.timeline, show)
  const start = startDue(context, mode)
  const lost = lossDue(context, mode)
  const first = change === null ? Number.POSITIVE_INFINITY : change.at
  if (start !== null && start < first) return { type: 'due.start', at: start }
  if (lost !== null && lost < first) return { type: 'due.stream', at: lost }
  if (change === null) return null
  const { at } = change
  switch (change.kind) {
    case 'release':
      return { type: 'due.release', at, change }
    case 'cue':
      return { type: 'due.cue', at, change }
    case 'finish':
      return { type: 'due.finish', at, change }
    case 'picture':
      return { type: 'due.picture', at, change }
    case 'recur':
      return { type: 'due.recur', at, change }
  }
}

function startDue({ arming, show }: Context, mode: Mode): Instant | null {
  if (mode !== 'idle' || arming?.kind !== 'time') return null
  return Math.max(arming.wall - show.offset, show.at)
}

function lossDue(context: Context, mode: Mode): Instant | null {
  const over = graceOver(context)
  if (mode !== 'running' || over === null || context.timeline?.schedule.policies.streamLost !== 'pause') return null
  return Math.max(over, context.show.at)
}

/** When the stream has been lost for as long as the schedule puts up with; null where it isn't, or that has been acted on. */
export const graceOver = ({ timeline, lostSince }: Context): Instant | null =>
  timeline === null || lostSince === null ? null : lostSince + timeline.schedule.policies.streamGrace
