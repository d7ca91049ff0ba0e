import { execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { until } from './until.ts'

export type Ended = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export type RunningCli = {
  readonly pid: number
  stdout(): string
  stderr(): string
  /** Waits until the text appears on stderr. */
  says(text: string | RegExp): Promise<void>
  signal(name: NodeJS.Signals): void
  readonly ended: Promise<Ended>
}

export type Cli = {
  /** Starts the command line as a user would, in a new state folder unless one is given. */
  start(
    args: readonly string[],
    options?: { readonly state?: string; readonly env?: NodeJS.ProcessEnv },
  ): Promise<RunningCli>
  /** Runs it to the end. */
  run(...args: readonly string[]): Promise<Ended>
  /** The `dist/cli.js` of this build. */
  readonly path: string
  remove(): Promise<void>
}

/** Builds the command line from the present sources, with the pages if wanted, but not into `dist`, which is the user's. */
export async function buildCli({ pages = false } = {}): Promise<Cli> {
  const cache = resolve('node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const home = await mkdtemp(join(cache, 'cli-'))
  const path = join(home, 'dist/cli.js')
  await promisify(execFile)(process.execPath, ['scripts/bundle.mjs', join(home, 'dist')])
  if (pages) await promisify(execFile)(process.execPath, ['scripts/pages.mjs', join(home, 'dist')])
  await cp('package.json', join(home, 'package.json'))
  await cp('scenes', join(home, 'scenes'), { recursive: true })

  const start: Cli['start'] = async (args, { state, env = {} } = {}) => {
    const folder = state ?? (await tempFolder())
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...own } = process.env
    // Shows run beside each other, so none of them may take the default port.
    const isShow = args[0] === 'run' && !args.some((word) => /^--(no-)?http$/.test(word))
    const child = spawn(process.execPath, [path, ...args, ...(isShow ? ['--http', '127.0.0.1:0'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...own, OBS_URL: '', OBS_PASSWORD: '', ORCHESTRATOR_TOKEN: '', XDG_STATE_HOME: folder, ...env },
    })
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said.stderr += text
    })
    const ended = new Promise<Ended>((done) => child.once('close', (code, signal) => done({ code, signal, ...said })))
    onTestFinished(async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    })
    return {
      pid: child.pid ?? 0,
      stdout: () => said.stdout,
      stderr: () => said.stderr,
      says: async (text) => {
        const isSaid = () => (typeof text === 'string' ? said.stderr.includes(text) : text.test(said.stderr))
        await until(`"${text}" on stderr`, isSaid).catch((error: Error) => {
          throw new Error(`${error.message}; it said:\n${said.stderr}`)
        })
      },
      signal: (name) => void child.kill(name),
      ended,
    }
  }

  return {
    start,
    run: async (...args) => (await start(args)).ended,
    path,
    remove: () => rm(home, { recursive: true, force: true }),
  }
}

/** An empty folder for one test. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'orchestrator-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
