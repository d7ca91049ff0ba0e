import type { Clock, Instant, Millis, WallInstant, WallOffset } from '../time/clock.ts'

export type TickHandlers = {
  readonly clock: Clock
  /** How far ahead the wall clock is known to be; default: 0. */
  readonly offset?: WallOffset
  /** The deadline has come. */
  readonly onTick: (at: Instant) => void
  /** From `since` to `at` the process didn't run: a sleep, or a stall of the event loop. Comes before an overdue tick. */
  readonly onGap: (event: { readonly type: 'gap'; readonly since: Instant }, at: Instant) => void
  /** The wall clock is now `offset` ahead of `at`, and was not within 20 ms of that before. */
  readonly onClock: (event: { readonly type: 'clock'; readonly offset: WallOffset }, at: Instant) => void
}

const heartbeat: Millis = 1000
/** A longer absence is a gap. */
const longestAbsence: Millis = 2000
/** Node fires a longer timeout at once, and so does an embedder's clock that is made of timeouts. */
const longestTimer: Millis = 2 ** 31 - 1
const wallTolerance: Millis = 20

/**
 * Wakes the orchestrator when the time has come, and reports when time wasn't what it seemed. There is one timer for the deadline. A slow
 * heartbeat, which doesn't keep the process alive, only notices sleeps, stalls and set clocks. With a clock that has neither `wall` nor
 * `uptime`, it notices only stalls.
 */
export function createTickService({ clock, offset: known = 0, onTick, onGap, onClock }: TickHandlers) {
  let isClosed = false
  /** A handler is running; what it observes in turn is part of the same look. */
  let isTelling = false
  let seen = clock.now()
  let sight = lookAt(clock)
  let offset: WallOffset = known
  let deadline: Instant | null = null
  let armedFor: Instant | null = null
  let cancelDeadline = () => {}
  let cancelBeat = () => {}
  let nextBeat: Instant = seen

  /** When the process should run next. */
  const expected = () => Math.max(seen, deadline === null ? nextBeat : Math.min(nextBeat, deadline))

  /** Whether to look closer. This is asked before every event, so it must cost next to nothing. */
  const isSuspicious = (at: Instant) =>
    at - expected() > longestAbsence ||
    (clock.wall !== undefined && Math.abs(clock.wall() - at - offset) > wallTolerance)

  const look = (): Instant => {
    const now = lookAt(clock)
    const slept = unseenSleep(sight, now)
    if (slept > 0) clock.skip?.(slept)
    const at = now.at + slept
    const since = seen
    const wasAbsent = slept > 0 || at - expected() > longestAbsence
    const moved = now.wall === null ? offset : now.wall - at
    sight = { ...now, at }
    seen = at
    isTelling = true
    if (wasAbsent) onGap({ type: 'gap', since }, at)
    if (!isClosed && Math.abs(moved - offset) > wallTolerance) {
      offset = moved
      onClock({ type: 'clock', offset }, at)
    }
    isTelling = false
    return at
  }

  const beat = () => {
    look()
    if (!isClosed) armBeat()
  }

  const armBeat = () => {
    nextBeat = clock.now() + heartbeat
    cancelBeat = clock.setBackgroundTimer ? clock.setBackgroundTimer(nextBeat, beat) : clock.setTimer(nextBeat, beat)
  }

  /** Leaves a timer that comes too early alone; it looks again then. Nearly every command moves the deadline, mostly to later. */
  const armDeadline = () => {
    if (deadline === armedFor || (deadline !== null && armedFor !== null && armedFor < deadline)) return
    cancelDeadline()
    armedFor = deadline === null ? null : Math.min(deadline, clock.now() + longestTimer)
    if (armedFor !== null) cancelDeadline = clock.setTimer(armedFor, wake)
  }

  const wake = () => {
    armedFor = null
    const at = observe(clock.now())
    if (isClosed || deadline === null) return
    if (deadline > at) return armDeadline()
    deadline = null
    onTick(at)
  }

  const observe = (at: Instant): Instant => {
    if (isClosed || isTelling) return at
    if (isSuspicious(at)) return look()
    seen = Math.max(seen, at)
    return at
  }

  armBeat()

  return {
    /** Arms the one deadline in place of the last one; null: none. */
    wakeAt(at: Instant | null): void {
      if (isClosed) return
      deadline = at
      armDeadline()
    },
    /**
     * Call it with the present instant before you judge anything by it. A gap or a set clock is reported from inside this call. Returns
     * the present, which is later than `at` if the machine slept unnoticed.
     */
    observe,
    close(): void {
      isClosed = true
      cancelDeadline()
      cancelBeat()
    },
  }
}

/** What the machine's clocks showed at one moment; null if the platform doesn't offer one. */
type Sight = { readonly at: Instant; readonly wall: WallInstant | null; readonly uptime: Millis | null }

/** Reads all clocks within one millisecond, in five tries: another process may have run between two readings. */
function lookAt(clock: Clock, tries = 5): Sight {
  const at = clock.now()
  const wall = clock.wall?.() ?? null
  // Without `skip`, a sleep could be seen but not made up for.
  const uptime = clock.skip ? (clock.uptime?.() ?? null) : null
  return tries > 1 && clock.now() > at ? lookAt(clock, tries - 1) : { at, wall, uptime }
}

/** How long the machine slept between two looks without `now()` noticing; 0 if it didn't, or if nothing can tell. */
function unseenSleep(before: Sight, now: Sight): Millis {
  if (before.uptime === null || now.uptime === null) return 0
  const lost = now.uptime - before.uptime - (now.at - before.at)
  return lost > longestAbsence ? lost : 0
}
