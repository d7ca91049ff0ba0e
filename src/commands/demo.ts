import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Address, type Connection, openConnection } from '../obs/connection.ts'
import { DEMO_COLLECTION, makeDemoScenes, missingScenes } from '../obs/demoScenes.ts'
import { ObsError } from '../obs/obsError.ts'
import { readSchedule } from '../schedule/read.ts'
import { firstScene, sceneryOf } from '../simulator/sceneryOf.ts'
import type { Clock } from '../time/clock.ts'
import { obsAddress } from './obsAddress.ts'

/** What `npm start` comes to: the words of a `run`, and a sentence on why it is this one. */
export type DemoRun = { readonly run: readonly string[]; readonly why: string | null }

export type DemoSurroundings = {
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** The path of the demo's schedule. */
  readonly demoFile: string
}

/**
 * Decides what `npm start -- words` plays: a schedule that is named, on OBS only; else the demo, on the OBS that has its
 * scenes, else on the simulator. Only `--create-demo-scenes` changes OBS; then an OBS that isn't there, or is live, is an
 * ObsError.
 */
export async function demoRun(words: readonly string[], surroundings: DemoSurroundings): Promise<DemoRun> {
  const { create, simulator, named, address, rest, withoutObs } = parse(words, surroundings.env)
  if (named) return { run: ['run', ...rest], why: null }
  const onSimulator = (why: string): DemoRun => ({
    run: ['run', surroundings.demoFile, '--simulator', '--start', ...withoutObs],
    why: `The demo plays on the simulator: ${why}`,
  })
  if (simulator) return onSimulator('you asked for it')

  const onObs = (why: string): DemoRun => ({ run: ['run', surroundings.demoFile, '--start', ...rest], why })
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
    return onSimulator(thrown.message)
  }
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

/** Options of `run` that take a value; what follows one of them is no file. */
const valued = ['obs', 'obs-password-file', 'http', 'http-token-file', 'state-dir', 'log', 'log-level']

function parse(words: readonly string[], env: NodeJS.ProcessEnv) {
  const options = Object.fromEntries(valued.map((name) => [name, { type: 'string' as const }]))
  const { values, tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const without = (...names: string[]) => {
    const spans = tokens.filter((token) => token.kind === 'option' && names.includes(token.name))
    const gone = spans.flatMap((token) =>
      token.kind === 'option' && token.value !== undefined && !token.inlineValue
        ? [token.index, token.index + 1]
        : [token.index],
    )
    return words.filter((_, index) => !gone.includes(index))
  }
  const create = values['create-demo-scenes'] === true
  const named = tokens.some((token) => token.kind === 'positional')
  if (create && named) throw new RangeError('--create-demo-scenes is for the demo, and does not go with a schedule')
  return {
    create,
    named,
    simulator: values['simulator'] === true,
    address: obsAddress({ obs: text('obs'), obsPasswordFile: text('obs-password-file') }, env, null),
    rest: without('create-demo-scenes'),
    withoutObs: without('create-demo-scenes', 'simulator', 'obs', 'obs-password-file'),
  }
}
