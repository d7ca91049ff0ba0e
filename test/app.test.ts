import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startApp } from '../src/app.ts'
import { startSimulator } from '../src/simulator/simulator.ts'
import { manualClock } from '../src/time/manualClock.ts'
import { systemClock } from '../src/time/systemClock.ts'
import { freshFolder } from './store/folders.ts'
import { slowDisk } from './store/slowDisk.ts'
import { schedule } from './support/show.ts'
import { until } from './support/until.ts'

const evening = Date.UTC(2026, 11, 4, 19)

/** A clock that also says how many of its timers are armed. */
function countedClock() {
  const clock = manualClock(evening)
  const armed = new Set<object>()
  const setTimer: typeof clock.setTimer = (at, fn) => {
    const timer = {}
    armed.add(timer)
    const cancel = clock.setTimer(at, () => {
      armed.delete(timer)
      fn()
    })
    return () => {
      armed.delete(timer)
      cancel()
    }
  }
  return { ...clock, setTimer, armed: () => armed.size }
}

it('a cue that ends while a failed show closes its files starts no write after the lock is released', async () => {
  const disk = await slowDisk('"outcome":"onAir"')
  const clock = countedClock()
  const simulator = await startSimulator({ clock: systemClock(), scenes: ['Red', 'A', 'B'] })
  onTestFinished(simulator.close)
  const stateFolder = await freshFolder()
  const app = await startApp({
    file: 'show.yaml',
    schedule: schedule('cues: [{ scene: A, duration: 1h }, { scene: B, duration: 1h }]'),
    readFile: () => Promise.resolve({ schedule: undefined, problems: [] }),
    obs: { url: simulator.url, password: null },
    stateFolder,
    start: true,
    hotkeys: false,
    log: 'json',
    logLevel: 'error',
    clock,
    onQuit: () => {},
  })
  const asRun = join(stateFolder, 'as-run.jsonl')
  await until('the line of the first take', () => readFileSync(asRun, 'utf8').includes('"outcome":"onAir"'))

  const closed = app.close('crash')
  // The as-run log keeps the files open until its disk answers.
  await disk.asked()
  await until('the last checkpoint', () => existsSync(join(stateFolder, 'checkpoint.json')))
  clock.advance(3_600_000)
  disk.release()
  await closed
  expect(clock.armed()).toBe(0)
})
