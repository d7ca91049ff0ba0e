import { readFileSync } from 'node:fs'
import { DEMO_COLLECTION, makeDemoScenes, missingScenes } from '../obs/demoScenes.ts'
import { type Connection, openConnection } from '../obs/link/connection.ts'
import { ObsError } from '../obs/link/obsError.ts'
import { readSchedule } from '../schedule/read.ts'
import { firstScene, sceneryOf } from '../simulator/sceneryOf.ts'
import { passwordGoes } from '../surfaces/terminal/words.ts'
import type { Clock } from '../time/clock.ts'
import { systemClock } from '../time/systemClock.ts'
import { earlyLog, type Io } from './io.ts'
import { obsAddress } from './obsAddress.ts'
import { type RunWords, run } from './run.ts'

/** The arguments of `npm start`: those of `run`, and one of its own. */
export type DemoWords = RunWords & { readonly createDemoScenes?: boolean }

/** What `npm start` does: a `run`, and a sentence that says why this one. */
export type DemoRun = { readonly file: string; readonly words: RunWords; readonly why: string | null }

/** Says what `npm start` plays and why, and plays it. */
export async function demo(named: string | undefined, words: DemoWords, demoFile: string, io: Io): Promise<number> {
  const log = earlyLog(words, io)
  let chosen: DemoRun
  try {
    chosen = await demoRun(named, words, { env: process.env, clock: systemClock(), demoFile })
  } catch (error) {
    if (!(error instanceof ObsError || error instanceof RangeError)) throw error
    log.error(error instanceof ObsError ? obsErrorInWords(error) : error.message)
    return error instanceof ObsError ? 3 : 2
  }
  if (chosen.why !== null) log.info(chosen.why)
  return run(chosen.file, chosen.words, io)
}

/** How long to wait for an answer. An OBS on this machine takes milliseconds. */
const LIMIT = 3000

/**
 * Decides what `npm start` plays. A named schedule plays on OBS only. The demo plays on an OBS that has its scenes, otherwise on the
 * simulator. Only `--create-demo-scenes` changes OBS; with it, an OBS that isn't there or is live is an ObsError. Arguments that
 * don't go together are a RangeError.
 */
export async function demoRun(
  named: string | undefined,
  { createDemoScenes: create = false, ...words }: DemoWords,
  { env, clock, demoFile: file }: { env: NodeJS.ProcessEnv; clock: Clock; demoFile: string },
): Promise<DemoRun> {
  if (create && named !== undefined)
    throw new RangeError('--create-demo-scenes is for the demo: leave out the schedule')
  if (create && words.simulator) throw new RangeError('--create-demo-scenes is for OBS: leave out --simulator')
  if (named !== undefined) return { file: named, words, why: null }
  const started = { ...words, start: true }
  if (words.simulator) return { file, words: started, why: 'The demo plays on the simulator, as you asked' }

  const address = obsAddress(words, env, null)
  const scenes = scenesOf(file)
  const onObs = (why: string): DemoRun => ({
    file,
    words: started,
    why: `The demo plays on the OBS at ${address.url}${why}`,
  })
  const onSimulator = (why: string): DemoRun => {
    const { obs: _, obsPasswordFile: __, ...elsewhere } = started
    return { file, words: { ...elsewhere, simulator: true }, why: `The demo plays on the simulator: ${why}` }
  }
  let obs: Connection | null = null
  try {
    obs = await openConnection({ ...address, clock, limit: LIMIT })
    if (create) return onObs(inOwnCollection(await makeDemoScenes(obs, scenes, clock)))
    const missing = await missingScenes(obs, scenes)
    if (missing.length === 0) return onObs(": it has all of the demo's scenes")
    const names = missing.map((name) => `"${name}"`).join(', ')
    return onSimulator(
      `the OBS at ${address.url} lacks the scenes ${names}; npm start -- --create-demo-scenes makes them, in a scene collection of their own`,
    )
  } catch (thrown) {
    if (create || !(thrown instanceof ObsError)) throw thrown
    return onSimulator(obsErrorInWords(thrown))
  } finally {
    await obs?.close()
  }
}

/** Adds what to do about it on the command line. */
function obsErrorInWords({ reason, message }: ObsError): string {
  return reason === 'wrongPassword' ? `${message}; ${passwordGoes}` : message
}

function inOwnCollection(before: string): string {
  const back = before === DEMO_COLLECTION ? '' : `; your own "${before}" is unchanged, under Scene Collection in OBS`
  return `, in the scene collection "${DEMO_COLLECTION}"${back}`
}

function scenesOf(file: string): string[] {
  const { schedule, problems } = readSchedule(readFileSync(file, 'utf8'), { file })
  if (schedule === undefined) throw new Error(`the demo's schedule is broken: ${problems[0]?.message ?? file}`)
  return sceneryOf(schedule).scenes.filter((scene) => scene !== firstScene)
}
