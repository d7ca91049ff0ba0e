import { cueOn, following, isHeld, ownEnd } from '../../playout/endings.ts'

import type { Context } from './context.ts'
import type { Input } from './input.ts'
import { nearest } from './problems.ts'

/** Why a command was refused. The machine's guards have these names. */
export type Reason =
  | 'notConfigured'
  | 'alreadyRunning'
  | 'notRunning'
  | 'notPaused'
  | 'noOverride'
  | 'noNextCue'
  | 'noPreviousCue'
  | 'noPlannedEnd'
  | 'unknownCue'
  | 'unknownScene'
  | 'staleCue'
  | 'invalid'
  | 'queueFull'
  | 'closed'

type Guard = (context: Context, event: Input) => boolean

/** Where the mode alone refuses: nothing more is to be asked. */
const always: Guard = () => true

const invalid: Guard = (context, event) => invalidity(context, event) !== null

export const refusals = {
  notConfigured: always,
  alreadyRunning: always,
  notRunning: always,
  notPaused: always,
  noOverride: ({ show }) => show.override === null,
  noNextCue: ({ timeline, show }) => timeline === null || following(timeline, show) === null,
  noPreviousCue: ({ show }) => show.playhead === null || show.playhead.index === 0,
  // What the hold command has done can be undone, whatever then ends the cue.
  noPlannedEnd: ({ timeline, show }, event) =>
    timeline === null ||
    (ownEnd(timeline, show) === null && !(event.type === 'unhold' && show.playhead?.held === true)),
  unknownCue: ({ timeline }, event) =>
    'cue' in event && event.cue !== undefined && timeline?.byId.has(event.cue) !== true,
  unknownScene: ({ scenes, show }, event) =>
    event.type === 'forceScene' &&
    scenes.names !== null &&
    !(event.toggle && show.override?.scene === event.scene) &&
    !scenes.names.has(scenes.renamed.get(event.scene) ?? event.scene),
  staleCue: ({ timeline, show }, event) =>
    'ifCue' in event && event.ifCue !== undefined && timeline !== null && cueOn(timeline, show)?.id !== event.ifCue,
  invalid,
} satisfies Partial<Record<Reason, Guard>>

/** What is wrong with arguments that are well-formed, as things stand; null where nothing is. */
function invalidity(context: Context, event: Input): string | null {
  const { timeline, show } = context
  if (event.type === 'forceScene' && event.until === 'cueEnd') {
    if (event.toggle && show.override?.scene === event.scene) return null
    if (show.playhead === null)
      return 'there is no cue on whose end the force could end; leave `until` out, or give a duration'
  }
  if (event.type === 'goTo' && event.offset > 0) {
    const cue = timeline?.cues[timeline.byId.get(event.cue) ?? -1]
    if (cue !== undefined && cue.duration !== null && !cue.hold && event.offset >= cue.duration)
      return `the offset lies beyond the end of cue "${cue.id}"`
  }
  return null
}

/** What was refused, why, and what to do about it. */
export function explain(reason: Reason, context: Context, event: Input): string {
  const { timeline, show, scenes } = context
  switch (reason) {
    case 'notConfigured':
      return 'No schedule is loaded yet; configure one first.'
    case 'alreadyRunning':
      return 'The show is on already; stop or reset it first, or use goTo.'
    case 'notRunning':
      return show.pause === null ? 'The show is not running; start it first.' : 'The show is paused already.'
    case 'notPaused':
      return 'The show is not paused.'
    case 'noOverride':
      return 'No force is on that could be released.'
    case 'noNextCue':
      return 'This is the last cue of the last round.'
    case 'noPreviousCue':
      return 'This is the first cue of the round.'
    case 'noPlannedEnd': {
      const cue = timeline === null ? null : cueOn(timeline, show)
      const why =
        cue !== null && show.playhead !== null && isHeld(cue, show.playhead)
          ? 'it holds until `next`'
          : 'it lasts until the next hard start'
      return `The cue "${cue?.id ?? ''}" has no end of its own: ${why}.`
    }
    case 'unknownCue': {
      const asked = 'cue' in event ? (event.cue ?? '') : ''
      return `The schedule has no cue "${asked}"${nearest(asked, timeline?.byId.keys() ?? [])}`
    }
    case 'unknownScene': {
      const asked = event.type === 'forceScene' ? event.scene : ''
      return `This OBS has no scene "${asked}"${nearest(asked, scenes.names ?? [])}`
    }
    case 'staleCue':
      return `Another cue is on by now: "${timeline === null ? '' : (cueOn(timeline, show)?.id ?? '')}".`
    case 'invalid':
      return `Not possible: ${invalidity(context, event) ?? "the arguments don't fit"}.`
    case 'queueFull':
      return 'Too many snapshots wait to be delivered; the listeners send commands faster than they return.'
    case 'closed':
      return 'The orchestrator is closed.'
  }
}

/** Which of several modes an accepted event leads to. */
export const branches = {
  pausesShow: (_: Context, event: Input) => event.type === 'forceScene' && event.pause,
  togglesOff: ({ show }: Context, event: Input) =>
    event.type === 'forceScene' && event.toggle && show.override?.scene === event.scene,
  isPauseOfForce: ({ show }: Context) => show.pause?.by === 'force',
  isArmed: ({ arming }: Context) => arming !== null,
  stopsWithStream: ({ timeline }: Context) => timeline?.schedule.policies.streamStopped === 'stop',
  pausesWithStream: ({ timeline }: Context) => timeline?.schedule.policies.streamStopped === 'pause',
} satisfies Record<string, Guard>
