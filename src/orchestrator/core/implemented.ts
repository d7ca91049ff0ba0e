import { assign, setup } from 'xstate'
import { showWith } from '../../playout/show.ts'
import { type Context, contextWith } from './context.ts'
import { branches, refusals } from './guards.ts'
import type { In, Input } from './input.ts'
import * as commands from './updates/commands.ts'
import { toConfigured, toReloaded, withoutGhost } from './updates/configure.ts'
import * as obs from './updates/obs.ts'
import { isMissed, toArmedStart, toNextStart } from './updates/start.ts'
import * as stream from './updates/stream.ts'
import * as time from './updates/time.ts'

type Update<E> = (context: Context, event: E) => Context

/** A named update of the machine: what the events of these types make of the context. */
function on<const T extends Input['type']>(types: readonly T[], update: Update<In<T>>) {
  const isMeant = (event: Input): event is In<T> => types.some((type) => type === event.type)
  return assign<Context, Input, undefined, Input, never>(({ context, event }) =>
    isMeant(event) ? withoutGhost(update(context, event)) : context,
  )
}

/** As `on`, for what an operator does: a pause that came with the stream is the operator's from then on. */
function operator<const T extends Input['type']>(types: readonly T[], update: Update<In<T>>) {
  return on(types, (context, event) => update(acted(context), event))
}

function acted(context: Context): Context {
  const { pause } = context.show
  if (pause?.by !== 'stream') return context
  return contextWith(context, { show: showWith(context.show, { pause: { since: pause.since, by: 'operator' } }) })
}

/** Whether the show is over once the event has been played. */
const endsShow =
  <const T extends Input['type']>(type: T, update: Update<In<T>>) =>
  ({ context, event }: { context: Context; event: Input }): boolean =>
    isOf(event, type) && update(context, event).show.playhead === null

/** Whether the show's clock runs once the event has been played. */
const resumesBy =
  <const T extends Input['type']>(type: T, update: Update<In<T>>) =>
  ({ context, event }: { context: Context; event: Input }): boolean =>
    context.show.pause?.by === 'force' && isOf(event, type) && update(context, event).show.pause === null

const isOf = <const T extends Input['type']>(event: Input, type: T): event is In<T> => event.type === type

const refusal =
  (guard: (context: Context, event: Input) => boolean) =>
  ({ context, event }: { context: Context; event: Input }): boolean =>
    guard(context, event)

/** What the guards and the named updates of the machine do; the machine itself says when. */
export const implemented = setup({
  types: { context: {} as Context, events: {} as Input, input: {} as Context },
  guards: {
    notConfigured: refusal(refusals.notConfigured),
    alreadyRunning: refusal(refusals.alreadyRunning),
    notRunning: refusal(refusals.notRunning),
    notPaused: refusal(refusals.notPaused),
    noOverride: refusal(refusals.noOverride),
    noNextCue: refusal(refusals.noNextCue),
    noPreviousCue: refusal(refusals.noPreviousCue),
    noPlannedEnd: refusal(refusals.noPlannedEnd),
    unknownCue: refusal(refusals.unknownCue),
    unknownScene: refusal(refusals.unknownScene),
    staleCue: refusal(refusals.staleCue),
    invalid: refusal(refusals.invalid),
    isArmed: refusal(branches.isArmed),
    pausesShow: refusal(
      (context, event) => branches.pausesShow(context, event) && !branches.togglesOff(context, event),
    ),
    resumesShow: refusal(branches.isPauseOfForce),
    replacesPause: refusal(
      (context, event) =>
        branches.isPauseOfForce(context) &&
        (!branches.pausesShow(context, event) || branches.togglesOff(context, event)),
    ),
    nextEndsShow: refusal(commands.endsByNext),
    cueEndsShow: endsShow('due.cue', time.toDue),
    startIsMissed: ({ context, event }) => isOf(event, 'due.start') && isMissed(context, event),
    gapEndsShow: endsShow('gap', time.toGap),
    gapResumes: resumesBy('gap', time.toGap),
    seenResumes: resumesBy('seen', obs.toSeen),
    linkResumes: resumesBy('link', obs.toLink),
    streamBegins: ({ context, event }) => isOf(event, 'updateStreamStatus') && stream.streamBegins(context, event),
    streamStops: ({ context, event }) =>
      isOf(event, 'updateStreamStatus') && stream.streamEnds(context, event) && branches.stopsWithStream(context),
    streamPauses: ({ context, event }) =>
      isOf(event, 'updateStreamStatus') && stream.streamEnds(context, event) && branches.pausesWithStream(context),
    streamReturns: ({ context, event }) => isOf(event, 'updateStreamStatus') && stream.streamReturns(context, event),
  },
  actions: {
    toConfigured: on(['configure'], toConfigured),
    toReloaded: on(['configure'], toReloaded),
    toStart: on(['start'], commands.toStart),
    toArmedStart: on(['due.start'], toArmedStart),
    toNextStart: on(['due.start'], toNextStart),
    toStop: on(['stop'], commands.toStop),
    toPause: on(['pause'], commands.toPause),
    toResume: on(['resume'], commands.toResume),
    toReset: on(['reset'], commands.toReset),
    toNext: operator(['next', 'skipCurrentScene'], commands.toNext),
    toNextFinish: operator(['next', 'skipCurrentScene'], time.toNextFinish),
    toPrevious: operator(['previous'], commands.toPrevious),
    toCue: operator(['goTo'], commands.toCue),
    toHold: operator(['hold'], commands.toHold),
    toUnhold: operator(['unhold'], commands.toUnhold),
    toExtend: operator(['extend'], commands.toExtend),
    toForce: operator(['forceScene'], commands.toForce),
    toRelease: operator(['release'], commands.toRelease),
    toDue: on(['due.release', 'due.cue', 'due.picture', 'due.recur'], time.toDue),
    toFinish: on(['due.finish', 'due.cue'], time.toFinish),
    toStreamPause: on(['due.stream'], time.toStreamPause),
    toClock: on(['clock'], time.toClock),
    toGap: on(['gap'], time.toGap),
    toStreamStatus: on(['updateStreamStatus'], stream.toStreamStatus),
    toStreamStart: on(['updateStreamStatus'], stream.toStreamStart),
    toStreamStop: on(['updateStreamStatus'], stream.toStreamStop),
    toStoppedPause: on(['updateStreamStatus'], stream.toStoppedPause),
    toStreamResume: on(['updateStreamStatus'], stream.toStreamResume),
    toSeen: on(['seen'], obs.toSeen),
    toConfirmed: on(['confirmed'], obs.toConfirmed),
    toFailed: on(['failed'], obs.toFailed),
    toScenes: on(['scenes'], obs.toScenes),
    toRenamed: on(['sceneRenamed'], obs.toRenamed),
    toLink: on(['link'], obs.toLink),
    toMediaPlaying: on(['mediaPlaying'], obs.toMediaPlaying),
    toMediaEnded: on(['mediaEnded'], obs.toMediaEnded),
    toRecording: on(['recording'], obs.toRecording),
    toProblems: on(['problems'], obs.toProblems),
  },
})
