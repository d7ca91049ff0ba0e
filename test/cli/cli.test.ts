import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { buildCli, type Cli, tempFolder } from '../support/cli.ts'
import { freePort } from '../support/freePort.ts'
import { until } from '../support/until.ts'

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

const scheduleFile = async (content: string) => {
  const file = join(await tempFolder(), 'show.yaml')
  await writeFile(file, content)
  return file
}

const SHORT = `version: 1
title: Short
cues:
  - { scene: One, duration: 300ms }
  - { scene: Two, title: The second, duration: 300ms }
`
const LONG = 'version: 1\ncues: [{ scene: One, duration: 1h }, { scene: Two, duration: 1h }]\n'

const onSimulator = ['--simulator', '--start', '--no-hotkeys']

describe('the command line', () => {
  it('prints its version and its help on stdout', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'))
    expect(await cli.run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
    const help = await cli.run('--help')
    expect(help.code).toBe(0)
    for (const command of ['run', 'validate', 'plan', 'simulate', 'replay', 'schema'])
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  })

  it.each([
    ['no command', []],
    ['an unknown command', ['dance']],
    ['an unknown option', ['run', 'show.yaml', '--dance']],
    ['a missing schedule', ['run']],
    ['one schedule too many', ['plan', 'one.yaml', 'two.yaml']],
    ['an unknown log style', ['run', 'show.yaml', '--log', 'loud']],
    ['the simulator and OBS at once', ['run', 'show.yaml', '--simulator', '--obs', 'ws://127.0.0.1:1']],
    ['a state folder without a name', ['run', 'show.yaml', '--state-dir', '']],
    ['a demo with a wrong address', ['demo', '--obs', 'nonsense']],
    ['a demo without its address', ['demo', '--obs']],
    ['a demo with a value for an option without one', ['demo', '--simulator=1']],
    ['a demo with a missing password file', ['demo', '--obs-password-file', 'nope']],
    ['two schedules for a demo', ['demo', 'one.yaml', 'two.yaml']],
  ])('ends with 2 on %s, and says so on stderr', async (_, args) => {
    const { code, stdout, stderr } = await cli.run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  it('prints the help of a command and of npm start, and plays nothing', async () => {
    expect((await cli.run('help')).stdout).toContain('Usage: stream-orchestrator')
    expect((await cli.run('help', 'run')).stdout).toContain('--obs-password-file')
    const demo = await cli.run('demo', '--help')
    expect(demo).toMatchObject({ code: 0, stderr: '' })
    expect(demo.stdout).toContain('Usage: npm start -- [options] [file]')
    expect(demo.stdout).toContain('--create-demo-scenes')
  })

  it("ends with 1 and one line when its results can't be written", async () => {
    const full = spawn('sh', ['-c', `"$0" "$1" validate scenes/demo.yaml > /dev/full`, process.execPath, cli.path])
    let stderr = ''
    full.stderr.on('data', (text) => {
      stderr += text
    })
    const code = await new Promise((resolve) => full.once('close', resolve))
    expect({ code, stderr }).toEqual({ code: 1, stderr: "the results can't be written: the disk is full (ENOSPC)\n" })
  })

  it('ends quietly when the reader of its results leaves early', async () => {
    const pipe = spawn('sh', [
      '-c',
      `"$0" "$1" simulate scenes/demo.yaml --json | head -n 1`,
      process.execPath,
      cli.path,
    ])
    let stderr = ''
    pipe.stderr.on('data', (text) => {
      stderr += text
    })
    await new Promise((resolve) => pipe.once('close', resolve))
    expect(stderr).toBe('')
  })
})

describe('npm start', () => {
  it("finds a schedule relative to its caller's folder, not to the one where npm runs it", async () => {
    const project = dirname(dirname(cli.path))
    await cp('scripts', join(project, 'scripts'), { recursive: true })
    // As if everything were installed and built.
    await mkdir(join(project, 'node_modules'))
    await writeFile(join(project, 'node_modules/.package-lock.json'), '')
    await mkdir(join(project, 'src'))
    const file = await scheduleFile('version: 1\ncues:\n  - { scene: A, duration: 5 }\n')
    const npm = spawn(process.execPath, ['scripts/start.mjs', 'show.yaml'], {
      cwd: project,
      env: { ...process.env, npm_lifecycle_event: 'start', INIT_CWD: dirname(file) },
    })
    let stderr = ''
    npm.stderr.on('data', (text) => {
      stderr += text
    })
    expect(await new Promise((resolve) => npm.once('close', resolve))).toBe(2)
    expect(stderr).toMatch(/^show\.yaml:3:27: error: a duration needs a unit/)
  })
})

describe('run', () => {
  it('plays a show to its end on the simulator, logs each take, and ends with 0', async () => {
    const file = await scheduleFile(SHORT)
    const state = await tempFolder()
    const args = ['run', file, ...onSimulator, '--exit-when-finished', '--state-dir', state]
    const { code, stdout, stderr } = await (await cli.start(args)).ended
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/^\d\d:\d\d:\d\d\.\d{3} on air: One \(command, \+\d+ ms\)$/m)
    expect(stderr).toMatch(/on air: Two "The second" \(schedule, \+\d+ ms\)/)
    expect(stderr).toContain('the show is over')
    const lines = (await readFile(join(state, 'as-run.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { cue: 'one', scene: 'One', cause: 'command', outcome: 'onAir' },
      { cue: 'two', scene: 'Two', cause: 'schedule', outcome: 'onAir' },
    ])
  })

  it('writes acts to disk before it does them, and does the last ones before it ends', async () => {
    const file = await scheduleFile(`${SHORT}whenFinished: [startRecord]\n`)
    const state = await tempFolder()
    const show = await cli.start(['run', file, ...onSimulator, '--exit-when-finished', '--state-dir', state])
    const { code, stderr } = await show.ended
    expect(code).toBe(0)
    expect(stderr).toMatch(/startRecord.* is done/)
    expect(await readFile(join(state, 'journal.jsonl'), 'utf8')).toMatch(
      /"event":\{"type":"actDue",.*"kind":"startRecord"/,
    )
  })

  it('leaves a journal that begins with the schedule and can be replayed', async () => {
    const state = await tempFolder()
    const journal = join(state, 'journal.jsonl')
    const file = await scheduleFile(SHORT)
    expect(await cli.run('run', file, ...onSimulator, '--exit-when-finished', '--state-dir', state)).toMatchObject({
      code: 0,
    })
    const [first = ''] = (await readFile(journal, 'utf8')).split('\n')
    expect(JSON.parse(first)).toMatchObject({
      checkpoint: { mode: 'idle', schedule: { cues: [{ scene: 'One' }, { scene: 'Two' }] } },
    })
    expect(await cli.run('replay', journal)).toMatchObject({ code: 0, stderr: '' })
  })

  it('writes one object per line with --log json', async () => {
    const file = await scheduleFile(SHORT)
    const { stderr } = await cli.run('run', file, ...onSimulator, '--exit-when-finished', '--log', 'json')
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.every(({ time, level }) => time.endsWith('Z') && level === 'info')).toBe(true)
    expect(lines.map(({ message }) => message)).toContain('the show is over')
  })

  it.each<[string, string, string[], number]>([
    ['a wrong schedule', 'version: 1\ncues: [{ scene: A, duration: 5 }]\n', [], 2],
    ['a warning', `${SHORT}days: [fri]\n`, ['--state-dir', join(process.cwd(), 'package.json/x')], 1],
    ['a wrong address', SHORT, ['--obs', 'nonsense'], 2],
  ])('reports %s as an object too with --log json', async (_, content, words, code) => {
    const file = await scheduleFile(content)
    const where = words.includes('--obs') ? [] : ['--simulator']
    const ended = await cli.run('run', file, ...where, ...words, '--log', 'json')
    expect(ended.code).toBe(code)
    const lines = ended.stderr.trim().split('\n')
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual(lines.map(() => ['time', 'level', 'message']))
  })

  it('leaves out warnings about the schedule with --log-level error', async () => {
    const file = await scheduleFile(`${SHORT}days: [fri]\n`)
    const words = ['run', file, ...onSimulator, '--exit-when-finished']
    expect((await cli.run(...words)).stderr).toContain('warning: ')
    expect((await cli.run(...words, '--log-level', 'error')).stderr).toBe('')
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops the show cleanly on %s, and ends with %i', async (signal, code) => {
    const show = await cli.start(['run', await scheduleFile(LONG), ...onSimulator])
    await show.says('on air: One')
    show.signal(signal)
    const ended = await show.ended
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain('the show was stopped')
  })

  it.skipIf(process.platform !== 'linux')('ends on Ctrl+C even if the desktop of its hotkeys is gone', async () => {
    const file = await scheduleFile(`${LONG}hotkeys: [{ keys: Ctrl+Alt+N, command: next }]\n`)
    const show = await cli.start(['run', file, '--simulator', '--start'], { env: { DISPLAY: ':59999' } })
    await show.says("the display :59999 can't be opened")
    show.signal('SIGINT')
    expect((await show.ended).code).toBe(130)
  })

  it('ends at once on the second Ctrl+C, even if OBS no longer answers', async () => {
    const obs = await startSimulator({ clock: systemClock(), scenes: ['Other', 'One', 'Two'] })
    const show = await cli.start([
      'run',
      await scheduleFile(`${LONG}transition: Cut\n`),
      '--start',
      '--no-hotkeys',
      '--obs',
      obs.url,
    ])
    await show.says('on air: One')
    obs.hang('SetCurrentSceneTransition')
    show.signal('SIGINT')
    await show.says('once more ends at once')
    show.signal('SIGINT')
    expect(await show.ended).toMatchObject({ code: 130, signal: null })
    await obs.close()
  })

  it('says in which line a schedule is wrong, and ends with 2', async () => {
    const file = await scheduleFile('version: 1\ncues:\n  - { scene: A, duration: 5 }\n')
    const { code, stderr } = await cli.run('run', file, '--simulator')
    expect(code).toBe(2)
    expect(stderr).toContain(`${file}:3:27: error: a duration needs a unit`)
  })

  it('keeps what it wrote when it fails, and ends with 1', async () => {
    const file = await scheduleFile(LONG)
    const state = await tempFolder()
    const fault = 'data:text/javascript,process.on("SIGUSR2", () => { throw new Error("a fault of its own") })'
    const env = { NODE_OPTIONS: `--import=${encodeURI(fault)}` }
    const show = await cli.start(['run', file, ...onSimulator, '--state-dir', state], { env })
    await show.says('on air: One')
    show.signal('SIGUSR2')
    const { code, stderr } = await show.ended
    expect(code).toBe(1)
    expect(stderr).toContain("the show can't go on: Error: a fault of its own")
    expect(await readFile(join(state, 'as-run.jsonl'), 'utf8')).toContain('"scene":"One"')
    expect(await readdir(state)).not.toContain('lock')
  })

  it('ends with 1 when the state folder is in use', async () => {
    const file = await scheduleFile(LONG)
    const state = await tempFolder()
    const first = await cli.start(['run', file, ...onSimulator], { state })
    await first.says('on air: One')
    const second = await (await cli.start(['run', file, ...onSimulator], { state })).ended
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(`belongs to process ${first.pid}`)
  })

  it('says once where it looked for OBS, keeps trying, and begins once it is there', async () => {
    const port = await freePort()
    const show = await cli.start([
      'run',
      await scheduleFile(LONG),
      '--start',
      '--no-hotkeys',
      '--obs',
      `ws://127.0.0.1:${port}`,
    ])
    await show.says(new RegExp(`no OBS at ws://127.0.0.1:${port} .*; looking for it until it is there`))
    const obs = await startSimulator({ clock: systemClock(), scenes: ['Other', 'One', 'Two'], port })
    await show.says('on air: One')
    expect(show.stderr().match(/ no OBS at/g)).toHaveLength(2)
    expect(show.stderr()).toContain('no longer: no OBS at')
    show.signal('SIGTERM')
    await show.ended
    await obs.close()
  })

  it("says at once that the password is wrong, and doesn't keep trying it", async () => {
    const obs = await startSimulator({ clock: systemClock(), scenes: ['One'], password: 'secret' })
    const file = await scheduleFile(LONG)
    const show = await cli.start(['run', file, '--no-hotkeys', '--obs', obs.url], { env: { OBS_PASSWORD: 'guess' } })
    await show.says(/OBS refuses the password .*OBS_PASSWORD.*; trying again every 30 s/)
    show.signal('SIGINT')
    const { code, stderr } = await show.ended
    expect(code).toBe(130)
    expect(stderr.match(/OBS refuses the password/g)).toHaveLength(1)
    await obs.close()
  })

  it("ends with 2 on an address that isn't a WebSocket server's", async () => {
    const { code, stderr } = await cli.run('run', await scheduleFile(LONG), '--obs', 'localhost:4455')
    expect(code).toBe(2)
    expect(stderr).toContain('not localhost:4455')
  })

  it('ends with 2 when the password file is missing', async () => {
    const { code, stderr } = await cli.run(
      'run',
      await scheduleFile(LONG),
      '--obs-password-file',
      '/nonexistent/password',
    )
    expect(code).toBe(2)
    expect(stderr).toContain('/nonexistent/password')
  })
})

describe('run with a start time long ago', () => {
  it('says that nothing begins by itself', async () => {
    const file = await scheduleFile(`${SHORT}timezone: UTC\nstart: "2020-01-01T10:00"\n`)
    const show = await cli.start(['run', file, '--simulator', '--no-hotkeys'])
    await show.says('warn the start of this schedule, 2020-01-01T10:00, is past')
  })
})

describe('run --watch', () => {
  it('goes on with the saved schedule and says what changed', async () => {
    const file = await scheduleFile(LONG)
    const show = await cli.start(['run', file, ...onSimulator, '--watch'])
    await show.says('on air: One')
    await writeFile(
      file,
      'version: 1\ntitle: New\ncues: [{ scene: One, duration: 2h }, { scene: Three, duration: 1h }]\n',
    )
    await show.says(
      'was reloaded: 1 cue added: Three; 1 cue removed: Two; 1 cue changed: One; also changed: title; One goes on',
    )
  })

  it('adds a new scene to the simulator before it is wanted', async () => {
    const file = await scheduleFile('version: 1\nfallback: Sorry\ncues: [{ id: a, scene: One, duration: 1h }]\n')
    const show = await cli.start(['run', file, ...onSimulator, '--watch'])
    await show.says('on air: One')
    await writeFile(file, 'version: 1\nfallback: Sorry\ncues: [{ id: a, scene: New, duration: 1h }]\n')
    await show.says('on air: New')
    expect(show.stderr()).not.toContain('on air: Sorry')
  })

  it('changes nothing when the file becomes invalid, and says where', async () => {
    const file = await scheduleFile(
      'version: 1\ncues: [{ scene: One, duration: 700ms }, { scene: Two, duration: 1h }]\n',
    )
    const show = await cli.start(['run', file, ...onSimulator, '--watch'])
    await show.says('on air: One')
    await writeFile(file, 'version: 1\ncues: [{ scene: Three, duration: 5 }]\n')
    await show.says(`${file}:2:34: error: a duration needs a unit`)
    await show.says('was not reloaded')
    await show.says('on air: Two')
  })

  it('says so when a folder replaces the file', async () => {
    const file = await scheduleFile(LONG)
    const show = await cli.start(['run', file, ...onSimulator, '--watch'])
    await show.says('on air: One')
    await rm(file)
    await mkdir(file)
    await show.says(`${file}: error: this is a folder`)
    await show.says('was not reloaded')
  })

  it('plays out a running cue that is gone from the file', async () => {
    const file = await scheduleFile(LONG)
    const show = await cli.start(['run', file, ...onSimulator, '--watch'])
    await show.says('on air: One')
    await writeFile(file, 'version: 1\ncues: [{ scene: Two, duration: 1h }]\n')
    await show.says('One is no longer in the file and plays out, then comes Two')
  })
})

describe('run in a terminal', () => {
  it('shows a live status, takes keys, and gives the terminal back', async () => {
    const file = await scheduleFile(`${LONG}hotkeys: [{ keys: Ctrl+Alt+B, forceScene: BRB, toggle: true }]\n`)
    const folder = await tempFolder()
    const words = [process.execPath, cli.path, 'run', file, '--simulator', '--no-http', '--state-dir', folder]
    const terminal = spawn(
      'script',
      ['-qefc', `stty rows 24 cols 80; ${words.join(' ')}; echo "ended with $?"; stty -a`, '/dev/null'],
      {
        env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', TERM: 'xterm' },
      },
    )
    const gone = new Promise((resolve) => terminal.once('close', resolve))
    onTestFinished(() => void terminal.kill('SIGKILL'))
    let shown = ''
    terminal.stdout.setEncoding('utf8').on('data', (text) => {
      shown += text
    })
    const shows = (text: string | RegExp) =>
      until(`${text} in the terminal`, () => (typeof text === 'string' ? shown.includes(text) : text.test(shown)))
    await shows('IDLE')
    await shows('connected')
    terminal.stdin.write('s')
    await shows('RUNNING')
    await shows(/1:00:00|0:59:5\d/)
    terminal.stdin.write('2')
    await shows('until released')
    // Ctrl+Alt+B, as a terminal sends it.
    terminal.stdin.write('\u001b\u0002')
    await shows('on air: BRB (force')
    terminal.stdin.write('q')
    await shows('ended with 130')
    await shows(/ icanon/)
    expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'))
    terminal.stdin.end()
    await gone
  })
})
