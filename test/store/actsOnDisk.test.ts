import { expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { startTestApp } from '../support/app.ts'
import { schedule } from '../support/show.ts'
import { until } from '../support/until.ts'
import { freshFolder } from './folders.ts'
import { slowDisk } from './slowDisk.ts'

it('an act is sent to OBS only once its line is on disk; takes do not wait for the disk', async () => {
  const disk = await slowDisk('actDue')
  const clock = systemClock()
  const simulator = await startSimulator({ clock, scenes: ['Red', 'A', 'B'] })
  onTestFinished(simulator.close)
  const app = await startTestApp({
    schedule: schedule(`
cues:
  - { scene: A, duration: 200ms, actions: [startRecord] }
  - { scene: B, duration: 1h }`),
    obs: { url: simulator.url, password: null },
    stateFolder: await freshFolder(),
    clock,
  })
  onTestFinished(() => {
    disk.release()
    return app.close('stop')
  })
  const recordings = () => simulator.requests.filter(({ requestType }) => requestType === 'StartRecord').length

  await disk.asked()
  await until('the next take', () => simulator.onAir() === 'B')
  expect(recordings()).toBe(0)
  disk.release()
  await until('the act', () => recordings() === 1)
})
