import type { Clock } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import type { ObsReport } from '../link/report.ts'
import type { Sight } from './known.ts'
import type { Outputs } from './outputs.ts'
import type { ProgramWatch } from './programWatch.ts'
import type { Reading } from './readObs.ts'
import { type FrameCount, hasRestarted } from './sameObs.ts'
import type { SceneList } from './sceneList.ts'

export type ArrivalPort = {
  readonly clock: Clock
  readonly sight: Sight
  readonly watch: ProgramWatch
  readonly scenes: SceneList
  readonly outputs: Outputs
  readonly log: Log
  send(event: ObsReport): void
}

/** Takes over what was read of an OBS, and tells it. */
export type Arrival = {
  /** The link has come up. The link's own event is the last: by then everything else has been told. */
  greet(seen: Reading): void
  /** The same OBS with another profile or, `isNewCollection`, with other scenes and items. */
  refresh(seen: Reading, isNewCollection: boolean): void
  /** How many frames the present OBS has rendered by now. */
  counted(frames: number): void
}

export function createArrival({ clock, sight, watch, scenes, outputs, log, send }: ArrivalPort): Arrival {
  let last: FrameCount | null = null

  const takeOver = (seen: Reading, isSameContent: boolean) => {
    const { states, media } = sight.now()
    sight.learn({
      program: seen.program,
      asked: null,
      transition: seen.transition,
      transitions: seen.transitions,
      states: isSameContent ? states : states.map((sent) => ({ ...sent, sure: false })),
      media: isSameContent ? media : null,
    })
    watch.begin(seen)
  }

  return {
    greet: (seen) => {
      const now = { frames: seen.frames, at: clock.now(), fps: seen.fps }
      const restarted = last === null ? null : hasRestarted(last, now)
      last = now
      takeOver(seen, restarted !== true)
      log.info(`connected to OBS ${seen.obs.version}`, { restarted, program: seen.program })
      scenes.read(seen.scenes, true)
      outputs.read(seen.stream, seen.recording)
      send({ type: 'link', phase: 'up', obs: seen.obs, restarted, program: seen.program })
    },
    refresh: (seen, isNewCollection) => {
      const { program, replaced } = sight.now()
      takeOver(seen, !isNewCollection)
      // The operator's transition of the old collection may not even be there.
      if (isNewCollection) sight.learn({ replaced: { ...replaced, name: null } })
      scenes.read(seen.scenes, false)
      outputs.read(seen.stream, seen.recording)
      if (seen.program !== program) send({ type: 'seen', scene: seen.program, by: 'obs' })
    },
    counted: (frames) => {
      if (last !== null) last = { ...last, frames, at: clock.now() }
    },
  }
}
