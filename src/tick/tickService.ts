import type { Clock, Instant, Millis, WallOffset } from '../time/clock.ts'
import { lookAt, type Sight } from './sight.ts'

export type TickService = {
  /** Arms the one deadline, in place of the former; null: none. */
  wakeAt(at: Instant | null): void
  /**
   * To be called with the present instant before anything is judged by it: a gap or a clock that was set is told from inside
   * this call. Returns the present, which is later than `at` when the machine has slept unseen.
   */
  observe(at: Instant): Instant
  close(): void
}

export type TickHandlers = {
  readonly clock: Clock
  /** The deadline has come. */
  readonly onTick: (at: Instant) => void
  /** Nobody was there from `since` to `at`: a sleep, or a stall of the event loop. Told before an overdue tick. */
  readonly onGap: (event: { readonly type: 'gap'; readonly since: Instant }, at: Instant) => void
  /** The wall clock is now `offset` ahead of `at`; the first time against 0. */
  readonly onClock: (event: { readonly type: 'clock'; readonly offset: WallOffset }, at: Instant) => void
}

const heartbeat: Millis = 1000
/** Longer than this nobody was there: a gap. */
const longestAbsence: Millis = 2000
/** Node fires a longer timeout at once, and so may a clock of an embedder's that is made of them. */
const longestTimer: Millis = 2 ** 31 - 1
/** Farther than this the wall clock has moved. */
const wallTolerance: Millis = 20

/**
 * Wakes the orchestrator when the time has come, and tells it when time was not what it seemed. One timer stands for the deadline;
 * a slow heartbeat, which keeps no process alive, is there only to notice sleep, stalls and clocks that were set. With a clock that
 * has neither `wall` nor `uptime`, only stalls show.
 */
export function createTickService({ clock, onTick, onGap, onClock }: TickHandlers): TickService {
  let closed = false
  /** A handler is being told; what it does in turn is part of the same look. */
  let telling = false
  let seen = clock.now()
  let sight = lookAt(clock)
  let offset: Millis = 0
  let deadline: Instant | null = null
  /** What the timer is set for; null where none is. */
  let armedFor: Instant | null = null
  let cancelDeadline = () => {}
  let cancelBeat = () => {}
  let nextBeat: Instant = seen

  /** When somebody should have been here next. */
  const expected = () => Math.max(seen, deadline === null ? nextBeat : Math.min(nextBeat, deadline))

  /** Whether it is worth a closer look; this is asked before every event, so it costs next to nothing. */
  const suspicious = (at: Instant) =>
    at - expected() > longestAbsence ||
    (clock.wall !== undefined && Math.abs(clock.wall() - at - offset) > wallTolerance)

  const look = (): Instant => {
    const now = lookAt(clock)
    const slept = unseenSleep(sight, now)
    if (slept > 0) clock.skip?.(slept)
    const at = now.at + slept
    const since = seen
    const absent = slept > 0 || at - expected() > longestAbsence
    const moved = now.wall === null ? offset : now.wall - at
    sight = { ...now, at }
    seen = at
    telling = true
    if (absent) onGap({ type: 'gap', since }, at)
    if (!closed && Math.abs(moved - offset) > wallTolerance) {
      offset = moved
      onClock({ type: 'clock', offset }, at)
    }
    telling = false
    return at
  }

  const beat = () => {
    look()
    if (!closed) armBeat()
  }

  const armBeat = () => {
    nextBeat = clock.now() + heartbeat
    cancelBeat = clock.setBackgroundTimer ? clock.setBackgroundTimer(nextBeat, beat) : clock.setTimer(nextBeat, beat)
  }

  /** A timer that comes too early is left to look again: a show's deadline moves with nearly each command, and mostly away. */
  const armDeadline = () => {
    if (deadline === armedFor || (deadline !== null && armedFor !== null && armedFor < deadline)) return
    cancelDeadline()
    armedFor = deadline === null ? null : Math.min(deadline, clock.now() + longestTimer)
    if (armedFor !== null) cancelDeadline = clock.setTimer(armedFor, wake)
  }

  const wake = () => {
    armedFor = null
    const at = observe(clock.now())
    if (closed || deadline === null) return
    if (deadline > at) return armDeadline()
    deadline = null
    onTick(at)
  }

  const observe = (at: Instant): Instant => {
    if (closed || telling) return at
    if (suspicious(at)) return look()
    seen = Math.max(seen, at)
    return at
  }

  armBeat()

  return {
    wakeAt(at) {
      if (closed) return
      deadline = at
      armDeadline()
    },
    observe,
    close() {
      closed = true
      cancelDeadline()
      cancelBeat()
    },
  }
}

/** How long the machine slept between two looks without `now()` seeing it; 0 where it didn't, or where nothing can tell. */
function unseenSleep(before: Sight, now: Sight): Millis {
  if (before.uptime === null || now.uptime === null) return 0
  const lost = now.uptime - before.uptime - (now.at - before.at)
  return lost > longestAbsence ? lost : 0
}
