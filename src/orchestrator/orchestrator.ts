import type { Effect } from '../playout/effect.ts'
import { type Forecast, forecastOf } from '../playout/forecast.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { createTickService } from '../tick/tickService.ts'
import { type Clock, type Instant, steadyClock, type WallOffset } from '../time/clock.ts'
import { commonClock } from '../time/systemClock.ts'
import type { AsRunLine } from './core/asRun.ts'
import { type Checkpoint, checkpointOf } from './core/checkpoint.ts'
import { type Context, type EndedTake, initialContext, noActs, noPassed, type Yield } from './core/context.ts'
import { createCore, type Heard } from './core/core.ts'
import { effectOf } from './core/effects.ts'
import { type AdapterEvent, type ClockEvent, type Command, isReport } from './core/events.ts'
import { type Cause, type ChangeEvent, type Input, playedUpTo } from './core/input.ts'
import { isEvent, parse } from './core/parse.ts'
import { explain, messages, type Reason } from './core/refusals.ts'
import type { Snapshot } from './core/snapshot.ts'
import { changedFields } from './core/view.ts'
import { type Broadcast, createBroadcast, type Listener, tell } from './readers/broadcast.ts'
import { createEventRing, type EventRing, type Reset } from './readers/eventRing.ts'
import { createListeners, type Listeners } from './readers/listeners.ts'
import {
  type Accepted,
  createTakeWatch,
  known,
  type OnAir,
  type Refused,
  type Result,
  type TakeWatch,
  withOnAir,
} from './result.ts'
import { type Verbs, verbs } from './verbs.ts'

export type OrchestratorOptions = {
  /** `readSchedule` returns undefined for a file with errors, which is allowed here. */
  readonly schedule?: Schedule | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
  /** Carries out what is wanted, and reports back with `send`. Without it, each take counts as confirmed at once. */
  readonly onEffect?: ((effect: Effect) => void) | undefined
}

/** An event for the journal: one that changed something, even if the snapshot doesn't show it, or a refusal. */
export type JournalEntry = {
  readonly seq: number
  readonly at: Instant
  readonly event: Cause
  readonly changed: Partial<Snapshot>
  readonly refused?: Reason
}

export type Orchestrator = Verbs & {
  /** Every verb calls it, and adapters report with it. The event is applied at once: the result is true when it returns. */
  send(event: Command | AdapterEvent): Result
  currentState(): Snapshot
  /** Calls the listener with each new snapshot, in order, never twice; not with the present one. Returns a function that ends this. */
  subscribe(listener: Listener): () => void
  /** The present state, then the latest whenever there is a newer one. */
  states(): AsyncIterableIterator<Snapshot>
  /** Each change from now on, or a reset for a reader that has fallen 10 000 changes behind. */
  events(): AsyncIterableIterator<ChangeEvent | Reset>
  /** When each cue of this round was planned and when it is expected. */
  forecast(): Forecast
  /** Adds an adapter for an output (default: `main`) and tells it at once what is wanted. Returns a function that removes it. */
  attach(onEffect: (effect: Effect) => void, output?: string): () => void
  onAsRun(listener: (line: AsRunLine) => void): () => void
  onJournal(listener: (entry: JournalEntry) => void): () => void
  /** Everything needed to go on from the present state. */
  checkpoint(): { readonly seq: number; readonly at: Instant; readonly checkpoint: Checkpoint }
  /** The loaded schedule; null without one. */
  schedule(): Schedule | null
  /** The scenes of the connected OBS, top to bottom; null until they are known. */
  scenes(): readonly string[] | null
  /** The present instant of the orchestrator's clock. */
  now(): Instant
  /** How far the wall clock is ahead of `now()`. */
  wallOffset(): WallOffset
  close(): Promise<void>
}

/** A director for one show: give it a schedule, send it commands, read its snapshots. */
export function createOrchestrator(options: OrchestratorOptions = {}): Orchestrator {
  const clock = options.clock === undefined ? commonClock() : steadyClock(options.clock)
  const adapters = new Set<(effect: Effect) => void>()
  if (options.onEffect !== undefined) adapters.add(options.onEffect)
  // Made when first needed, because most orchestrators need few of these.
  let asRun: Listeners<AsRunLine> | null = null
  let journal: Listeners<JournalEntry> | null = null
  let takes: TakeWatch | null = null
  let broadcast: Broadcast | null = null
  const heardBy = () => {
    broadcast ??= createBroadcast(core.snapshot)
    if (closed) broadcast.close()
    return broadcast
  }
  const effects: Effect[] = []
  /** The context of the last effect, and what has come since then for the next one. */
  let carriedOut: Context | null = null
  let passedMeanwhile = noPassed
  let actsMeanwhile = noActs
  let ring: EventRing | null = null
  let endedMeanwhile: EndedTake[] | null = null
  let carryingOut = false
  let closed = false

  const heard = ({ at, cause, refused, before, after, yielded }: Heard): void => {
    const isNew = after !== before
    if (isNew) broadcast?.add(after)
    if (yielded !== null) noteYield(yielded)
    if (ring === null && journal === null) return
    const entry = { seq: after.seq, at, event: cause, changed: changedFields(before, after) }
    if (isNew) ring?.add(entry)
    record(entry, refused)
  }

  const noteYield = ({ context, lines, passed, acts }: Yield): void => {
    takes?.ended(lines)
    // Not `push(...lines)`: there may be more of them than a call can take arguments.
    for (const ended of lines) {
      endedMeanwhile?.push(ended)
      asRun?.note(ended.line)
    }
    if (adapters.size === 0) return
    if (passed.length > 0) passedMeanwhile = [...passedMeanwhile, ...passed]
    if (acts.length > 0) actsMeanwhile = [...actsMeanwhile, ...acts]
    const { change, show, air, outside } = context
    const isNews = show !== carriedOut?.show || air !== carriedOut.air || outside.scenes !== carriedOut.outside.scenes
    // Changes of one instant make one effect.
    if (!isNews || (change !== null && change.at <= show.at)) return
    carriedOut = context
    effects.push(effectOf(context, passedMeanwhile, actsMeanwhile))
    passedMeanwhile = noPassed
    actsMeanwhile = noActs
  }

  /** Delivered at once, because a journal may ask for the state right after this event. */
  const record = (entry: JournalEntry, refused: Reason | null): void => {
    journal?.note(refused === null ? entry : { ...entry, refused })
    journal?.deliver()
  }

  const core = createCore(initialContext(clock.now(), adapters.size === 0), heard)

  /** Delivers effects first, because OBS is what the audience sees. An adapter may report back at once. */
  const flush = (): void => {
    if (effects.length > 0 && !carryingOut) {
      carryingOut = true
      for (const effect of effects) for (const adapter of adapters) tell(adapter, effect)
      effects.length = 0
      carryingOut = false
    }
    asRun?.deliver()
    broadcast?.deliver()
    ring?.wake()
  }

  const playAndDeliver = (at: Instant): void => {
    core.playTo(at)
    tick.wakeAt(core.due()?.at ?? null)
    flush()
  }

  const noteTime = (event: ClockEvent, at: Instant): void => {
    const input = { ...event, at }
    core.playTo(playedUpTo(input))
    core.judge(input, event)
    playAndDeliver(at)
  }

  const tick = createTickService({ clock, onTick: playAndDeliver, onGap: noteTime, onClock: noteTime })

  const refuse = (reason: Reason, message: string): Refused => ({ accepted: false, reason, message })

  const send = (event: Command | AdapterEvent): Result => {
    if (closed) return refuse('closed', messages.closed)
    const now = tick.observe(clock.now())
    if (broadcast?.isFull()) return refuse('queueFull', messages.queueFull)
    const parsed = parse(event, now)
    if ('message' in parsed) {
      core.playTo(now)
      if (isEvent(event)) record({ seq: core.snapshot().seq, at: now, event, changed: {} }, 'invalid')
      playAndDeliver(now)
      return refuse('invalid', parsed.message)
    }
    const report = isReport(event) ? event : null
    const input = report === null ? parsed.input : whenItHappened(parsed.input, report)
    core.playTo(playedUpTo(input))
    const before = core.context()
    const lines: EndedTake[] = []
    endedMeanwhile = lines
    const reason = core.judge(input, event)
    if (reason !== null) {
      endedMeanwhile = null
      const message = explain(reason, { context: core.context(), event: input })
      playAndDeliver(input.at)
      return refuse(reason, message)
    }
    // A change that the command made due at once belongs to the command.
    core.playTo(now)
    endedMeanwhile = null
    const onAir = report === null ? onAirOf(before, core.context(), lines) : null
    playAndDeliver(now)
    const state = core.snapshot()
    const result: Accepted = { accepted: true, seq: state.seq, state }
    return onAir === null ? result : withOnAir(result, onAir)
  }

  /** The fate of the take that a command led to, or of the cue that it put on under a force. */
  const onAirOf = (
    { air: before }: Context,
    { air: { takeCount, take } }: Context,
    lines: readonly EndedTake[],
  ): OnAir | null => {
    if (takeCount > before.takeCount) {
      for (const { takeId, line } of lines) if (takeId === takeCount) return known(line.outcome)
      if (take === null) return null
      takes ??= createTakeWatch()
      return takes.follow(takeCount)
    }
    for (const { line } of lines) if (line.outcome === 'covered') return known('covered')
    return null
  }

  /** A report may be about a moment ago, but not before anything that was already judged. */
  const whenItHappened = (input: Input, report: AdapterEvent): Input => {
    if (!('at' in report) || report.at === undefined) return input
    return {
      ...input,
      at: Math.min(input.at, Math.max(Math.floor(report.at), core.context().show.at, core.snapshot().at)),
    }
  }

  if (options.schedule !== undefined) {
    const result = send({ type: 'configure', schedule: options.schedule })
    if (!result.accepted) {
      tick.close()
      throw new TypeError(result.message)
    }
  }

  // Assigned, because in Node 20 the result of a spread has a hidden class of its own, 0.8 KB per orchestrator.
  const commands: Verbs = Object.create(verbs)
  return Object.assign<Verbs, Omit<Orchestrator, keyof Verbs>>(commands, {
    send,
    currentState: core.snapshot,
    subscribe: (listener) => heardBy().subscribe(listener),
    states: () => heardBy().states(),
    events() {
      ring ??= createEventRing(core.snapshot)
      if (closed) ring.close()
      return ring.read()
    },
    forecast() {
      const { timeline, show, arming } = core.context()
      const at = clock.now()
      return forecastOf(timeline, show, at, arming?.kind === 'time' ? Math.max(arming.wall - show.offset, at) : at)
    },
    attach(onEffect, output = 'main') {
      send({ type: 'attached', output })
      adapters.add(onEffect)
      tell(onEffect, effectOf(core.context(), noPassed, noActs))
      return () => void adapters.delete(onEffect)
    },
    onAsRun(listener) {
      asRun ??= createListeners()
      return asRun.listen(listener)
    },
    onJournal(listener) {
      journal ??= createListeners()
      return journal.listen(listener)
    },
    checkpoint() {
      const { seq, mode } = core.snapshot()
      return { seq, at: clock.now(), checkpoint: checkpointOf(core.context(), mode) }
    },
    schedule: () => core.context().timeline?.schedule ?? null,
    scenes() {
      const { names } = core.context().outside.scenes
      return names === null ? null : [...names]
    },
    now: () => clock.now(),
    wallOffset: () => core.context().show.offset,
    async close() {
      if (closed) return
      closed = true
      tick.close()
      core.close()
      adapters.clear()
      takes?.close()
      broadcast?.close()
      ring?.close()
    },
  })
}
