import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Forecast } from '../../playout/forecast.ts'
import type { Clock, Instant, Millis } from '../../time/clock.ts'
import { type Screen, sizeOf, type Terminal } from './screen.ts'
import { renderStatus } from './status.ts'

export type LiveStatusOptions = {
  readonly orchestrator: {
    currentState(): Snapshot
    forecast(): Forecast
    now(): Instant
    subscribe(listener: () => void): () => void
  }
  readonly clock: Clock
  readonly screen: Screen
  readonly terminal: Terminal
  readonly colour: boolean
  readonly wallOffset: () => Millis
  /** The scenes of the keys 1 to 9; null: keys in this terminal do nothing. */
  readonly scenes: () => readonly string[] | null
  readonly simulator: boolean
  /** Whether the schedule has hard starts: only then the forecast is asked for. */
  readonly hasHardStarts: () => boolean
}

/** So often while something counts. */
const interval: Millis = 250
/** The forecast walks through all cues, which must not hold up a show. */
const mostCues = 10_000

/** Keeps the live status up to date until it is closed: on each change, and four times a second while something counts. */
export function startLiveStatus(options: LiveStatusOptions): { close(): void } {
  const { orchestrator, clock, screen, terminal, colour, wallOffset, scenes, simulator, hasHardStarts } = options
  let forecast: Pick<Forecast, 'nextHardStart'> | null = null
  let forecastOf: Snapshot | null = null
  let disarm: (() => void) | null = null
  let closed = false

  const draw = () => {
    disarm = null
    if (closed) return
    const state = orchestrator.currentState()
    if (state !== forecastOf) {
      const asked = hasHardStarts() && (state.schedule?.cueCount ?? 0) <= mostCues
      forecast = asked ? orchestrator.forecast() : null
      forecastOf = state
    }
    const width = sizeOf(terminal).columns - 1
    const now = orchestrator.now()
    const shown = { width, colour, wallOffset: wallOffset(), scenes: scenes(), simulator }
    screen.draw(renderStatus(state, forecast, now, shown))
    arm(now + interval - (now % interval))
  }
  const arm = (at: Instant) => {
    const set = clock.setBackgroundTimer ?? clock.setTimer
    disarm ??= set(at, draw)
  }
  /** Not at once: what is on air goes first, and of several changes at a time only the last is to be seen. */
  const soon = () => {
    disarm?.()
    disarm = null
    if (!closed) arm(orchestrator.now() + 10)
  }

  const unsubscribe = orchestrator.subscribe(soon)
  draw()
  return {
    close() {
      closed = true
      unsubscribe()
      disarm?.()
    },
  }
}
