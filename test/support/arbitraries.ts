import fc from 'fast-check'
import type { AdapterEvent, ClockEvent, Command } from '../../src/orchestrator/core/events.ts'
import { checkSchedule } from '../../src/schedule/check.ts'
import type { Schedule } from '../../src/schedule/model/schedule.ts'
import type { Instant, Millis } from '../../src/time/clock.ts'

/** A schedule as a file has it. */
export type Written = Readonly<Record<string, unknown>>

/** A schedule and the instant at which everything begins. */
export type Setting = { readonly at: Instant; readonly written: Written }

/** What may happen, caused by an operator, OBS or the clock. `take` stands for the pending take. */
export type Happening =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'configure'; readonly written: Written }
  | { readonly kind: 'report'; readonly report: AdapterEvent }
  | { readonly kind: 'answer'; readonly good: boolean }
  | { readonly kind: 'clock'; readonly event: ClockEvent & { type: 'clock' } }
  | { readonly kind: 'gap' }
  | { readonly kind: 'tick' }

/** What happens, and how long after the step before. */
export type Step = { readonly wait: Millis; readonly happening: Happening }

export type Story = Setting & { readonly steps: readonly Step[] }

export const scenes = ['A', 'B', 'C', 'D', 'Filler', 'Fallback'] as const
const scene = fc.constantFrom('A', 'B', 'C', 'D')
const ids = ['one', 'two', 'three'] as const
const inputs = ['Reel', 'Clip'] as const

/** Moments at which calendars do something: plain days, midnight, the start and end of summer time. */
const moments = [
  { timezone: 'UTC', at: Date.parse('2026-05-04T12:00:00Z') },
  { timezone: 'Europe/Berlin', at: Date.parse('2026-05-04T21:59:45Z') },
  { timezone: 'Europe/Berlin', at: Date.parse('2026-03-29T00:59:45Z') },
  { timezone: 'Europe/Berlin', at: Date.parse('2026-10-25T00:59:45Z') },
  { timezone: 'Europe/Berlin', at: Date.parse('2026-10-25T00:30:00Z') },
  { timezone: 'America/New_York', at: Date.parse('2026-11-01T05:59:45Z') },
] as const

/** In half seconds, so that things often happen at the same instant. */
const halfSeconds = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * 500)
const length = halfSeconds(1, 40).map(asDuration)

/** A show of seconds, or a show of hours that goes on for days. */
const paces = [1, 3600] as const
type Pace = (typeof paces)[number]
const lengthAt = (pace: Pace) => halfSeconds(1, 40).map((millis) => asDuration(millis * pace))

function asDuration(millis: Millis): string {
  return `${millis}ms`
}

const known = new WeakMap<Written, ReturnType<typeof checkSchedule>>()

function checked(written: Written): ReturnType<typeof checkSchedule> {
  const before = known.get(written)
  if (before !== undefined) return before
  const found = checkSchedule(written)
  known.set(written, found)
  return found
}

/** The schedule that the document describes. Throws if it isn't valid. */
export function scheduleOf(written: Written): Schedule {
  const { schedule, problems } = checked(written)
  if (schedule === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  return schedule
}

const state = fc.oneof(
  fc.constantFrom('Logo', 'Lower Third').map((item) => ({ show: item })),
  fc.constantFrom('Logo', 'Lower Third').map((item) => ({ hide: { scene: 'A', item } })),
  fc.constantFrom('Mic', 'Music').map((input) => ({ mute: input })),
  fc.constantFrom('Mic', 'Music').map((input) => ({ unmute: input })),
)

/** Undefined this many times as often as not. */
const rarely = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const timed = fc.record({ after: some(length), for: some(length) })
const stateAction = fc.tuple(state, timed).map(([what, when]) => defined({ ...what, ...when }))
const sceneState = fc
  .tuple(
    state.map((one) => ('show' in one ? { show: { scene: 'B', item: one.show } } : one)),
    timed,
  )
  .map(([what, when]) => defined({ ...what, ...when }))
const act = fc.constantFrom<Written>(
  { chapter: 'x' },
  { media: 'Reel', do: 'play' },
  { text: 'Title', value: 'y' },
  { do: 'saveReplay' },
)
const actAction = fc.oneof(
  fc.constantFrom('startRecord', 'saveReplay'),
  fc.tuple(act, some(length)).map(([what, after]) => defined({ ...what, after })),
)
const action = fc.oneof(stateAction, actAction)
const transition = fc.constantFrom('Cut', 'Fade 300ms')
const broughtAlong = fc
  .record({ transition: some(transition), actions: fc.array(sceneState, { maxLength: 2 }) })
  .map((brought) => defined(brought))

type Rules = {
  /** Whether the schedule has times of day; default: true. */
  readonly times?: boolean
  readonly pace?: Pace
}

const endings = (time: fc.Arbitrary<string>, { times = true, pace = 1 }: Rules) =>
  fc.oneof(
    { weight: 6, arbitrary: lengthAt(pace).map((duration) => ({ duration })) },
    { weight: 2, arbitrary: some(lengthAt(pace)).map((duration) => ({ hold: true, duration })) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(...inputs), lengthAt(pace)).map(([media, duration]) => ({ media, duration })),
    },
    ...(times
      ? [
          { weight: 2, arbitrary: time.map((until) => ({ until })) },
          { weight: 1, arbitrary: fc.constant({}) },
        ]
      : []),
  )

function cue(time: fc.Arbitrary<string>, rules: Rules): fc.Arbitrary<Written> {
  const { times = true } = rules
  const rest = fc.record({
    scene,
    at: times ? rarely(3, time) : fc.constant(undefined),
    due: times ? rarely(10, time) : fc.constant(undefined),
    skip: rarely(8, fc.constant(true)),
    transition: rarely(6, transition),
    actions: rarely(3, fc.array(action, { maxLength: 3 })),
  })
  return fc.tuple(rest, endings(time, rules)).map(([one, ending]) => defined({ ...one, ...ending }))
}

function recurring(time: fc.Arbitrary<string>, { times = true, pace = 1 }: Rules): fc.Arbitrary<Written> {
  const every = fc.record({
    every: halfSeconds(4, 60).map((millis) => asDuration(millis * pace)),
    scene,
    duration: lengthAt(pace),
  })
  if (!times) return every
  const days = some(fc.uniqueArray(fc.constantFrom('sun', 'mon', 'tue'), { minLength: 1 }))
  const at = fc.record({
    at: fc.uniqueArray(time, { minLength: 1, maxLength: 3 }),
    days,
    scene,
    duration: lengthAt(pace),
  })
  return fc.oneof(
    every,
    at.map((one) => defined(one)),
  )
}

/** Times of day around the moment, some in the hour that summer time leaves out or repeats. */
function timesAround(at: Instant, timezone: string, pace: Pace): fc.Arbitrary<string> {
  const near = fc.integer({ min: -60, max: 120 }).map((seconds) => wallTime(at + seconds * 1000 * pace, timezone))
  return fc.oneof({ weight: 6, arbitrary: near }, { weight: 1, arbitrary: fc.constantFrom('02:30', '03:30', '00:00') })
}

const walls = new Map<string, Intl.DateTimeFormat>()

function wallTime(instant: Instant, timezone: string): string {
  const wall =
    walls.get(timezone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium', hourCycle: 'h23' })
  walls.set(timezone, wall)
  return wall.format(instant)
}

function documents(at: Instant, timezone: string, rules: Rules): fc.Arbitrary<Written> {
  const { times = true, pace = 1 } = rules
  const time = timesAround(at, timezone, pace)
  const head = fc.record({
    start: rarely(4, times ? fc.oneof(fc.constant('stream'), time) : fc.constant('stream')),
    loop: some(fc.constantFrom<boolean | number>(true, 2, 3)),
    whenFinished: some(fc.constant(['stopRecord', 'stopStream'])),
    transition: some(transition),
    fallback: some(fc.constant('Fallback')),
    filler: some(fc.constant('Filler')),
    policies: fc.record(
      {
        manualSwitch: fc.constantFrom('adopt', 'reclaim'),
        afterGap: fc.constantFrom('catchUp', 'resume'),
        streamLost: fc.constantFrom('continue', 'pause'),
        streamGrace: fc.constantFrom('1s', '10s'),
        streamStopped: fc.constantFrom('continue', 'pause', 'stop'),
      },
      { requiredKeys: [] },
    ),
    scenes: some(fc.record({ B: broughtAlong, Filler: broughtAlong, Fallback: broughtAlong }, { requiredKeys: [] })),
  })
  return fc
    .record({
      head,
      cues: fc.array(cue(time, rules), { minLength: 1, maxLength: 7 }),
      named: fc.subarray([...ids]),
      recurring: fc.array(recurring(time, rules), { maxLength: 2 }),
    })
    .map(({ head, cues, named, recurring }) =>
      defined({ version: 1, timezone, ...head, cues: repaired(cues, named, head.loop === true, pace), recurring }),
    )
    .filter((written) => checked(written).schedule !== undefined)
}

/** Corrects what the linter refuses: a cue without an ending gets one, and of two hard starts at one time the second goes. */
function repaired(
  cues: readonly Written[],
  named: readonly string[],
  endless: boolean,
  pace: Pace,
): readonly Written[] {
  const played = cues.filter((one) => one['skip'] !== true)
  const seen = new Set<unknown>()
  const hard = new Set<Written>()
  for (const one of played) {
    if (one['at'] === undefined || seen.has(one['at'])) continue
    seen.add(one['at'])
    hard.add(one)
  }
  return cues.map((one, index) => {
    const { at, ...rest } = one
    const place = played.indexOf(one)
    const next = played[place + 1] ?? (endless ? played[0] : undefined)
    const isOpen = rest['duration'] === undefined && rest['until'] === undefined && rest['hold'] !== true
    const ends = isOpen && (next === undefined || !hard.has(next)) ? { duration: asDuration(5000 * pace) } : {}
    const id = named[index]
    return defined({ ...rest, ...ends, at: hard.has(one) ? at : undefined, id })
  })
}

/** Any schedule, with a moment at which to begin. */
export function settings(rules: Rules = {}): fc.Arbitrary<Setting> {
  return fc
    .constantFrom(...moments)
    .chain(({ timezone, at }) => documents(at, timezone, rules).map((written) => ({ at, written })))
}

const cueId = fc.constantFrom(...ids, 'a', 'b', 'c', 'd', 'a-2', 'nowhere')
const ifCue = rarely(5, cueId)
const until = fc.oneof(fc.constantFrom('release', 'cueEnd'), length)

const nextCommand = ifCue.map((cue): Command => (cue === undefined ? { type: 'next' } : { type: 'next', ifCue: cue }))
const goTo = fc
  .tuple(cueId, some(length))
  .map(([cue, offset]): Command => (offset === undefined ? { type: 'goTo', cue } : { type: 'goTo', cue, offset }))
const extend = fc
  .tuple(fc.constantFrom('', '-'), length)
  .map(([sign, by]): Command => ({ type: 'extend', by: `${sign}${by}` }))

/** Forces that don't pause the show. */
export const plainForces: fc.Arbitrary<Command> = fc.record(
  { type: fc.constant('forceScene'), scene, until, toggle: fc.boolean() },
  { requiredKeys: ['type', 'scene'] },
)

const forces: fc.Arbitrary<Command> = fc.record(
  { type: fc.constant('forceScene'), scene, until, toggle: fc.boolean(), pause: fc.boolean() },
  { requiredKeys: ['type', 'scene'] },
)

/** What moves the cues while the show runs. */
export const moves: fc.Arbitrary<Command> = fc.oneof(
  nextCommand,
  goTo,
  extend,
  fc.constantFrom<Command>({ type: 'previous' }, { type: 'hold' }, { type: 'unhold' }, { type: 'skipCurrentScene' }),
)

const phases = fc.constantFrom('offline', 'starting', 'live', 'reconnecting', 'stopping')

/** All commands with all their arguments, except `configure`. */
export const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: some(cueId).map((cue): Command => (cue === undefined ? { type: 'start' } : { type: 'start', cue })),
  },
  { weight: 4, arbitrary: moves },
  { weight: 4, arbitrary: forces },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Command>({ type: 'pause' }, { type: 'resume' }, { type: 'release' }, { type: 'start' }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Command>({ type: 'stop' }, { type: 'reset' }) },
  { weight: 2, arbitrary: phases.map((phase): Command => ({ type: 'updateStreamStatus', phase })) },
)

const obs = { version: '32.0.0', websocket: '5.6.0', platform: 'linux' }
const anyScene = fc.constantFrom(...scenes, 'Elsewhere')

/** What an adapter may report. */
const reports: fc.Arbitrary<AdapterEvent> = fc.oneof(
  fc
    .tuple(anyScene, fc.constantFrom('operator', 'obs'))
    .map(([name, by]): AdapterEvent => ({ type: 'seen', scene: name, by })),
  fc.subarray([...scenes], { minLength: 1 }).map((names): AdapterEvent => ({ type: 'scenes', scenes: names })),
  fc
    .tuple(scene, fc.constantFrom('A', 'Renamed'))
    .map(([from, to]): AdapterEvent => ({ type: 'sceneRenamed', from, to })),
  fc.constantFrom('down', 'connecting').map((phase): AdapterEvent => ({ type: 'link', phase })),
  fc
    .tuple(anyScene, fc.constantFrom(true, false, null))
    .map(([program, restarted]): AdapterEvent => ({ type: 'link', phase: 'up', obs, restarted, program })),
  fc
    .tuple(fc.constantFrom(...inputs), halfSeconds(0, 30))
    .map(([input, remaining]): AdapterEvent => ({ type: 'mediaPlaying', input, remaining })),
  fc.constantFrom(...inputs).map((input): AdapterEvent => ({ type: 'mediaEnded', input })),
  fc.constantFrom('off', 'recording', 'paused').map((phase): AdapterEvent => ({ type: 'recording', phase })),
  fc.tuple(fc.constantFrom('x', 'y'), fc.subarray(['It broke.', 'It broke again.'])).map(
    ([code, messages]): AdapterEvent => ({
      type: 'problems',
      code,
      found: messages.map((message) => ({ message })),
    }),
  ),
)

const waits = (pace: Pace) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: halfSeconds(0, 20).map((millis) => millis * pace) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 3000 }) },
    { weight: 1, arbitrary: fc.constant(60_000) },
  )

export const step = (happening: fc.Arbitrary<Happening>, pace: Pace = 1): fc.Arbitrary<Step> =>
  fc.record({ wait: waits(pace), happening })

export const commanded = (command: fc.Arbitrary<Command>): fc.Arbitrary<Happening> =>
  command.map((one) => ({ kind: 'command', command: one }))

/** Everything that an orchestrator can receive, in any order. */
const anything = (other: fc.Arbitrary<Written>): fc.Arbitrary<Happening> =>
  fc.oneof(
    { weight: 12, arbitrary: commanded(commands) },
    { weight: 4, arbitrary: reports.map((report): Happening => ({ kind: 'report', report })) },
    { weight: 2, arbitrary: fc.boolean().map((good): Happening => ({ kind: 'answer', good })) },
    { weight: 1, arbitrary: other.map((written): Happening => ({ kind: 'configure', written })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(-3_600_000, -5000, 0, 5000, 60_000)
        .map((offset): Happening => ({ kind: 'clock', event: { type: 'clock', offset } })),
    },
    { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'gap' }) },
    { weight: 3, arbitrary: fc.constant<Happening>({ kind: 'tick' }) },
  )

const begun = fc.constant<Step[]>([{ wait: 0, happening: { kind: 'command', command: { type: 'start' } } }])

/** A setting and what happens in it. A reload brings another schedule for the same moment. */
export function stories(maxLength = 25): fc.Arbitrary<Story> {
  return fc.tuple(fc.constantFrom(...moments), fc.constantFrom(...paces)).chain(([{ timezone, at }, pace]) => {
    const document = documents(at, timezone, { pace })
    const rest = fc.array(step(anything(document), pace), { maxLength, size: 'max' })
    const steps = fc.tuple(fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 4, arbitrary: begun }), rest)
    return fc.record({ at: fc.constant(at), written: document, steps: steps.map((all) => all.flat()) })
  })
}

/** Leaves out the keys that have no value. */
const defined = (fields: Written): Written =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
