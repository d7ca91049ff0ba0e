import type { Orchestrator } from '../orchestrator/orchestrator.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Clock, Millis } from '../time/clock.ts'

const longestWait: Millis = 1000

/** Starts a simulator with everything that the schedule names. It is imported only here, so that OBS users don't wait for it. */
export async function startEmbeddedSimulator(
  schedule: Schedule,
  { orchestrator, clock }: { readonly orchestrator: Pick<Orchestrator, 'onJournal'>; readonly clock: Clock },
) {
  const { startSimulator } = await import('./simulator.ts')
  const { sceneryOf } = await import('./sceneryOf.ts')
  const simulator = await startSimulator({ clock, ...sceneryOf(schedule) })
  let known: readonly string[] = []
  let onScenes = () => {}
  orchestrator.onJournal(({ event }) => {
    if (event.type !== 'scenes') return
    known = event.scenes
    onScenes()
  })

  return {
    url: simulator.url,
    /** Adds what the schedule names. Resolves when the orchestrator knows the new scenes, at the latest after a second. */
    async furnish(fresh: Schedule): Promise<void> {
      const scenery = sceneryOf(fresh)
      simulator.furnish(scenery)
      await new Promise<void>((resolve) => {
        const cancel = clock.setTimer(clock.now() + longestWait, resolve)
        onScenes = () => {
          if (!scenery.scenes.every((scene) => known.includes(scene))) return
          cancel()
          resolve()
        }
        onScenes()
      })
    },
    close: () => simulator.close(),
  }
}
