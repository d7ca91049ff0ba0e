import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoRun } from '../../src/commands/demo.ts'
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

const start = (words: readonly string[], env: NodeJS.ProcessEnv = {}) => demoRun(words, { env, clock, demoFile })

describe('npm start', () => {
  it('plays the demo on an OBS that has its scenes', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine', 'Hello', 'Goodbye'] })
    const { run, why } = await start(['--obs', obs.url, '--no-hotkeys'])
    expect(run).toEqual(['run', demoFile, '--start', '--obs', obs.url, '--no-hotkeys'])
    expect(why).toContain(`on the OBS at ${obs.url}`)
  })

  it('plays the demo on the simulator when OBS lacks a scene, names it, and leaves OBS as it is', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine', 'Hello'] })
    const { run, why } = await start(['--obs', obs.url, '--log', 'json'])
    expect(run).toEqual(['run', demoFile, '--simulator', '--start', '--log', 'json'])
    expect(why).toMatch(/on the simulator: .* lacks the scenes "Goodbye"; .*--create-demo-scenes/)
    expect(obs.requests.filter(({ requestType }) => !requestType.startsWith('Get'))).toEqual([])
  })

  it('plays the demo on the simulator when there is no OBS, and says where it looked', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`
    const { run, why } = await start([], { OBS_URL: url })
    expect(run).toContain('--simulator')
    expect(why).toContain(url)
  })

  it('says that a password is missing, and takes it from OBS_PASSWORD or a file', async () => {
    obs = await startSimulator({ clock, scenes: ['Hello', 'Goodbye'], password: 'secret' })
    expect((await start(['--obs', obs.url])).why).toMatch(/on the simulator: .*password/)
    expect((await start(['--obs', obs.url], { OBS_PASSWORD: 'secret' })).why).toMatch(/on the OBS/)
    const file = join(folder, 'password')
    writeFileSync(file, 'secret\n')
    expect((await start([`--obs=${obs.url}`, '--obs-password-file', file])).why).toMatch(/on the OBS/)
  })

  it('does not ask OBS when the simulator was asked for', async () => {
    expect((await start(['--simulator'])).run).toEqual(['run', demoFile, '--simulator', '--start'])
  })

  it('plays a schedule that is named as it stands, on OBS only', async () => {
    const words = ['--log', 'json', 'show.yaml', '--no-hotkeys']
    expect(await start(words)).toEqual({ run: ['run', ...words], why: null })
  })
})

describe('npm start -- --create-demo-scenes', () => {
  it('makes the scenes in a collection of their own and plays there', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine'] })
    const { run, why } = await start(['--obs', obs.url, '--create-demo-scenes'])
    expect(run).toEqual(['run', demoFile, '--start', '--obs', obs.url])
    expect(why).toContain(`in the scene collection "${DEMO_COLLECTION}"; your own "Untitled" is unchanged`)
    expect(obs.onAir()).toBe('Hello')
  })

  it('changes nothing while OBS is streaming', async () => {
    obs = await startSimulator({ clock, scenes: ['Mine'] })
    obs.setStream('live')
    await expect(start(['--obs', obs.url, '--create-demo-scenes'])).rejects.toThrow('stop streaming first')
    expect(obs.requests.filter(({ requestType }) => !requestType.startsWith('Get'))).toEqual([])
  })

  it('is an error when there is no OBS', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`
    await expect(start(['--obs', url, '--create-demo-scenes'])).rejects.toThrow(url)
  })

  it('is refused together with a schedule', async () => {
    await expect(start(['show.yaml', '--create-demo-scenes'])).rejects.toThrow('--create-demo-scenes')
  })
})
