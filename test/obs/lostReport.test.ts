import { expect, it } from 'vitest'
import { createObsAdapter } from '../../src/obs/adapter.ts'
import type { ObsReport } from '../../src/obs/mirror/events.ts'
import { silentLog } from '../../src/values/log.ts'
import { createMemoryObs } from '../support/memoryObs.ts'
import { steppedClock } from '../support/steppedClock.ts'

it('an adapter goes on after a report that could not be taken, and logs which one was lost', async () => {
  const clock = steppedClock()
  const obs = createMemoryObs(clock, { scenes: ['A', 'B'] })
  const told: ObsReport['type'][] = []
  const errors: string[] = []
  const adapter = createObsAdapter({
    ...{ url: 'ws://memory', password: null, clock, open: obs.open },
    send: ({ type }) => {
      if (type === 'scenes') throw new Error('the disk is full')
      told.push(type)
    },
    log: { ...silentLog, error: (message) => void errors.push(message) },
  })
  await clock.pass(1000)
  const wanted = { scene: 'B', transition: null, media: null, states: [] }
  adapter.apply({ at: clock.now(), takeId: 1, cause: 'command', wanted, next: null, passed: [], acts: [] })
  await clock.pass(3000)
  expect(errors).toEqual(['the report "scenes" was lost: the disk is full'])
  expect(told).toContain('confirmed')
  expect(obs.onAir()).toBe('B')
  const closing = adapter.close()
  await clock.pass(5000)
  await closing
})
