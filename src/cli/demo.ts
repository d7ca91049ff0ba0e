import { readFileSync } from 'node:fs'
import { DEMO_COLLECTION, makeDemoScenes, missingScenes } from '../obs/demoScenes.ts'
import type { Address } from '../obs/link/address.ts'
import { type Connection, openConnection } from '../obs/link/connection.ts'
import { ObsError } from '../obs/link/obsError.ts'
import { readSchedule } from '../schedule/read.ts'
import { firstScene, sceneryOf } from '../simulator/sceneryOf.ts'
import { passwordGoes } from '../surfaces/terminal/words.ts'
import type { Clock } from '../time/clock.ts'
import { systemClock } from '../time/systemClock.ts'
import { createSay, type Io } from './io.ts'
import { obsAddress } from './obsAddress.ts'
import { type RunWords, run } from './run.ts'

/** The arguments of `npm start`: those of `run`, and one of its own. */
export type DemoWords = RunWords & { readonly createDemoScenes?: boolean }

/** What `npm start` does: a `run`, and a sentence that says why this one. */
export type DemoRun = { readonly file: string; readonly words: RunWords; readonly why: string | null }

/** Says what `npm start` plays and why, and plays it. */
export async function demo(named: string | undefined, words: DemoWords, demoFile: string, io: Io): Promise<number> {
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

export type DemoSurroundings = {
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** The path of the demo's schedule. */
  readonly demoFile: string
}

/**
 * Decides what `npm start` plays. A named schedule plays on OBS only. The demo plays on an OBS that has its scenes, otherwise on the
 * simulator. Only `--create-demo-scenes` changes OBS; with it, an OBS that isn't there or is live is an ObsError. Arguments that
 * don't go together are a RangeError.
 */
export async function demoRun(
  named: string | undefined,
  { createDemoScenes: create = false, ...words }: DemoWords,
  surroundings: DemoSurroundings,
): Promise<DemoRun> {
  if (create && named !== undefined)
    throw new RangeError('--create-demo-scenes is for the demo: leave out the schedule')
  if (create && words.simulator) throw new RangeError('--create-demo-scenes is for OBS: leave out --simulator')
  if (named !== undefined) return { file: named, words, why: null }
  const file = surroundings.demoFile
  const started = { ...words, start: true }
  if (words.simulator) return { file, words: started, why: 'The demo plays on the simulator, as you asked' }

  const address = obsAddress(words, surroundings.env, null)
  const { obs: _, obsPasswordFile: __, ...elsewhere } = started
  const onSimulator = (why: string): DemoRun => ({
    file,
    words: { ...elsewhere, simulator: true },
    why: `The demo plays on the simulator: ${why}`,
  })
  const onObs = (why: string): DemoRun => ({ file, words: started, why })
  const scenes = scenesOf(surroundings.demoFile)
  try {
    return await withObs(address, surroundings.clock, async (obs) => {
      const before = create ? await makeDemoScenes(obs, scenes, surroundings.clock) : null
      if (before !== null) return onObs(madeScenes(address.url, before))
      const missing = await missingScenes(obs, scenes)
      if (missing.length > 0) return onSimulator(lacksScenes(address.url, missing))
      return onObs(`The demo plays on the OBS at ${address.url}: it has all of the demo's scenes`)
    })
  } catch (thrown) {
    if (create || !(thrown instanceof ObsError)) throw thrown
    return onSimulator(obsErrorInWords(thrown))
  }
}

/** Adds what to do about it on the command line. */
function obsErrorInWords({ reason, message }: ObsError): string {
  return reason === 'wrongPassword' ? `${message}; ${passwordGoes}` : message
}

function lacksScenes(url: string, missing: readonly string[]): string {
  const names = missing.map((name) => `"${name}"`).join(', ')
  return `the OBS at ${url} lacks the scenes ${names}; npm start -- --create-demo-scenes makes them, in a scene collection of their own`
}

function madeScenes(url: string, before: string): string {
  const back = before === DEMO_COLLECTION ? '' : `; your own "${before}" is unchanged, under Scene Collection in OBS`
  return `The demo plays on the OBS at ${url}, in the scene collection "${DEMO_COLLECTION}"${back}`
}

/** How long to wait for an answer. An OBS on this machine takes milliseconds. */
const LIMIT = 3000

async function withObs<T>(address: Address, clock: Clock, ask: (obs: Connection) => Promise<T>): Promise<T> {
  const obs = await openConnection({ ...address, clock, limit: LIMIT })
  try {
    return await ask(obs)
  } finally {
    await obs.close()
  }
}

function scenesOf(file: string): string[] {
  const { schedule, problems } = readSchedule(readFileSync(file, 'utf8'), { file })
  if (schedule === undefined) throw new Error(`the demo's schedule is broken: ${problems[0]?.message ?? file}`)
  return sceneryOf(schedule).scenes.filter((scene) => scene !== firstScene)
}
