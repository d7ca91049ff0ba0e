import type { Effect } from '../playout/effect.ts'
import type { Clock } from '../time/clock.ts'
import { commonClock } from '../time/systemClock.ts'
import { createObsAdapter } from './adapter.ts'
import type { Address } from './connection.ts'
import type { Log } from './log.ts'
import type { ObsReport } from './report.ts'

/** An orchestrator, as far as an adapter needs one. */
export type Director = {
  send(event: ObsReport): unknown
  attach(onEffect: (effect: Effect) => void): () => void
}

/** Puts an orchestrator on a real OBS. `clock`: the orchestrator's own. Acts are done as they come; nothing is written to disk before. */
export function connectObs(
  orchestrator: Director,
  { clock = commonClock(), ...options }: Address & { readonly clock?: Clock; readonly log?: Log },
): { close(): Promise<void> } {
  const adapter = createObsAdapter({ ...options, clock, send: (event) => void orchestrator.send(event) })
  const detach = orchestrator.attach((effect) => {
    adapter.apply(effect)
    if (effect.acts.length > 0) void adapter.perform(effect.acts)
  })
  return {
    close: async () => {
      detach()
      await adapter.close()
    },
  }
}
