import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ctl } from '../../src/cli/ctl.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { freshFolder } from '../store/folders.ts'
import { freePort } from '../support/freePort.ts'
import { serve, TOKEN, VIEW_TOKEN } from '../support/httpServer.ts'
import { until } from '../support/until.ts'

const show = 'title: Show\ncues: [{ scene: A, title: Opening, duration: 10s }, { scene: B, duration: 20s }]'

type Env = Readonly<Record<string, string>>

/** What `ctl` prints, and its exit code. */
async function said(words: readonly string[], env: Env = {}, signal?: AbortSignal) {
  const lines = { stdout: [] as string[], stderr: [] as string[] }
  const io = {
    stdout: (line: string) => void lines.stdout.push(line),
    stderr: (line: string) => void lines.stderr.push(line),
    flush: () => {},
  }
  const running = ctl(words, { io, env, clock: systemClock(), width: 80, colour: false, ...(signal && { signal }) })
  return { lines, running, ended: async () => ({ code: await running, ...lines }) }
}

const run = async (words: readonly string[], env: Env = {}) => (await said(words, env)).ended()

/** `ctl` for a server, its words as one would type them. */
async function remote(text = show, serving: Parameters<typeof serve>[1] = {}) {
  const served = await serve(text, serving)
  const env = { ORCHESTRATOR_URL: served.url }
  return { ...served, env, ctl: (line: string, more: Env = {}) => run(line.split(' '), { ...env, ...more }) }
}

describe('ctl', () => {
  it('sends each command with its arguments', async () => {
    const { ctl, state, logged, clock } = await remote()
    expect(await ctl('start')).toEqual({
      ...{ code: 0, stdout: ['running, Opening (1/2) until 12:00:10, on air: A'], stderr: [] },
    })
    for (const line of [
      'extend 30s',
      'extend -30s',
      'pause',
      'resume',
      'hold',
      'unhold',
      'goto b --offset 5s',
      'previous',
      'next --if-cue a',
      'force BRB --until 30s --transition Cut --pause',
      'release',
      'force BRB --toggle',
      'release',
      'previous',
      'skip',
      'stop',
      'start --cue b',
      'reset',
    ]) {
      expect({ line, ...(await ctl(line)) }).toMatchObject({ line, code: 0, stderr: [] })
      clock.advance(10)
    }
    expect(logged.flatMap((text) => text.match(/http: .*/)?.[0] ?? [])).toEqual([
      ...['http: start', 'http: extend 30s', 'http: extend -30s', 'http: pause', 'http: resume', 'http: hold'],
      ...['http: unhold', 'http: goTo b, offset 5s', 'http: previous', 'http: next ifCue a'],
      ...['http: forceScene BRB, until 30s, transition Cut, pause', 'http: release', 'http: forceScene BRB, toggle'],
      ...[
        'http: release',
        'http: previous',
        'http: skipCurrentScene',
        'http: stop',
        'http: start cue b',
        'http: reset',
      ],
    ])
    expect(state().mode).toBe('idle')
  })

  it('passes words with spaces on', async () => {
    const { env, state } = await remote()
    await run(['force', 'Be right back', '--transition', 'Fade 300ms'], env)
    expect(state().override?.scene).toBe('Be right back')
  })

  it('prints the answer as one JSON object with --json', async () => {
    const { ctl, state } = await remote()
    const { stdout } = await ctl('start --json')
    expect(stdout.map((line) => JSON.parse(line))).toMatchObject([{ accepted: true, seq: state().seq }])
    const refused = await ctl('--json start')
    expect(refused).toMatchObject({ code: 1, stderr: [expect.stringContaining('refused (alreadyRunning): ')] })
    expect(refused.stdout.map((line) => JSON.parse(line))).toMatchObject([
      { accepted: false, reason: 'alreadyRunning' },
    ])
  })

  it('ends with 1 and says why when the command is refused', async () => {
    const { ctl } = await remote()
    expect(await ctl('next')).toEqual({
      ...{ code: 1, stdout: [], stderr: ['refused (notRunning): The show is not running; start it first.'] },
    })
    await ctl('start')
    expect(await ctl('next --if-cue b')).toMatchObject({ code: 1, stderr: [expect.stringContaining('(staleCue)')] })
    expect(await ctl('goto a --offset 10h')).toMatchObject({ code: 1, stderr: [expect.stringContaining('(invalid)')] })
  })

  it.each([
    ['no command', ''],
    ['an unknown command', 'dance'],
    ['the schedule, which only the file can change', 'configure'],
    ['a missing argument', 'goto'],
    ['one argument too many', 'stop now'],
    ['an unknown option', 'next --fast'],
    ['an unknown option of extend', 'extend 5s --fast'],
    ['a wrong duration', 'extend 5'],
    ['a wrong end of a force', 'force A --until forever'],
    ['options that exclude each other', 'force A --until cueEnd --pause'],
    ['a wrong address', 'state --url nonsense'],
    ['an address with a password in it', 'state --url http://a:b@127.0.0.1'],
    ['a token file that is missing', 'state --token-file /nonexistent/token'],
  ])('ends with 2 on %s, and says so', async (_, line) => {
    const { ctl, journal } = await remote()
    const before = journal.length
    const { code, stdout, stderr } = await ctl(line)
    expect({ code, stdout }).toEqual({ code: 2, stdout: [] })
    expect(stderr.join('\n')).not.toBe('')
    expect(journal).toHaveLength(before)
  })

  it('prints its help on stdout', async () => {
    const { code, stdout, stderr } = await run(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] })
    for (const word of ['start', 'goto', 'force', 'state', 'watch', '--url', '--token-file'])
      expect(stdout.join('\n')).toContain(word)
    expect((await run(['help', 'force'])).stdout.join('\n')).toContain('--until <until>')
  })
})

describe('ctl, when the orchestrator', () => {
  it("isn't there, ends with 3 and says what to do", async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    for (const line of ['start', 'state', 'watch']) {
      const { code, stderr } = await run([line], { ORCHESTRATOR_URL: url })
      expect(code).toBe(3)
      expect(stderr.join()).toMatch(
        /no orchestrator at .*ECONNREFUSED.*start one with `stream-orchestrator run`.*--url/,
      )
    }
  })

  it('asks for a token, ends with 3 and says where to put it', async () => {
    const { ctl } = await remote(show, { access: 'tokens' })
    expect(await ctl('start')).toMatchObject({
      code: 3,
      stderr: [expect.stringMatching(/asks for a token: .*--token-file or ORCHESTRATOR_TOKEN/)],
    })
    expect(await ctl('watch', { ORCHESTRATOR_TOKEN: 'wrong' })).toMatchObject({
      code: 3,
      stderr: [expect.stringContaining('refuses the token')],
    })
    expect(await ctl('start', { ORCHESTRATOR_TOKEN: TOKEN })).toMatchObject({ code: 0 })
  })

  it('lets us only look, ends with 3 for a command', async () => {
    const { ctl } = await remote(show, { access: 'tokens' })
    const env = { ORCHESTRATOR_TOKEN: VIEW_TOKEN }
    expect(await ctl('state', env)).toMatchObject({ code: 0 })
    expect(await ctl('start', env)).toMatchObject({
      code: 3,
      stderr: [expect.stringContaining('may look, not command')],
    })
  })

  it('takes its token from a file', async () => {
    const { ctl } = await remote(show, { access: 'tokens' })
    const file = join(await freshFolder(), 'token')
    await writeFile(file, `${TOKEN}\n`)
    expect(await ctl(`start --token-file ${file}`)).toMatchObject({ code: 0 })
  })

  it.each<[string, RequestListener]>([
    ['a web page', (_, response) => response.end('<!doctype html>')],
    ['a page that is nowhere', (_, response) => response.writeHead(404).end('not found')],
    ['a redirect', (_, response) => response.writeHead(302, { Location: 'http://example.com/' }).end()],
    ['other JSON', (_, response) => response.end('{"accepted":"maybe"}')],
  ])('is something else that answers with %s, ends with 3', async (_, answer) => {
    const server = createServer(answer).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close().closeAllConnections())
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    for (const line of ['start', 'state'])
      expect(await run([line], { ORCHESTRATOR_URL: url })).toMatchObject({
        ...{ code: 3, stderr: [expect.stringContaining('something else than an orchestrator answers')] },
      })
  })
})

describe('ctl state', () => {
  it('prints what is on, what comes next and what is wrong', async () => {
    const { ctl, orchestrator, wait, report } = await remote()
    orchestrator.start()
    wait('4s')
    orchestrator.forceScene('BRB', { until: '30s' })
    report({ type: 'problems', code: 'x', found: [{ message: 'A lamp\nis broken.' }] })
    const { code, stdout } = await ctl('state')
    expect(code).toBe(0)
    expect(stdout).toEqual([
      'RUNNING  12:00:04  Show',
      'on air   BRB ✓ confirmed by OBS',
      'cue      0:00:06 left  Opening  1/2',
      'next     B  at 12:00:10, in 0:00:06',
      'timing   on time',
      'force    BRB  until 12:00:34, 0:00:30 left  for 0:00:00',
      expect.stringMatching(/^OBS {6}connected, 32\.0\.0/),
      expect.stringContaining('A lamp is broken.'),
    ])
  })

  it('prints the snapshot as one JSON object with --json', async () => {
    const { ctl, state } = await remote()
    const { stdout } = await ctl('state --json')
    expect(stdout).toEqual([JSON.stringify(state())])
  })
})

describe('ctl watch', () => {
  it('prints a line for each change until it is ended', async () => {
    const { env, orchestrator, wait } = await remote()
    const ending = new AbortController()
    const { lines, ended } = await said(['watch'], env, ending.signal)
    const shows = (count: number) => until(`line ${count}`, () => lines.stdout.length === count)
    await shows(1)
    orchestrator.start()
    await shows(2)
    wait('10s')
    await shows(3)
    orchestrator.pause()
    await shows(4)
    expect(lines.stdout).toEqual([
      '12:00:00.000 idle, on air: Before',
      '12:00:00.000 running, Opening (1/2) until 12:00:10, on air: A',
      '12:00:10.000 running, B (2/2) until 12:00:30, on air: B',
      '12:00:10.000 paused, B (2/2), on air: B',
    ])
    ending.abort()
    expect(await ended()).toMatchObject({ code: 0, stderr: [] })
  })

  it('prints one JSON object per line with --json', async () => {
    const { env, state, clock } = await remote()
    const ending = new AbortController()
    const { lines, ended } = await said(['watch', '--json'], env, ending.signal)
    await until('a line', () => lines.stdout.length === 1)
    expect(JSON.parse(lines.stdout[0] ?? '')).toEqual({ now: clock.now(), state: JSON.parse(JSON.stringify(state())) })
    ending.abort()
    await ended()
  })

  it('says that the connection is lost and goes on by itself when the orchestrator is back', async () => {
    const first = await remote()
    const ending = new AbortController()
    const { lines, ended } = await said(['watch'], first.env, ending.signal)
    await until('a line', () => lines.stdout.length === 1)
    await first.close()
    await until('the loss', () => lines.stderr.includes('the connection is lost; trying again'))
    const again = await serve('cues: [{ scene: Z, duration: 10s }]', { port: first.port })
    again.orchestrator.start()
    await until('the new show', () => lines.stdout.at(-1)?.endsWith('on air: Z') === true)
    expect(lines.stderr).toEqual(['the connection is lost; trying again', 'connected again'])
    ending.abort()
    expect(await ended()).toMatchObject({ code: 0 })
  })
})
