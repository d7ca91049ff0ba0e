import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../src/simulator/simulator.ts'
import { systemClock } from '../src/time/systemClock.ts'
import { freshFolder } from './store/folders.ts'
import { slowDisk } from './store/slowDisk.ts'
import { startTestApp } from './support/app.ts'
import { schedule } from './support/show.ts'
import { steppedClock } from './support/steppedClock.ts'
import { until } from './support/until.ts'

it('a cue that ends while a failed show closes its files starts no write after the lock is released', async () => {
  const disk = await slowDisk('"outcome":"onAir"')
  const clock = steppedClock(Date.UTC(2026, 11, 4, 19))
  const simulator = await startSimulator({ clock: systemClock(), scenes: ['Red', 'A', 'B'] })
  onTestFinished(simulator.close)
  const stateFolder = await freshFolder()
  const app = await startTestApp({
    schedule: schedule('cues: [{ scene: A, duration: 1h }, { scene: B, duration: 1h }]'),
    obs: { url: simulator.url, password: null },
    stateFolder,
    clock,
  })
  const asRun = join(stateFolder, 'as-run.jsonl')
  await until('the line of the first take', () => readFileSync(asRun, 'utf8').includes('"outcome":"onAir"'))

  const closed = app.close('crash')
  // The as-run log keeps the files open until its disk answers.
  await disk.asked()
  clock.advance(3_600_000)
  disk.release()
  await closed
  expect(clock.armed()).toBe(0)
})
