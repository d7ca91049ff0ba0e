import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DemoWords, demoRun } from '../../src/cli/demo.ts'
import { DEMO_COLLECTION } from '../../src/obs/demoScenes.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { freePort } from '../support/freePort.ts'

const clock = systemClock()
let folder: string
let demoFile: string
let obs: Simulator | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orchestrator-demo-'))
  demoFile = join(folder, 'demo.yaml')
  writeFileSync(
    demoFile,
    'version: 1\ncues:\n  - { scene: Hello, duration: 5s }\n  - { scene: Goodbye, duration: 5s }\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(async () => {
  await obs?.close()
  obs = undefined
})

const common = { hotkeys: true, log: 'pretty', logLevel: 'info' } as const
const start = (words: Partial<DemoWords>, env: NodeJS.ProcessEnv = {}, file?: string) =>
  demoRun(file, { ...common, ...words }, { env, clock, demoFile })

describe('npm start', () => {
  it('plays the demo on an OBS that has its scenes', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine', 'Hello', 'Goodbye'] })
    const { why, ...run } = await start({ obs: obs.url, hotkeys: false })
    expect(run).toEqual({ file: demoFile, words: { ...common, obs: obs.url, hotkeys: false, start: true } })
    expect(why).toContain(`on the OBS at ${obs.url}`)
  })

  it('plays the demo on the simulator when OBS lacks a scene, names the scene and leaves OBS alone', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine', 'Hello'] })
    const { why, ...run } = await start({ obs: obs.url, log: 'json' })
    expect(run).toEqual({ file: demoFile, words: { ...common, log: 'json', simulator: true, start: true } })
    expect(why).toMatch(/on the simulator: .* lacks the scenes "Goodbye"; .*--create-demo-scenes/)
    expect(obs.requests.filter(({ requestType }) => !requestType.startsWith('Get'))).toEqual([])
  })

  it('plays the demo on the simulator when there is no OBS, and says where it looked', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`
    const { words, why } = await start({}, { OBS_URL: url })
    expect(words.simulator).toBe(true)
    expect(why).toContain(url)
  })

  it('says that a password is missing, and takes it from OBS_PASSWORD or a file', async () => {
    obs = await startSimulator({ clock, scenes: ['Hello', 'Goodbye'], password: 'secret' })
    expect((await start({ obs: obs.url })).why).toMatch(/on the simulator: .*password.*OBS_PASSWORD/)
    expect((await start({ obs: obs.url }, { OBS_PASSWORD: 'secret' })).why).toMatch(/on the OBS/)
    const file = join(folder, 'password')
    writeFileSync(file, 'secret\n')
    expect((await start({ obs: obs.url, obsPasswordFile: file })).why).toMatch(/on the OBS/)
  })

  it("doesn't ask OBS when the simulator was asked for", async () => {
    expect((await start({ simulator: true })).words).toEqual({ ...common, simulator: true, start: true })
  })

  it('plays a named schedule unchanged, and on OBS only', async () => {
    const words = { ...common, hotkeys: false }
    expect(await start(words, {}, 'show.yaml')).toEqual({ file: 'show.yaml', words, why: null })
  })
})

describe('npm start -- --create-demo-scenes', () => {
  it('makes the scenes in their own collection and plays there', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine'] })
    const { words, why } = await start({ obs: obs.url, createDemoScenes: true })
    expect(words).toEqual({ ...common, obs: obs.url, start: true })
    expect(why).toContain(`in the scene collection "${DEMO_COLLECTION}"; your own "Untitled" is unchanged`)
    expect(obs.onAir()).toBe('Hello')
  })

  it('changes nothing while OBS is streaming', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine'] })
    obs.setStream('live')
    await expect(start({ obs: obs.url, createDemoScenes: true })).rejects.toThrow('stop streaming first')
    expect(obs.requests.filter(({ requestType }) => !requestType.startsWith('Get'))).toEqual([])
  })

  it('is an error when there is no OBS', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`
    await expect(start({ obs: url, createDemoScenes: true })).rejects.toThrow(url)
  })

  it('is refused together with a schedule, and with the simulator', async () => {
    await expect(start({ createDemoScenes: true }, {}, 'show.yaml')).rejects.toThrow('--create-demo-scenes')
    await expect(start({ createDemoScenes: true, simulator: true })).rejects.toThrow('--create-demo-scenes')
  })
})
