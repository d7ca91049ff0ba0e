import { isHeld } from '../../playout/endings.ts'
import { hasNext } from '../../playout/entry.ts'
import { didYouMeanName } from '../../values/nearest.ts'
import type { Context } from './context.ts'
import type { Input } from './input.ts'
import { previousIndex } from './updates/commands.ts'

/** Why a command was refused. The machine's guards have these names. */
export type Reason = keyof typeof refusals | 'queueFull' | 'closed'

type Guard = (context: Context, event: Input) => boolean

/** For refusals that depend on the mode alone. */
const always: Guard = () => true

export const refusals = {
  notConfigured: always,
  alreadyRunning: always,
  notRunning: always,
  notPaused: always,
  noOverride: ({ show }: Context) => show.override === null,
  noNextCue: ({ timeline, show }: Context, { at }: Input) =>
    timeline === null || !hasNext(timeline, show, at + show.offset),
  noPreviousCue: ({ show }: Context) => show.playhead === null || previousIndex(show.playhead) < 0,
  // What the hold command did can always be undone, even if the cue has no end of its own.
  noPlannedEnd: ({ ahead, show }: Context, event: Input) =>
    ahead === null || (ahead.own === null && !(event.type === 'unhold' && show.playhead?.held === true)),
  unknownCue: ({ timeline }: Context, event: Input) =>
    'cue' in event && event.cue !== undefined && timeline?.byId.has(event.cue) !== true,
  unknownScene: ({ outside: { scenes }, show }: Context, event: Input) =>
    event.type === 'forceScene' &&
    scenes.names !== null &&
    !(event.toggle && show.override?.scene === event.scene) &&
    !scenes.names.has(scenes.renamed.get(event.scene) ?? event.scene),
  staleCue: ({ ahead }: Context, event: Input) =>
    'ifCue' in event && event.ifCue !== undefined && ahead?.cue.id !== event.ifCue,
  invalid: (context: Context, event: Input) => invalidity(context, event) !== null,
}

export const isRefusal = (guard: unknown): guard is keyof typeof refusals =>
  typeof guard === 'string' && Object.hasOwn(refusals, guard)

/** What is wrong with well-formed arguments right now; null if nothing is. */
function invalidity({ timeline, show }: Context, event: Input): string | null {
  if (event.type === 'forceScene' && event.until === 'cueEnd') {
    if (event.toggle && show.override?.scene === event.scene) return null
    if (show.playhead === null)
      return 'there is no cue on whose end the force could end; leave `until` out, or give a duration'
  }
  if (event.type === 'goTo') {
    const { cue: id, offset = 0 } = event
    const cue = timeline?.cues[timeline.byId.get(id) ?? -1]
    if (offset > 0 && cue !== undefined && cue.duration !== null && !cue.hold && offset >= cue.duration)
      return `the offset lies beyond the end of cue "${cue.id}"`
  }
  return null
}

/** The message of a refusal: why, and what to do about it. */
export function explain(reason: Reason, context: Context, event: Input): string {
  const { timeline, show, ahead, outside } = context
  switch (reason) {
    case 'notConfigured':
      return 'No schedule is loaded yet; configure one first.'
    case 'alreadyRunning':
      return 'The show is already on; stop or reset it first, or use goTo.'
    case 'notRunning':
      return show.pause === null ? 'The show is not running; start it first.' : 'The show is already paused.'
    case 'notPaused':
      return 'The show is not paused.'
    case 'noOverride':
      return 'No force is on, so there is nothing to release.'
    case 'noNextCue':
      return ahead?.following == null
        ? 'This is the last cue of the last round.'
        : 'No later cue can come on: each one has an `until` that is past.'
    case 'noPreviousCue':
      return 'This is the first cue of the round.'
    case 'noPlannedEnd': {
      const isHolding = ahead !== null && show.playhead !== null && isHeld(ahead.cue, show.playhead)
      const why = isHolding ? 'it holds until `next`' : 'it lasts until the next hard start'
      return `The cue "${ahead?.cue.id ?? ''}" has no end of its own: ${why}.`
    }
    case 'unknownCue': {
      const asked = 'cue' in event ? (event.cue ?? '') : ''
      return `The schedule has no cue "${asked}"${didYouMeanName(asked, timeline?.byId.keys() ?? [])}`
    }
    case 'unknownScene': {
      const asked = event.type === 'forceScene' ? event.scene : ''
      return `This OBS has no scene "${asked}"${didYouMeanName(asked, outside.scenes.names ?? [])}`
    }
    case 'staleCue':
      return `Another cue is on by now: "${ahead?.cue.id ?? ''}".`
    case 'invalid':
      return `Not possible: ${invalidity(context, event) ?? "the arguments don't fit"}.`
    case 'queueFull':
      return 'Too many snapshots are waiting for listeners, which send commands faster than they return.'
    case 'closed':
      return 'The orchestrator is closed.'
  }
}
