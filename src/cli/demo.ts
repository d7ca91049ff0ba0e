import { readFileSync } from 'node:fs'
import { DEMO_COLLECTION, makeDemoScenes, missingScenes } from '../obs/demoScenes.ts'
import type { Address } from '../obs/link/address.ts'
import { type Connection, openConnection } from '../obs/link/connection.ts'
import { ObsError } from '../obs/link/obsError.ts'
import { readSchedule } from '../schedule/read.ts'
import { firstScene, sceneryOf } from '../simulator/sceneryOf.ts'
import { passwordGoes } from '../surfaces/terminal/words.ts'
import type { Clock } from '../time/clock.ts'
import { obsAddress } from './obsAddress.ts'
import type { RunWords } from './run.ts'

/** What `npm start` is told: all that `run` takes, the schedule being optional. */
export type DemoWords = RunWords & { readonly createDemoScenes?: boolean }

/** What `npm start` comes to: a `run`, and a sentence on why it is this one. */
export type DemoRun = { readonly file: string; readonly words: RunWords; readonly why: string | null }

export type DemoSurroundings = {
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** The path of the demo's schedule. */
  readonly demoFile: string
}

/**
 * Decides what `npm start` plays: a schedule that is named, on OBS only; else the demo, on the OBS that has its
 * scenes, else on the simulator. Only `--create-demo-scenes` changes OBS; then an OBS that isn't there, or is live, is an
 * ObsError. Words that don't go together are a RangeError.
 */
export async function demoRun(
  named: string | undefined,
  { createDemoScenes: create = false, ...words }: DemoWords,
  surroundings: DemoSurroundings,
): Promise<DemoRun> {
  if (create && named !== undefined)
    throw new RangeError('--create-demo-scenes is for the demo, and does not go with a schedule')
  if (create && words.simulator)
    throw new RangeError('--create-demo-scenes is for OBS, and does not go with --simulator')
  if (named !== undefined) return { file: named, words, why: null }
  const file = surroundings.demoFile
  const started = { ...words, start: true }
  if (words.simulator) return { file, words: started, why: 'The demo plays on the simulator: you asked for it' }

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

/** What the command line can do about it is the command line's to say. */
export function obsErrorInWords({ reason, message }: ObsError): string {
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

/** For a question and an answer; an OBS on this machine needs milliseconds. */
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
