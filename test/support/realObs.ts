import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OBSRequestTypes, OBSResponseTypes, OBSWebSocket } from 'obs-websocket-js/json'
import { withDeadline } from './deadline.ts'
import { startDisplay } from './display.ts'
import { freePort } from './freePort.ts'
import { writeObsHome } from './obsHome.ts'
import { startObsProcess } from './obsProcess.ts'
import { rgbOf } from './recording.ts'
import { until } from './until.ts'
import { noteThatItRan } from './whatRan.ts'

export type RealObsOptions = {
  /** Each scene is filled with one colour. The first one is on air; there are no others. */
  scenes?: Readonly<Record<string, `#${string}`>>
  width?: number
  height?: number
  fps?: number
  password?: string
  port?: number
  /** A home used before: its scenes and settings stay, and no scene is put on air. Whoever made it removes it. */
  home?: string
  /** As in `npm run test:obs-versions`; default: OBS_VERSION, or else the installed OBS. */
  version?: string
  /** Default: its own display. */
  display?: string
  stream?: { server: string; key: string }
  recordDir?: string
}

export type RealObs = {
  readonly url: string
  readonly port: number
  readonly password: string
  /** As OBS reports it, such as `29.0.2`. */
  readonly version: string
  readonly home: string
  readonly display: string
  /** Changes with a restart. */
  readonly pid: number
  call<T extends keyof OBSRequestTypes>(request: T, fields?: OBSRequestTypes[T]): Promise<OBSResponseTypes[T]>
  /** Ends OBS with this signal and waits until it is gone. SIGINT is a clean end for OBS, SIGTERM isn't. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends OBS if it runs, and starts it again with the same home, port and display. */
  restart(): Promise<void>
  startRecording(): Promise<void>
  /** Waits until the recording is this many milliseconds longer, in its own time. */
  recordedFor(length: number): Promise<void>
  /**
   * Counts the frames from now on that OBS can't render or encode in time, as on a busy machine. A recording repeats the frame before
   * in their place, so a length in it may be wrong by that many frames.
   */
  countLostFrames(): Promise<() => Promise<number>>
  /** Resolves with the file once it is complete. */
  stopRecording(): Promise<string>
  close(): Promise<void>
}

/** Starts a real OBS with its own home, port and (unless one is given) display. It answers requests when this resolves. */
export async function startObs(options: RealObsOptions = {}): Promise<RealObs> {
  const { width = 640, height = 360, fps = 30, password = 'testpass', scenes = {} } = options
  const port = options.port ?? (await freePort())
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'orchestrator-obs-'))
  const isFresh = !existsSync(join(home, '.config/obs-studio'))
  const recordDir = options.recordDir ?? join(home, 'recordings')
  const ownDisplay = options.display === undefined ? await startDisplay() : undefined
  const display = options.display ?? ownDisplay?.display ?? ''
  const url = `ws://127.0.0.1:${port}`
  writeObsHome(home, { port, password, width, height, fps, recordDir })

  const start = () => startObsProcess({ version: options.version, home, display, url, password })
  const closeDisplayAndHome = async () => {
    await ownDisplay?.close()
    if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  let running = await start().catch(async (error: unknown) => {
    await closeDisplayAndHome()
    throw error
  })

  const obs: RealObs = {
    url,
    port,
    password,
    version: running.version,
    home,
    display,
    get pid() {
      return running.process.pid
    },
    call: (request, fields) => withDeadline(`OBS to answer ${request}`, running.socket.call(request, fields)),
    async kill(signal) {
      await running.process.end(signal)
      await running.socket.disconnect()
    },
    async restart() {
      await obs.kill('SIGINT')
      running = await start()
    },
    startRecording: () => startRecording(obs),
    recordedFor: (length) => recordedFor(obs, length),
    countLostFrames: () => countLostFrames(obs),
    stopRecording: () => stopRecording(running.socket),
    async close() {
      // Its own home is thrown away, so OBS needs no clean end, which it sometimes doesn't reach.
      await obs.kill(options.home === undefined ? 'SIGKILL' : 'SIGINT')
      await closeDisplayAndHome()
    },
  }
  try {
    if (isFresh) await makeScenes(obs, scenes, { width, height })
    if (options.stream) {
      await obs.call('SetStreamServiceSettings', {
        streamServiceType: 'rtmp_custom',
        streamServiceSettings: options.stream,
      })
    }
  } catch (error) {
    await obs.close()
    throw error
  }
  noteThatItRan('OBS')
  return obs
}

async function makeScenes(obs: RealObs, scenes: Readonly<Record<string, string>>, size: Size): Promise<void> {
  const names = Object.keys(scenes)
  const [first] = names
  if (first === undefined) return
  const present = async () => (await obs.call('GetSceneList')).scenes.map((scene) => String(scene['sceneName']))
  const before = await present()
  for (const [sceneName, hex] of Object.entries(scenes)) {
    if (!before.includes(sceneName)) await obs.call('CreateScene', { sceneName })
    await obs.call('CreateInput', {
      sceneName,
      inputName: `${sceneName} colour`,
      inputKind: 'color_source_v3',
      inputSettings: { color: abgr(hex), ...size },
    })
  }
  await obs.call('SetCurrentSceneTransition', { transitionName: 'Cut' })
  await obs.call('SetCurrentProgramScene', { sceneName: first })
  for (const sceneName of before.filter((name) => !names.includes(name))) await obs.call('RemoveScene', { sceneName })
  // OBS lists a removed scene until it has released it.
  await until('OBS to have these scenes and no others', async () => (await present()).length === names.length)
}

type Size = { width: number; height: number }

/** OBS writes colours as 0xAABBGGRR. */
function abgr(hex: string): number {
  const [red, green, blue] = rgbOf(hex)
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
}

async function startRecording(obs: RealObs): Promise<void> {
  await obs.call('StartRecord')
  await until(
    'the first recorded frames',
    async () => {
      const { outputActive, outputDuration } = await obs.call('GetRecordStatus')
      return outputActive && outputDuration > 0
    },
    30_000,
  )
}

async function recordedFor(obs: RealObs, length: number): Promise<void> {
  const recorded = async () => (await obs.call('GetRecordStatus')).outputDuration
  const enough = (await recorded()) + length
  await until('the recording to go on', async () => (await recorded()) >= enough)
}

async function countLostFrames(obs: RealObs): Promise<() => Promise<number>> {
  const lost = async () => {
    const { renderSkippedFrames, outputSkippedFrames } = await obs.call('GetStats')
    return renderSkippedFrames + outputSkippedFrames
  }
  const before = await lost()
  return async () => (await lost()) - before
}

async function stopRecording(socket: OBSWebSocket): Promise<string> {
  const written = new Promise<void>((resolve) => {
    const listen = ({ outputState }: { outputState: string }) => {
      if (outputState !== 'OBS_WEBSOCKET_OUTPUT_STOPPED') return
      socket.off('RecordStateChanged', listen)
      resolve()
    }
    socket.on('RecordStateChanged', listen)
  })
  const { outputPath } = await withDeadline('OBS to answer StopRecord', socket.call('StopRecord'))
  await withDeadline('OBS to finish the recording', written, 30_000)
  return outputPath
}
