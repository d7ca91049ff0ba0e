import { createObsAdapter } from '../../src/obs/adapter.ts'
import type { ObsReport } from '../../src/obs/mirror/events.ts'
import type { Effect, Picture } from '../../src/playout/effect.ts'
import { silentLog } from '../../src/values/log.ts'
import { createMemoryObs, type Manner } from '../support/memoryObs.ts'
import { steppedClock } from '../support/steppedClock.ts'

/** An adapter on an OBS in memory with scenes A, B and C, on a clock that the test steps. The link is up. */
export async function memoryStage() {
  const clock = steppedClock()
  const told: ObsReport[] = []
  const said: string[] = []
  let manner: Manner = { after: 1, how: 'done' }
  const obs = createMemoryObs(clock, { scenes: ['A', 'B', 'C'] }, () => manner)
  const adapter = createObsAdapter({
    ...{ url: 'ws://memory', password: null, clock, open: obs.open, name: 'backup' },
    send: (report) => void told.push(report),
    log: { ...silentLog, info: (message) => void said.push(message) },
  })
  let takeId = 0
  await clock.pass(100)

  const apply = (scene: string, more: Partial<Picture>) => {
    const wanted: Picture = { ...{ scene, transition: null, media: null, states: [] }, ...more }
    const effect: Effect = { at: clock.now(), takeId, cause: 'command', wanted, next: null, passed: [], acts: [] }
    adapter.apply(effect)
  }
  const requests = (type: string) => obs.asked.filter((request) => request.type === type)
  return {
    ...{ clock, obs, adapter, told, said, requests },
    becomes: (how: Manner['how']) => {
      manner = { after: 1, how }
    },
    /** Wants it as a new take; returns the take's id. */
    want: (scene: string, more: Partial<Picture> = {}) => {
      takeId += 1
      apply(scene, more)
      return takeId
    },
    /** Wants the same take with something else about it. */
    change: apply,
    confirmations: () => told.filter((report) => report.type === 'confirmed'),
    set: () => requests('SetCurrentProgramScene').map(({ fields }) => fields['sceneName']),
    close: async () => {
      const closing = adapter.close()
      await clock.pass(5000)
      await closing
    },
  }
}

export type MemoryStage = Awaited<ReturnType<typeof memoryStage>>
