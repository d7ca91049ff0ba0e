import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import OBSWebSocket from 'obs-websocket-js/json'
import { type ChildProcess, startChild } from './childProcess.ts'
import { withDeadline } from './deadline.ts'
import { forgetPreviousRun } from './obsHome.ts'
import { obsCommand } from './obsVersions.ts'
import { Hopeless, until } from './until.ts'

export type ObsStart = { version: string | undefined; home: string; display: string; url: string; password: string }
export type RunningObs = { process: ChildProcess; socket: OBSWebSocket; version: string }

/** Long on purpose: on a busy machine with two cores, two suites that start together took half a minute. */
const START_DEADLINE = 90_000

/** Starts OBS and waits until it can take any request. An error includes the end of OBS's log. */
export async function startObsProcess({ version, home, display, url, password }: ObsStart): Promise<RunningObs> {
  const { command, args, missing } = obsCommand(version)
  if (missing !== undefined) throw new Error(missing)
  forgetPreviousRun(home)
  const process = await startChild(command, [...args, '--multi', '--minimize-to-tray', '--disable-updater'], {
    env: { HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: display, QT_QPA_PLATFORM: 'xcb', LIBGL_ALWAYS_SOFTWARE: '1' },
  })
  try {
    return await until(
      'OBS to answer',
      async () => {
        if (!process.isRunning()) throw new Hopeless('OBS ended at once')
        return hasLoaded(home) && { process, ...(await connect(url, password)) }
      },
      START_DEADLINE,
    )
  } catch (error) {
    await process.end('SIGKILL')
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`${said}\n--- what OBS said\n${logTail(home) || process.output()}`, { cause: error })
  }
}

async function connect(url: string, password: string): Promise<{ socket: OBSWebSocket; version: string }> {
  const socket = new OBSWebSocket()
  try {
    await withDeadline('OBS to let us in', socket.connect(url, password))
    const { obsVersion } = await withDeadline('OBS to name its version', socket.call('GetVersion'))
    await withDeadline('OBS to have loaded its scenes', socket.call('GetSceneList'))
    return { socket, version: obsVersion }
  } catch (error) {
    await socket.disconnect()
    throw error
  }
}

/**
 * Since version 30 the server answers before OBS has loaded its scenes, and a scene made at that moment makes OBS 32 hang forever
 * (obs-studio issue 10408 is similar). OBS doesn't say when it is ready, but its log then comes to rest.
 */
function hasLoaded(home: string): boolean {
  const log = newestLog(home)
  return (
    log !== undefined && /Switched to scene/.test(readFileSync(log, 'utf8')) && Date.now() - statSync(log).mtimeMs > 400
  )
}

function logTail(home: string): string {
  const log = newestLog(home)
  return log === undefined ? '' : readFileSync(log, 'utf8').split('\n').slice(-40).join('\n')
}

function newestLog(home: string): string | undefined {
  const folder = join(home, '.config/obs-studio/logs')
  const newest = existsSync(folder) ? readdirSync(folder).sort().at(-1) : undefined
  return newest === undefined ? undefined : join(folder, newest)
}
