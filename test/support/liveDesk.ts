import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Snapshot } from '../../src/orchestrator/core/snapshot.ts'
import { openPage, type Size, startBrowser } from './browser.ts'
import { buildCli, type Cli, type RunningCli, tempFolder } from './cli.ts'
import { until } from './until.ts'

/** A show that plays on the simulator, with its pages. */
export type LiveDesk = {
  /** The address of the operator page, with a slash at its end. */
  readonly url: string
  readonly folder: string
  readonly running: RunningCli
  state(): Promise<Snapshot>
  /** Waits until the state is as wanted, and returns it. */
  until(what: string, isSo: (state: Snapshot) => boolean): Promise<Snapshot>
  send(command: object): Promise<void>
}

export type LiveDeskOptions = {
  readonly args?: readonly string[]
  /** Where the server listens; default: any free port. */
  readonly port?: number
  /** The folder of an earlier show that goes on. */
  readonly folder?: string
  /** Sent with each request. */
  readonly token?: string
}

/** Builds the command line with the pages, and starts a browser, once for a suite. */
export function deskAndBrowser() {
  let cli: Cli
  let browser: Browser
  beforeAll(async () => {
    ;[cli, browser] = await Promise.all([buildCli({ pages: true }), startBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await cli?.remove()
  })
  return {
    startDesk: (schedule: string, options?: LiveDeskOptions) => startDesk(cli, schedule, options),
    openPage: (url: string, size?: Size) => openPage(browser, url, size),
  }
}

/** Runs the show on the embedded simulator, as a user would. */
async function startDesk(cli: Cli, schedule: string, options: LiveDeskOptions = {}): Promise<LiveDesk> {
  const { args = ['--start'], port = 0, token } = options
  const folder = options.folder ?? (await tempFolder())
  const file = join(folder, 'show.yaml')
  await writeFile(file, schedule)
  const stateDir = ['--state-dir', join(folder, 'state')]
  const http = ['--http', `127.0.0.1:${port}`]
  const running = await cli.start(['run', file, '--simulator', '--no-hotkeys', ...http, ...stateDir, ...args])
  await running.says(/connected to OBS/)
  const url = /http:\/\/[\w.:[\]-]+\//.exec(running.stderr())?.[0] ?? ''
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const state = async (): Promise<Snapshot> => {
    const response = await fetch(`${url}api/v1/state`, { headers })
    return JSON.parse(await response.text())
  }
  return {
    url,
    folder,
    running,
    state,
    until: (what, isSo) =>
      until(what, async () => {
        const present = await state()
        return isSo(present) && present
      }),
    async send(command) {
      const response = await fetch(`${url}api/v1/commands`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(command),
      })
      if (!response.ok) throw new Error(`${JSON.stringify(command)} was answered with ${response.status}`)
    },
  }
}
