import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildCli, type Cli, tempFolder } from '../support/cli.ts'
import { until } from '../support/until.ts'

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

const SHOW = `version: 1
title: By remote control
fallback: BRB
cues:
  - { scene: One, duration: 1h }
  - { scene: Two, duration: 1h }
  - { scene: Three, duration: 1h }
`
const onSimulator = ['--simulator', '--no-hotkeys']

const showFile = async () => {
  const file = join(await tempFolder(), 'show.yaml')
  await writeFile(file, SHOW)
  return file
}

/** A show that waits to be started, and where it is commanded. */
async function playing(more: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const state = await tempFolder()
  const args = ['run', await showFile(), ...onSimulator, '--exit-when-finished', '--state-dir', state, ...more]
  const show = await cli.start(args, { env })
  await show.says('connected to OBS')
  const [, url = ''] = /the operator's page: (http:\S+)\//.exec(show.stderr()) ?? []
  const asRun = async () => {
    const lines = (await readFile(join(state, 'as-run.jsonl'), 'utf8')).trim().split('\n')
    return lines.map((line) => JSON.parse(line)).map(({ scene, cause, outcome }) => `${scene} ${cause} ${outcome}`)
  }
  return { show, url, asRun }
}

const wholeShow = [
  ...['One command onAir', 'BRB force onAir', 'One release onAir', 'Two command onAir', 'Three command onAir'],
]

describe('a whole show', () => {
  it('can be played by ctl alone', async () => {
    const { show, url, asRun } = await playing()
    const ctl = async (...words: string[]) =>
      (await cli.start(['ctl', ...words], { env: { ORCHESTRATOR_URL: url } })).ended
    const does = async (...words: string[]) =>
      expect({ words, ...(await ctl(...words)) }).toMatchObject({ code: 0, stderr: '' })
    const onAir = (scene: string) =>
      until(`${scene} on air`, async () => (await ctl('state')).stdout.includes(`on air   ${scene} ✓`), 30_000)
    await does('start')
    await onAir('One')
    await does('force', 'BRB')
    await onAir('BRB')
    await does('release')
    await onAir('One')
    await does('extend', '-30s')
    await does('next', '--if-cue', 'one')
    await onAir('Two')
    await does('pause')
    await does('resume')
    await does('goto', 'three', '--offset', '10m')
    await onAir('Three')
    expect(await ctl('next')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'refused (noNextCue): This is the last cue of the last round.\n',
    })
    await does('goto', 'three', '--offset', '59m59s')
    expect((await show.ended).code).toBe(0)
    expect(show.stderr()).toContain('http: goTo three, offset 59m59s')
    expect(await ctl('state')).toMatchObject({ code: 3 })
    expect((await asRun()).slice(0, 5)).toEqual(wholeShow)
  }, 120_000)

  it('can be played by curl alone', async () => {
    const { show, url, asRun } = await playing()
    const curl = async (...words: string[]) => (await promisify(execFile)('curl', ['-sS', ...words])).stdout
    const press = async (what: string) =>
      expect(JSON.parse(await curl('-X', 'POST', `${url}/api/v1/commands/${what}`))).toMatchObject({ accepted: true })
    const onAir = (scene: string) =>
      until(
        `${scene} on air`,
        async () => JSON.parse(await curl(`${url}/api/v1/state`)).program.confirmed === scene,
        30_000,
      )
    expect(await curl('-o', '/dev/null', '-w', '%{http_code}', `${url}/readyz`)).toBe('200')
    await press('start')
    await onAir('One')
    await press('forceScene?scene=BRB&toggle=true')
    await onAir('BRB')
    await press('forceScene?scene=BRB&toggle=true')
    await onAir('One')
    expect(JSON.parse(await curl('-d', '{"type":"next","ifCue":"one"}', `${url}/api/v1/commands`))).toMatchObject({
      accepted: true,
    })
    await onAir('Two')
    await press('goTo?cue=three')
    await onAir('Three')
    const metrics = await curl(`${url}/metrics`)
    expect(metrics).toMatch(/^orchestrator_takes_total\{cause="command",outcome="onAir"\} 3$/m)
    expect(metrics).toMatch(/^obs_fps \d+$/m)
    expect(JSON.parse(await curl(`${url}/api/v1/as-run?last=1`))).toMatchObject([{ scene: 'Three', outcome: 'onAir' }])
    await press('goTo?cue=three&offset=59m59s')
    expect((await show.ended).code).toBe(0)
    expect((await asRun()).slice(0, 5)).toEqual(wholeShow)
  }, 120_000)
})

describe('run', () => {
  it('serves who has the token, and nobody else', async () => {
    const file = join(await tempFolder(), 'token')
    await writeFile(file, 'a-secret\n')
    const { show, url } = await playing(['--http', '127.0.0.1:0', '--http-token-file', file])
    expect((await fetch(`${url}/healthz`)).status).toBe(401)
    expect((await fetch(`${url}/healthz`, { headers: { Authorization: 'Bearer a-secret' } })).status).toBe(200)
    show.signal('SIGTERM')
    expect((await show.ended).code).toBe(143)
    expect(show.stderr()).not.toContain('a-secret')
  })

  it('takes the token from ORCHESTRATOR_TOKEN, too', async () => {
    const { url } = await playing([], { ORCHESTRATOR_TOKEN: 'a-secret' })
    expect((await fetch(`${url}/healthz`)).status).toBe(401)
  })

  it.each([
    ['another address than its own without a token', ['--http', '0.0.0.0:0'], 'needs a token'],
    ['an address that it cannot read', ['--http', ':4466'], 'write an address and a port'],
    ['a token file that is missing', ['--http-token-file', '/nonexistent/token'], 'there is no such file'],
    ['an empty token file', ['--http-token-file', '/dev/null'], 'the file is empty'],
    ['a token of several words', ['--http-token-file', 'package.json'], 'a token is one word'],
  ])('ends with 2 on %s', async (_, words, sentence) => {
    const { code, stderr } = await cli.run('run', await showFile(), ...onSimulator, ...words)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(sentence) })
  })

  it('ends with 1 when its port is in use, and says what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const address = server.address()
    const place = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const { code, stderr } = await cli.run('run', await showFile(), ...onSimulator, '--http', place)
    expect(code).toBe(1)
    expect(stderr).toBe(
      `${place} is in use: another orchestrator may run; choose another address with --http, or none with --no-http\n`,
    )
  })

  it('gives its state folder back when its port is in use', async () => {
    const { url } = await playing()
    const [file, state] = [await showFile(), await tempFolder()]
    const args = ['run', file, ...onSimulator, '--state-dir', state]
    expect((await cli.run(...args, '--http', new URL(url).host)).code).toBe(1)
    const show = await cli.start([...args, '--no-http'])
    await show.says('connected to OBS')
    expect(show.stderr()).not.toContain("the operator's page")
  })
})
