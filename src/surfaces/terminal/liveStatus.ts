import type { Control } from '../../orchestrator/control.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Clock, Instant, Millis, WallOffset } from '../../time/clock.ts'
import type { Screen } from './screen.ts'
import { renderStatus, type StatusView } from './status.ts'

export type LiveStatusOptions = Pick<StatusView, 'colour' | 'simulator'> & {
  readonly control: Control
  readonly clock: Clock
  readonly screen: Screen
  readonly wallOffset: () => WallOffset
  readonly scenes: () => StatusView['scenes']
  readonly schedule: () => Schedule | null
}

/** How often to redraw while something counts. */
const interval: Millis = 250
/** The forecast walks through all cues, which must not delay a show. */
const mostCues = 10_000

/** Redraws the live status on each change and four times a second, until it is closed. */
export function startLiveStatus(options: LiveStatusOptions): { close(): void } {
  const { control, clock, screen, wallOffset, scenes, schedule, ...look } = options
  let hardStart: StatusView['hardStart'] = null
  let hardStartOf: Snapshot | null = null
  let disarm = () => {}

  const draw = () => {
    const state = control.currentState()
    if (state !== hardStartOf) {
      const cues = schedule()?.cues ?? []
      const hasHardStarts = cues.length <= mostCues && cues.some(({ at }) => at !== null)
      hardStart = hasHardStarts ? control.forecast().nextHardStart : null
      hardStartOf = state
    }
    const now = control.now()
    const width = screen.columns() - 1
    screen.draw(renderStatus({ ...look, state, now, wallOffset: wallOffset(), hardStart, scenes: scenes(), width }))
    drawAt(now + interval - (now % interval))
  }
  const drawAt = (at: Instant) => {
    disarm()
    disarm = (clock.setBackgroundTimer ?? clock.setTimer)(at, draw)
  }
  // Not at once: what goes on air comes first, and of several changes only the last one needs to be drawn.
  const unsubscribe = control.subscribe(() => drawAt(control.now() + 10))
  draw()
  return {
    close() {
      unsubscribe()
      disarm()
    },
  }
}
