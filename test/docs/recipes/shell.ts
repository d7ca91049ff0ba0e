import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Cli, tempFolder } from '../../support/cli.ts'
import { freePort } from '../../support/freePort.ts'
import { until } from '../../support/until.ts'
import { type Block, blocksOf } from '../pages.ts'

type Said = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

type Running = { stdout(): string; stderr(): string; signal(name: NodeJS.Signals): void; readonly ended: Promise<Said> }

export type Shell = {
  /** Where the commands run. It has `show.yaml`, and a token in `token` and `headers`. */
  readonly folder: string
  /** Starts a command line as it stands on a page. */
  start(line: string, env?: NodeJS.ProcessEnv): Promise<Running>
  /** Ends the orchestrator that runs, as Ctrl+C does, starts this one, and waits until it answers. */
  serve(line: string, env?: NodeJS.ProcessEnv): Promise<Running>
  /** Runs one block. Throws if it fails, or doesn't print what the page shows. */
  run(block: Block): Promise<void>
  /** The address on which the test plays what a page has on 127.0.0.1:4466. */
  readonly url: () => Promise<string>
}

/** Longer than any of these takes on a loaded machine. */
const patience = 20_000

const show = `version: 1
cues:
  - { id: one, scene: Main Camera, duration: 1h }
  - { id: two, scene: Slides, duration: 1h }
  - { id: three, scene: Goodbye, duration: 1h }
hotkeys: [{ keys: Ctrl+Alt+B, forceScene: BRB, toggle: true }]
`

/** A shell that has this build as `stream-orchestrator`. Each port 44xx of a page becomes a free one. */
export async function openShell(cli: Cli): Promise<Shell> {
  const folder = await tempFolder()
  mkdirSync(join(folder, 'bin'))
  const program = `#!/bin/sh\nexec '${process.execPath}' '${cli.path}' "$@"\n`
  writeFileSync(join(folder, 'bin/stream-orchestrator'), program, { mode: 0o755 })
  writeFileSync(join(folder, 'show.yaml'), show)
  writeFileSync(join(folder, 'token'), 'a-token\n')
  writeFileSync(join(folder, 'headers'), 'Authorization: Bearer a-token\n')
  const ports = new Map<string, number>()

  const here = async (line: string): Promise<string> => {
    for (const [port = ''] of line.matchAll(/(?<=:)44\d\d\b/g)) if (!ports.has(port)) ports.set(port, await freePort())
    return line.replace(/(?<=:)44\d\d\b/g, (port) => String(ports.get(port)))
  }

  const start: Shell['start'] = async (line, env = {}) => {
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...own } = process.env
    const path = `${join(folder, 'bin')}:${own['PATH'] ?? ''}`
    const url = await here('http://127.0.0.1:4466')
    const child = spawn('bash', ['-eo', 'pipefail', '-c', await here(line)], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...own,
        OBS_URL: '',
        OBS_PASSWORD: '',
        ORCHESTRATOR_TOKEN: '',
        ORCHESTRATOR_URL: url,
        HOME: folder,
        PATH: path,
        ...env,
      },
    })
    const running = watched(child)
    onTestFinished(async () => {
      running.signal('SIGKILL')
      await running.ended
    })
    return running
  }

  let server: Running | null = null
  const serve: Shell['serve'] = async (line, env) => {
    server?.signal('SIGINT')
    await server?.ended
    const started = await start(line.includes('--http ') ? line : `${line} --http 127.0.0.1:4466`, env)
    const [, port = ''] = /--http [\d.]+:(44\d\d)/.exec(line) ?? ['', '4466']
    const url = await here(`http://127.0.0.1:${port}/healthz`)
    const hasEnded = started.ended.then(({ code, stderr }) => {
      throw new Error(`the orchestrator ended with ${code}: ${stderr}`)
    })
    await Promise.race([until(`an answer from ${url}`, () => fetch(url), patience), hasEnded])
    server = started
    return started
  }

  const run: Shell['run'] = async (block) => {
    const { text, followedBy } = block
    const shown = followedBy?.language === 'text' || followedBy?.language === 'json' ? patternOf(followedBy.text) : /^/
    if (text.startsWith('stream-orchestrator run ')) return void (await serve(text))
    if (/curl [^|]*-\w*N\b/.test(text)) return follow(text)
    const once = async () => {
      const { code, stdout, stderr } = await (await start(text)).ended
      if (code !== 0) throw new Error(`ended with ${code}: ${stdout}${stderr}`)
      if (!shown.test(stdout)) throw new Error(`printed ${stdout}`)
      return true
    }
    // OBS confirms a take a moment after the command, so what only reads may read again.
    if (/POST| -d | ctl /.test(text)) await once()
    else await until('what the page shows', once, patience)
  }

  /** A stream never ends by itself. */
  const follow = async (line: string) => {
    const stream = await start(line)
    await until('the first line of the stream', () => stream.stdout().includes('\n'), patience)
    stream.signal('SIGTERM')
    await stream.ended
  }

  return { folder, start, serve, run, url: () => here('http://127.0.0.1:4466') }
}

/** Runs all commands of a page, from the top. The show is on already if the page doesn't start one. */
export async function runPage(page: string, shell: Shell): Promise<void> {
  const blocks = blocksOf(page)
  const schedule = blocks.find(({ language, text }) => language === 'yaml' && text.startsWith('version:'))
  if (schedule !== undefined) writeFileSync(join(shell.folder, 'show.yaml'), `${schedule.text}\n`)
  const commands = blocks.filter(({ language }) => language === 'sh')
  if (!commands.some(({ text }) => text.startsWith('stream-orchestrator run '))) await serveRunningShow(shell)
  for (const block of commands)
    await shell.run(block).catch((error: Error) => {
      throw new Error(`${page}:${block.line}: ${block.text}\n${error.message}`, { cause: error })
    })
}

/** Plays the show, and waits until it runs. */
export async function serveRunningShow(shell: Shell, options = ''): Promise<void> {
  await shell.serve(`stream-orchestrator run show.yaml --simulator --start ${options}`)
  const state = `${await shell.url()}/api/v1/state`
  const headers = { Authorization: 'Bearer a-token' }
  await until(
    'a running show',
    async () => (await (await fetch(state, { headers })).text()).includes('"running"'),
    patience,
  )
}

/** What a page shows, with `…` for anything. */
function patternOf(shown: string): RegExp {
  const parts = shown.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}\\n?$`)
}

/** Collects what a child says. A signal goes to all of its group. */
function watched(child: ChildProcess): Running {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  const ended = new Promise<Said>((done) => child.once('close', (code) => done({ code, ...said })))
  return {
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    signal(name) {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, name)
    },
    ended,
  }
}
