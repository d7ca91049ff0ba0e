import { isHeld } from '../../playout/endings.ts'
import { hasNext } from '../../playout/entry.ts'
import { nameInObs } from '../../playout/picture.ts'
import { didYouMeanName } from '../../values/nearest.ts'
import type { Context } from './context.ts'
import type { Input } from './input.ts'
import { previousIndex } from './updates/commands.ts'

export type Given = { readonly context: Context; readonly event: Input }

/** Why a command was refused. */
export type Reason = keyof typeof messages

/** When a command is refused: the machine's guards with the names of reasons. Some depend on the mode alone. */
export const refusals = {
  notConfigured: () => true,
  alreadyRunning: () => true,
  notRunning: () => true,
  notPaused: () => true,
  noOverride: ({ context: { show } }: Given) => show.override === null,
  noNextCue: ({ context: { timeline, show }, event: { at } }: Given) =>
    timeline === null || !hasNext(timeline, show, at + show.offset),
  noPreviousCue: ({ context: { show } }: Given) => show.playhead === null || previousIndex(show.playhead) < 0,
  // What the hold command did can always be undone, even if the cue has no end of its own.
  noPlannedEnd: ({ context: { ahead, show }, event }: Given) =>
    ahead === null || (ahead.own === null && !(event.type === 'unhold' && show.playhead?.held === true)),
  unknownCue: ({ context: { timeline }, event }: Given) =>
    'cue' in event && event.cue !== undefined && timeline?.byId.has(event.cue) !== true,
  unknownScene: ({ context: { outside, show }, event }: Given) =>
    event.type === 'forceScene' &&
    outside.scenes.names !== null &&
    !(event.toggle && show.override?.scene === event.scene) &&
    !outside.scenes.names.has(nameInObs(event.scene, outside.scenes)),
  staleCue: ({ context: { ahead }, event }: Given) =>
    'ifCue' in event && event.ifCue !== undefined && ahead?.cue.id !== event.ifCue,
  invalid: (given: Given) => invalidity(given) !== null,
}

export const isRefusal = (guard: unknown): guard is keyof typeof refusals =>
  typeof guard === 'string' && Object.hasOwn(refusals, guard)

/** Why a command was refused, and what to do about it. */
export const messages = {
  notConfigured: 'No schedule is loaded yet; configure one first.',
  alreadyRunning: 'The show is already on; stop or reset it first, or use goTo.',
  notRunning: ({ context: { show } }) =>
    show.pause === null ? 'The show is not running; start it first.' : 'The show is already paused.',
  notPaused: 'The show is not paused.',
  noOverride: 'No force is on, so there is nothing to release.',
  noNextCue: ({ context: { ahead } }) =>
    ahead?.following == null
      ? 'This is the last cue of the last round.'
      : 'No later cue can come on: each one has an `until` that is past.',
  noPreviousCue: 'This is the first cue of the round.',
  noPlannedEnd({ context: { ahead, show } }) {
    const isHolding = ahead !== null && show.playhead !== null && isHeld(ahead.cue, show.playhead)
    const why = isHolding ? 'it holds until `next`' : 'it lasts until the next hard start'
    return `The cue "${ahead?.cue.id ?? ''}" has no end of its own: ${why}.`
  },
  unknownCue({ context: { timeline }, event }) {
    const asked = 'cue' in event ? (event.cue ?? '') : ''
    return `The schedule has no cue "${asked}"${didYouMeanName(asked, timeline?.byId.keys() ?? [])}`
  },
  unknownScene({ context: { outside }, event }) {
    const asked = event.type === 'forceScene' ? event.scene : ''
    return `This OBS has no scene "${asked}"${didYouMeanName(asked, outside.scenes.names ?? [])}`
  },
  staleCue: ({ context: { ahead } }) => `Another cue is on by now: "${ahead?.cue.id ?? ''}".`,
  invalid: (given) => `Not possible: ${invalidity(given) ?? "the arguments don't fit"}.`,
  queueFull: 'Too many snapshots are waiting for listeners, which send commands faster than they return.',
  closed: 'The orchestrator is closed.',
} satisfies Readonly<Record<keyof typeof refusals | 'queueFull' | 'closed', Message>>

type Message = string | ((given: Given) => string)

/** The message of a refusal. */
export function explain(reason: Reason, given: Given): string {
  const message: Message = messages[reason]
  return typeof message === 'string' ? message : message(given)
}

/** What is wrong with well-formed arguments right now; null if nothing is. */
function invalidity({ context: { timeline, show }, event }: Given): string | null {
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
