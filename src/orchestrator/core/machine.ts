import { implemented } from './implemented.ts'

const refuse = <const Reason extends string>(guard: Reason) => ({
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
  stop: { guard: 'notRunning' },
  reset: { target: 'idle', actions: 'toReset' },
} as const
const next = [{ guard: 'staleCue' }, { guard: 'noNextCue' }, { actions: 'toNext' }] as const

/** What moves the show about, the same while it runs and while it is paused. */
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
 * Which command is legal in which mode, and what it changes. One flat machine: overrides, program, stream and link are
 * values in its context. A transition with a guard and nothing else is a refusal; the guard's name is its reason. What a change
 * means for the mode is decided after it, by `always`.
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
    mediaPlaying: { actions: 'toMediaPlaying' },
    mediaEnded: { actions: 'toMediaEnded' },
    recording: { actions: 'toRecording' },
    problems: { actions: 'toProblems' },
  },
  states: {
    unconfigured: {
      on: {
        ...refuse('notConfigured'),
        start: { guard: 'notConfigured' },
        stop: { guard: 'notConfigured' },
        resume: { guard: 'notConfigured' },
        reset: { guard: 'notConfigured' },
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
