import { ObsError } from '../obs/link/obsError.ts'
import { systemClock } from '../time/systemClock.ts'
import { type DemoRun, type DemoWords, demoRun, obsErrorInWords } from './demo.ts'
import type { Io } from './io.ts'
import { run } from './run.ts'
import { createSay } from './say.ts'

/** Says what `npm start` plays, and why, and plays it. `demoFile` is the demo's schedule. */
export async function startDemo(
  named: string | undefined,
  words: DemoWords,
  demoFile: string,
  io: Io,
): Promise<number> {
  const say = createSay(words, io)
  let chosen: DemoRun
  try {
    chosen = await demoRun(named, words, { env: process.env, clock: systemClock(), demoFile })
  } catch (error) {
    if (!(error instanceof ObsError || error instanceof RangeError)) throw error
    say('error', error instanceof ObsError ? obsErrorInWords(error) : error.message)
    return error instanceof ObsError ? 3 : 2
  }
  if (chosen.why !== null) say('info', chosen.why)
  return run(chosen.file, chosen.words, io)
}
