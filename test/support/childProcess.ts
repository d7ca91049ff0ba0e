import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

export type ChildProcess = {
  readonly pid: number
  /** The last 16 KB of stdout and stderr. */
  output(): string
  isRunning(): boolean
  /** Sends the signal and waits until the process is gone. Kills it after `grace` milliseconds. */
  end(signal: NodeJS.Signals, grace?: number): Promise<void>
  /** File descriptor 3 of the child, if it was asked for. */
  readonly extraOutput: Readable | undefined
}

/**
 * Starts a program that can't outlive this process: the kernel kills it when we die, however we die. Linux only, like the tests that
 * use it.
 */
export async function startChild(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string>; extraOutput?: boolean } = {},
): Promise<ChildProcess> {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    env: { PATH: searchPath, LANG: 'C.UTF-8', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.extraOutput ? (['pipe'] as const) : [])],
  })
  let said = ''
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-16_384)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(new Error(`${command} can't be started: ${error.message}`, { cause: error })))
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} was started without a process id`)
  const isRunning = () => child.exitCode === null && child.signalCode === null
  const extra = child.stdio[3]
  return {
    pid,
    output: () => said,
    isRunning,
    extraOutput: extra && 'read' in extra ? extra : undefined,
    async end(signal, grace = 15_000) {
      if (!isRunning()) return
      child.kill(signal)
      const impatience = setTimeout(() => child.kill('SIGKILL'), grace)
      await gone
      clearTimeout(impatience)
    },
  }
}

/** Servers such as nginx are in sbin, which a user's PATH may lack. */
export const searchPath = `${process.env['PATH'] ?? ''}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`
