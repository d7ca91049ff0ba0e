import type { Control } from '../../orchestrator/control.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Forecast } from '../../playout/forecast.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Clock, Instant, Millis } from '../../time/clock.ts'
import type { Screen } from './screen.ts'
import { renderStatus } from './status.ts'

export type LiveStatusOptions = {
  readonly control: Control
  readonly clock: Clock
  readonly screen: Screen
  readonly colour: boolean
  readonly wallOffset: () => Millis
  /** The scenes of the keys 1 to 9; null if keys do nothing in this terminal. */
  readonly scenes: () => readonly string[] | null
  readonly simulator: boolean
  readonly schedule: () => Schedule | null
}

/** How often to redraw while something counts. */
const interval: Millis = 250
/** The forecast walks through all cues, which must not delay a show. */
const mostCues = 10_000

/** Redraws the live status on each change and four times a second, until it is closed. */
export function startLiveStatus(options: LiveStatusOptions): { close(): void } {
  const { control, clock, screen, colour, wallOffset, scenes, simulator, schedule } = options
  let forecast: Pick<Forecast, 'nextHardStart'> | null = null
  let forecastOf: Snapshot | null = null
  let disarm: (() => void) | null = null
  let closed = false

  const draw = () => {
    disarm = null
    if (closed) return
    const state = control.currentState()
    if (state !== forecastOf) {
      const cues = schedule()?.cues ?? []
      const hasHardStarts = cues.length <= mostCues && cues.some(({ at }) => at !== null)
      forecast = hasHardStarts ? control.forecast() : null
      forecastOf = state
    }
    const width = screen.columns() - 1
    const now = control.now()
    const shown = { width, colour, wallOffset: wallOffset(), scenes: scenes(), simulator }
    screen.draw(renderStatus(state, forecast, now, shown))
    arm(now + interval - (now % interval))
  }
  const arm = (at: Instant) => {
    const set = clock.setBackgroundTimer ?? clock.setTimer
    disarm ??= set(at, draw)
  }
  /** Not at once: what goes on air comes first, and of several changes only the last one needs to be drawn. */
  const soon = () => {
    disarm?.()
    disarm = null
    if (!closed) arm(control.now() + 10)
  }

  const unsubscribe = control.subscribe(soon)
  draw()
  return {
    close() {
      closed = true
      unsubscribe()
      disarm?.()
    },
  }
}
