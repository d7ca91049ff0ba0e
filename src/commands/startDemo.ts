import { fileURLToPath } from 'node:url'
import { ObsError } from '../obs/obsError.ts'
import { systemClock } from '../time/systemClock.ts'
import { demoRun } from './demo.ts'
import type { Io } from './io.ts'

/** The words of the `run` that `npm start` comes to, once it was said why it is this one; or an exit code. */
export async function startDemo(words: readonly string[], io: Io): Promise<readonly string[] | number> {
  const demoFile = fileURLToPath(new URL('../../scenes/demo.yaml', import.meta.url))
  try {
    const { run, why } = await demoRun(words, { env: process.env, clock: systemClock(), demoFile })
    if (why !== null) io.stderr(why)
    return run
  } catch (error) {
    if (error instanceof ObsError) {
      io.stderr(error.message)
      return 3
    }
    if (error instanceof RangeError) {
      io.stderr(error.message)
      return 2
    }
    throw error
  }
}
