import { implemented } from './implemented.ts'

const noShow = {
  pause: { guard: 'notRunning' },
  resume: { guard: 'notPaused' },
  next: { guard: 'notRunning' },
  skipCurrentScene: { guard: 'notRunning' },
  previous: { guard: 'notRunning' },
  goTo: { guard: 'notRunning' },
  hold: { guard: 'notRunning' },
  unhold: { guard: 'notRunning' },
  extend: { guard: 'notRunning' },
} as const

const notConfigured = {
  start: { guard: 'notConfigured' },
  stop: { guard: 'notConfigured' },
  pause: { guard: 'notConfigured' },
  resume: { guard: 'notConfigured' },
  reset: { guard: 'notConfigured' },
  next: { guard: 'notConfigured' },
  skipCurrentScene: { guard: 'notConfigured' },
  previous: { guard: 'notConfigured' },
  goTo: { guard: 'notConfigured' },
  hold: { guard: 'notConfigured' },
  unhold: { guard: 'notConfigured' },
  extend: { guard: 'notConfigured' },
} as const

const start = [{ guard: 'unknownCue' }, { target: 'running', actions: 'toStart' }] as const
const skip = <const Ends extends string>(ends: Ends) =>
  [
    { guard: 'staleCue' },
    { guard: 'noNextCue' },
    { guard: 'nextEndsShow', target: 'finished', actions: ends },
    { actions: 'toNext' },
  ] as const
/** What is to be done at the end of the show is done only where that is reached while it runs. */
const skipWhileRunning = skip('toNextFinish')
const skipInPause = skip('toNext')

/** What moves the show about, the same while it runs and while it is paused. */
const onShow = {
  start: { guard: 'alreadyRunning' },
  configure: { actions: 'toReloaded' },
  stop: { target: 'stopped', actions: 'toStop' },
  reset: { target: 'idle', actions: 'toReset' },
  previous: [{ guard: 'staleCue' }, { guard: 'noPreviousCue' }, { actions: 'toPrevious' }],
  goTo: [{ guard: 'unknownCue' }, { guard: 'invalid' }, { actions: 'toCue' }],
  hold: { actions: 'toHold' },
  unhold: [{ guard: 'noPlannedEnd' }, { actions: 'toUnhold' }],
  extend: [{ guard: 'noPlannedEnd' }, { actions: 'toExtend' }],
} as const

/**
 * Which command is legal in which mode, and what it changes. One flat machine: overrides, program, stream and link are
 * values in its context. A transition with a guard and nothing else is a refusal; the guard's name is its reason.
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
    unconfigured: { on: { ...notConfigured, configure: { target: 'idle', actions: 'toConfigured' } } },
    idle: {
      on: {
        ...noShow,
        configure: { actions: 'toConfigured' },
        start,
        stop: [{ guard: 'isArmed', target: 'stopped', actions: 'toStop' }, { guard: 'notRunning' }],
        reset: { actions: 'toReset' },
        updateStreamStatus: [
          { guard: 'streamBegins', target: 'running', actions: 'toStreamStart' },
          { actions: 'toStreamStatus' },
        ],
        'due.start': [
          { guard: 'startIsMissed', actions: 'toNextStart' },
          { target: 'running', actions: 'toArmedStart' },
        ],
      },
    },
    running: {
      on: {
        ...onShow,
        next: skipWhileRunning,
        skipCurrentScene: skipWhileRunning,
        pause: { target: 'paused', actions: 'toPause' },
        resume: { guard: 'notPaused' },
        forceScene: [
          { guard: 'invalid' },
          { guard: 'unknownScene' },
          { guard: 'pausesShow', target: 'paused', actions: 'toForce' },
          { actions: 'toForce' },
        ],
        updateStreamStatus: [
          { guard: 'streamStops', target: 'stopped', actions: 'toStreamStop' },
          { guard: 'streamPauses', target: 'paused', actions: 'toStoppedPause' },
          { actions: 'toStreamStatus' },
        ],
        'due.cue': [{ guard: 'cueEndsShow', target: 'finished', actions: 'toFinish' }, { actions: 'toDue' }],
        'due.finish': { target: 'finished', actions: 'toFinish' },
        'due.recur': { actions: 'toDue' },
        'due.stream': { target: 'paused', actions: 'toStreamPause' },
        gap: [{ guard: 'gapEndsShow', target: 'finished', actions: 'toGap' }, { actions: 'toGap' }],
      },
    },
    paused: {
      on: {
        ...onShow,
        next: skipInPause,
        skipCurrentScene: skipInPause,
        pause: { guard: 'notRunning' },
        resume: { target: 'running', actions: 'toResume' },
        forceScene: [
          { guard: 'invalid' },
          { guard: 'unknownScene' },
          { guard: 'replacesPause', target: 'running', actions: 'toForce' },
          { actions: 'toForce' },
        ],
        release: [
          { guard: 'noOverride' },
          { guard: 'resumesShow', target: 'running', actions: 'toRelease' },
          { actions: 'toRelease' },
        ],
        updateStreamStatus: [
          { guard: 'streamStops', target: 'stopped', actions: 'toStreamStop' },
          { guard: 'streamReturns', target: 'running', actions: 'toStreamResume' },
          { actions: 'toStreamStatus' },
        ],
        'due.release': [{ guard: 'resumesShow', target: 'running', actions: 'toDue' }, { actions: 'toDue' }],
        seen: [{ guard: 'seenResumes', target: 'running', actions: 'toSeen' }, { actions: 'toSeen' }],
        link: [{ guard: 'linkResumes', target: 'running', actions: 'toLink' }, { actions: 'toLink' }],
        gap: [
          { guard: 'gapEndsShow', target: 'finished', actions: 'toGap' },
          { guard: 'gapResumes', target: 'running', actions: 'toGap' },
          { actions: 'toGap' },
        ],
      },
    },
    stopped: {
      on: {
        ...noShow,
        start,
        configure: { target: 'idle', actions: 'toConfigured' },
        stop: { guard: 'notRunning' },
        reset: { target: 'idle', actions: 'toReset' },
      },
    },
    finished: {
      on: {
        ...noShow,
        start,
        configure: { target: 'idle', actions: 'toConfigured' },
        stop: { guard: 'notRunning' },
        reset: { target: 'idle', actions: 'toReset' },
      },
    },
  },
})
