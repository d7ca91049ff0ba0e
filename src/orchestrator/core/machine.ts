import { assign, setup } from 'xstate'
import { type Context, only, type Yield } from './context.ts'
import type { In, Input } from './input.ts'
import { onStreamEnd } from './policies.ts'
import { type Given, refusals } from './refusals.ts'
import * as commands from './updates/commands.ts'
import { toConfigured, toReloaded } from './updates/configure.ts'
import * as outside from './updates/outside.ts'
import { toArmedStart } from './updates/start.ts'
import * as stream from './updates/stream.ts'
import * as time from './updates/time.ts'

export type Update = (context: Context, event: Input) => Yield

/**
 * A named action of the machine that runs an update for events of these types. XState's interpreter would take only its context.
 * `decide` finds the update itself on the action, and takes its lines, passed cues and acts as well.
 */
function on<const T extends Input['type']>(types: readonly T[], change: (context: Context, event: In<T>) => Yield) {
  const isMeant = (event: Input): event is In<T> => types.some((type) => type === event.type)
  const update: Update = (context, event) => (isMeant(event) ? change(context, event) : only(context))
  const action = assign<Context, Input, undefined, Input, never>(({ context, event }) => update(context, event).context)
  return Object.assign(action, { update })
}

/** The guards and the updates by name. The machine below says which of them an event meets in which mode. */
const implemented = setup({
  types: { context: {} as Context, events: {} as Input, input: {} as Context },
  guards: {
    ...refusals,
    isArmed: ({ context }: Given) => context.arming !== null,
    streamStops: ({ context, event }: Given) =>
      event.type === 'updateStreamStatus' && onStreamEnd(context, event) === 'stop',
    showIsOn: ({ context }: Given) => context.show.playhead !== null,
    showIsOver: ({ context }: Given) => context.show.playhead === null,
    clockStands: ({ context }: Given) => context.show.pause !== null,
    clockRuns: ({ context }: Given) => context.show.pause === null,
  },
  actions: {
    toConfigured: on(['configure'], toConfigured),
    toReloaded: on(['configure'], toReloaded),
    toStart: on(['start'], commands.toStart),
    toArmedStart: on(['due.start'], toArmedStart),
    toStop: on(['stop'], commands.toStop),
    toPause: on(['pause'], commands.toPause),
    toResume: on(['resume'], commands.toResume),
    toReset: on(['reset'], commands.toReset),
    toNext: on(['next', 'skipCurrentScene'], commands.toNext),
    toPrevious: on(['previous'], commands.toPrevious),
    toCue: on(['goTo'], commands.toCue),
    toHold: on(['hold'], commands.toHold),
    toUnhold: on(['unhold'], commands.toUnhold),
    toExtend: on(['extend'], commands.toExtend),
    toForce: on(['forceScene'], commands.toForce),
    toRelease: on(['release'], commands.toRelease),
    toDue: on(['due.release', 'due.cue', 'due.picture', 'due.recur'], time.toDue),
    toStreamPause: on(['due.stream'], time.toStreamPause),
    toClock: on(['clock'], time.toClock),
    toGap: on(['gap'], time.toGap),
    toStreamStatus: on(['updateStreamStatus'], stream.toStreamStatus),
    toStreamStop: on(['updateStreamStatus'], stream.toStreamStop),
    toAttached: on(['attached'], outside.toAttached),
    toSeen: on(['seen'], outside.toSeen),
    toConfirmed: on(['confirmed'], outside.toConfirmed),
    toFailed: on(['failed'], outside.toFailed),
    toScenes: on(['scenes'], outside.toScenes),
    toRenamed: on(['sceneRenamed'], outside.toRenamed),
    toLink: on(['link'], outside.toLink),
    toMedia: on(['mediaPlaying', 'mediaEnded'], outside.toMedia),
    toRecording: on(['recording'], outside.toRecording),
    toProblems: on(['problems'], outside.toProblems),
    toKept: on(['kept'], outside.toKept),
  },
})

/** The commands that need a show, all refused. */
const refuse = <const Reason extends string>(guard: Reason) => ({
  start: { guard },
  stop: { guard },
  reset: { guard },
  resume: { guard },
  pause: { guard },
  next: { guard },
  skipCurrentScene: { guard },
  previous: { guard },
  goTo: { guard },
  hold: { guard },
  unhold: { guard },
  extend: { guard },
})

const noShow = { ...refuse('notRunning'), resume: { guard: 'notPaused' } } as const
const start = [{ guard: 'unknownCue' }, { target: 'running', actions: 'toStart' }] as const
const over = {
  ...noShow,
  start,
  configure: { target: 'idle', actions: 'toConfigured' },
  reset: { target: 'idle', actions: 'toReset' },
} as const
const next = [{ guard: 'staleCue' }, { guard: 'noNextCue' }, { actions: 'toNext' }] as const

/** What is the same while the show runs and while it is paused. */
const onShow = {
  start: { guard: 'alreadyRunning' },
  configure: { actions: 'toReloaded' },
  stop: { target: 'stopped', actions: 'toStop' },
  reset: { target: 'idle', actions: 'toReset' },
  next,
  skipCurrentScene: next,
  previous: [{ guard: 'staleCue' }, { guard: 'noPreviousCue' }, { actions: 'toPrevious' }],
  goTo: [{ guard: 'unknownCue' }, { guard: 'invalid' }, { actions: 'toCue' }],
  hold: { actions: 'toHold' },
  unhold: [{ guard: 'noPlannedEnd' }, { actions: 'toUnhold' }],
  extend: [{ guard: 'noPlannedEnd' }, { actions: 'toExtend' }],
  updateStreamStatus: [
    { guard: 'streamStops', target: 'stopped', actions: 'toStreamStop' },
    { actions: 'toStreamStatus' },
  ],
} as const

/**
 * Says which command is legal in which mode, and what it changes. The machine is flat: the override, the program, the stream and
 * the link are values in its context. A transition with only a guard is a refusal, and the guard's name is its reason. `always`
 * decides after each change what it means for the mode.
 */
export const machine = implemented.createMachine({
  id: 'orchestrator',
  initial: 'unconfigured',
  context: ({ input }) => input,
  on: {
    forceScene: [{ guard: 'invalid' }, { guard: 'unknownScene' }, { actions: 'toForce' }],
    release: [{ guard: 'noOverride' }, { actions: 'toRelease' }],
    updateStreamStatus: { actions: 'toStreamStatus' },
    'due.release': { actions: 'toDue' },
    'due.picture': { actions: 'toDue' },
    attached: { actions: 'toAttached' },
    clock: { actions: 'toClock' },
    gap: { actions: 'toGap' },
    seen: { actions: 'toSeen' },
    confirmed: { actions: 'toConfirmed' },
    failed: { actions: 'toFailed' },
    scenes: { actions: 'toScenes' },
    sceneRenamed: { actions: 'toRenamed' },
    link: { actions: 'toLink' },
    mediaPlaying: { actions: 'toMedia' },
    mediaEnded: { actions: 'toMedia' },
    recording: { actions: 'toRecording' },
    problems: { actions: 'toProblems' },
    kept: { actions: 'toKept' },
  },
  states: {
    unconfigured: {
      on: {
        ...refuse('notConfigured'),
        configure: { target: 'idle', actions: 'toConfigured' },
      },
    },
    idle: {
      always: { guard: 'showIsOn', target: 'running' },
      on: {
        ...noShow,
        start,
        configure: { actions: 'toConfigured' },
        stop: [{ guard: 'isArmed', target: 'stopped', actions: 'toStop' }, { guard: 'notRunning' }],
        reset: { actions: 'toReset' },
        'due.start': { actions: 'toArmedStart' },
      },
    },
    running: {
      always: [
        { guard: 'showIsOver', target: 'finished' },
        { guard: 'clockStands', target: 'paused' },
      ],
      on: {
        ...onShow,
        pause: { target: 'paused', actions: 'toPause' },
        resume: { guard: 'notPaused' },
        'due.cue': { actions: 'toDue' },
        'due.recur': { actions: 'toDue' },
        'due.stream': { target: 'paused', actions: 'toStreamPause' },
      },
    },
    paused: {
      always: [
        { guard: 'showIsOver', target: 'finished' },
        { guard: 'clockRuns', target: 'running' },
      ],
      on: {
        ...onShow,
        pause: { guard: 'notRunning' },
        resume: { target: 'running', actions: 'toResume' },
      },
    },
    stopped: { on: over },
    finished: { on: over },
  },
})
