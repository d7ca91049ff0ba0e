import type { Effect } from '../playout/effect.ts'
import type { Clock } from '../time/clock.ts'
import { commonClock } from '../time/systemClock.ts'
import { type Log, silentLog } from '../values/log.ts'
import { createObsAdapter } from './adapter.ts'
import type { ObsReport } from './mirror/events.ts'

/** The part of an orchestrator that an adapter needs. */
export type Director = {
  send(event: ObsReport): unknown
  attach(onEffect: (effect: Effect) => void): () => void
}

export type ConnectOptions = {
  readonly url: string
  /** Undefined (as from an environment) or null: OBS asks for none. */
  readonly password?: string | null | undefined
  /** The same as the orchestrator's, if it was given one. */
  readonly clock?: Clock | undefined
  readonly log?: Log | undefined
}

/** Puts an orchestrator on a real OBS. Acts are performed at once, without a journal on disk. */
export function connectObs(
  orchestrator: Director,
  { url, password = null, clock = commonClock(), log = silentLog }: ConnectOptions,
): { close(): Promise<void> } {
  const adapter = createObsAdapter({ url, password, clock, log, send: (event) => void orchestrator.send(event) })
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
