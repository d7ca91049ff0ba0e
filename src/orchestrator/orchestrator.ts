import { type Forecast, forecastOf } from '../playout/forecast.ts'
import { none } from '../playout/timeline.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import { createTickService } from '../tick/tickService.ts'
import { type Clock, type Instant, steadyClock, type WallOffset } from '../time/clock.ts'
import { commonClock } from '../time/systemClock.ts'
import type { AsRunLine } from './core/asRun.ts'
import { type Checkpoint, checkpointOf } from './core/checkpoint.ts'
import { type EndedTake, initialContext, withOutside } from './core/context.ts'
import { createCore, type Heard } from './core/core.ts'
import { effectOf } from './core/effects.ts'
import type { AdapterEvent, ClockEvent, Command } from './core/events.ts'
import { type ChangeEvent, type JournalEntry, playedUpTo } from './core/input.ts'
import { isEvent, isReport, parse } from './core/parse.ts'
import type { RecoveredShow } from './core/recovery.ts'
import { explain, messages, type Reason } from './core/refusals.ts'
import type { Snapshot } from './core/snapshot.ts'
import { createDelivery, type OnEffect } from './delivery.ts'
import type { Reset } from './readers/eventRing.ts'
import { type Listener, tell } from './readers/listeners.ts'
import {
  type Accepted,
  createTakeWatch,
  fateOf,
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
  readonly onEffect?: OnEffect | undefined
  /** Goes on from this state of an earlier process. Send it a `gap` next. */
  readonly from?: RecoveredShow | undefined
}

export type Orchestrator = Verbs & {
  /** Every verb calls it, and adapters report with it. The event is applied at once: the result is true when it returns. */
  send(event: Command | AdapterEvent): Result
  currentState(): Snapshot
  /** Calls the listener with each new snapshot, in order, never twice; not with the present one. Returns a function that ends this. */
  subscribe(listener: Listener<Snapshot>): () => void
  /** The present state, then the latest whenever there is a newer one. */
  states(): AsyncIterableIterator<Snapshot>
  /** Each change from now on, or a reset for a reader that has fallen 10 000 changes behind. */
  events(): AsyncIterableIterator<ChangeEvent | Reset>
  /** When each cue of this round was planned and when it is expected. */
  forecast(): Forecast
  /** Adds an adapter for an output (default: `main`) and tells it at once what is wanted. Returns a function that removes it. */
  attach(onEffect: OnEffect, output?: string): () => void
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
  /** Made when first needed: without an adapter, nobody waits for a take. */
  let takes: TakeWatch | null = null
  let endedMeanwhile: EndedTake[] | null = null
  let closed = false

  const heard = (event: Heard): void => {
    const lines = event.yielded?.lines ?? none
    takes?.ended(lines)
    // Not `push(...lines)`: there may be more of them than a call can take arguments.
    if (endedMeanwhile !== null) for (const ended of lines) endedMeanwhile.push(ended)
    delivery.note(event)
  }

  const ideal = options.onEffect === undefined
  const { from } = options
  const initial = from === undefined ? initialContext(clock.now(), ideal) : withOutside(from.context, { ideal })
  const core = createCore(initial, heard, from)
  const delivery = createDelivery(core.snapshot)
  if (options.onEffect !== undefined) delivery.add(options.onEffect)

  const playAndDeliver = (at: Instant): void => {
    core.playTo(at)
    tick.wakeAt(core.due()?.at ?? null)
    delivery.flush()
  }

  const noteTime = (event: ClockEvent, at: Instant): void => {
    const input = { ...event, at }
    core.playTo(playedUpTo(input))
    core.judge(input, event)
    playAndDeliver(at)
  }

  const { offset } = initial.show
  const tick = createTickService({ clock, offset, onTick: playAndDeliver, onGap: noteTime, onClock: noteTime })

  const refuse = (reason: Reason, message: string): Refused => ({ accepted: false, reason, message })

  const send = (event: Command | AdapterEvent): Result => {
    if (closed) return refuse('closed', messages.closed)
    const now = tick.observe(clock.now())
    if (delivery.isFull()) return refuse('queueFull', messages.queueFull)
    // A report can't count before anything that was already judged.
    const parsed = parse(event, now, Math.max(core.context().show.at, core.snapshot().at))
    if ('message' in parsed) {
      core.playTo(now)
      const state = core.snapshot()
      if (isEvent(event))
        delivery.note({ at: now, cause: event, refused: 'invalid', before: state, after: state, yielded: null })
      playAndDeliver(now)
      return refuse('invalid', parsed.message)
    }
    const { input } = parsed
    core.playTo(playedUpTo(input))
    const before = core.context().air
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
    const fate = isReport(event) ? null : fateOf(before, core.context().air, lines)
    if (fate === 'open') takes ??= createTakeWatch()
    const onAir = fate === 'open' ? takes?.follow(core.context().air.takeCount) : fate
    playAndDeliver(now)
    const state = core.snapshot()
    const result: Accepted = { accepted: true, seq: state.seq, state }
    return onAir == null ? result : withOnAir(result, onAir)
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
    subscribe: delivery.subscribe,
    states: delivery.states,
    events: delivery.events,
    onAsRun: delivery.onAsRun,
    onJournal: delivery.onJournal,
    forecast() {
      const { timeline, show, arming } = core.context()
      const at = clock.now()
      return forecastOf(timeline, show, at, arming?.kind === 'time' ? Math.max(arming.wall - show.offset, at) : at)
    },
    attach(onEffect, output = 'main') {
      send({ type: 'attached', output })
      const detach = delivery.add(onEffect)
      tell(onEffect, effectOf(core.context(), none, none))
      return detach
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
      takes?.close()
      delivery.close()
    },
  })
}
