import type { App } from '../app.ts'
import type { Address } from '../obs/connection.ts'
import { formatProblem } from '../schedule/problem.ts'
import type { Io } from './io.ts'

export type RunWords = {
  readonly obs?: string
  readonly obsPasswordFile?: string
  /** `--no-http` or nothing; a bind address is refused as long as there is no server. */
  readonly http?: string | boolean
  readonly hotkeys: boolean
  readonly start?: boolean
  readonly exitWhenFinished?: boolean
  readonly stateDir?: string
  readonly fresh?: boolean
  readonly watch?: boolean
  readonly simulator?: boolean
  readonly log: 'pretty' | 'json'
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** Plays the schedule until it is told to end; the exit code says how that was. */
export async function run(file: string, words: RunWords, io: Io): Promise<number> {
  if (typeof words.http === 'string') {
    io.stderr('--http: this version has no HTTP server yet; leave the option out')
    return 2
  }
  if (words.simulator && words.obs !== undefined) {
    io.stderr('--simulator and --obs exclude each other: choose where the show is to play')
    return 2
  }
  const { readScheduleFile } = await import('./readScheduleFile.ts')
  const { schedule, problems } = await readScheduleFile(file)
  for (const problem of problems) io.stderr(formatProblem(problem))
  if (schedule === undefined) return 2

  const { obsAddress } = await import('./obsAddress.ts')
  const { startApp } = await import('../app.ts')
  const { systemClock } = await import('../time/systemClock.ts')
  const { StateFolderError } = await import('../store/folderLock.ts')
  const { stateFolderOf } = await import('../store/stateDir.ts')

  let obs: Address | null
  try {
    obs = words.simulator ? null : obsAddress(words, process.env, schedule.obs.url)
  } catch (error) {
    io.stderr(`--obs-password-file ${words.obsPasswordFile}: ${error instanceof Error ? error.message : error}`)
    return 2
  }
  if (obs !== null && !isWebSocketUrl(obs.url)) {
    io.stderr(`OBS is reached by an address such as ws://127.0.0.1:4455, not ${obs.url}: correct --obs or OBS_URL`)
    return 2
  }
  const ending = listenForEnds()
  let app: App
  try {
    app = await startApp({
      file,
      schedule,
      obs,
      readFile: () => readScheduleFile(file),
      stateFolder: words.stateDir ?? stateFolderOf(file),
      start: words.start ?? false,
      exitWhenFinished: words.exitWhenFinished ?? false,
      hotkeys: words.hotkeys,
      watch: words.watch ?? false,
      log: words.log,
      logLevel: words.logLevel,
      clock: systemClock(),
      onQuit: () => ending.end({ code: 130, how: 'stop', why: 'q or Ctrl+C' }),
    })
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    io.stderr(error instanceof StateFolderError ? error.message : `the show can't be played: ${why}`)
    return 1
  }
  void app.finished.then(() => ending.end({ code: 0, how: 'stop', why: null }))

  const { code, how, why } = await ending.ended
  if (how === 'crash') app.log.error(`the show can't go on: ${why}`)
  else if (why !== null) app.log.info(`${why}: stopping the show; once more ends at once`)
  await app.close(how)
  return code
}

function isWebSocketUrl(url: string): boolean {
  return URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol)
}

type End = { readonly code: number; readonly how: 'stop' | 'crash'; readonly why: string | null }

/** Waits for what may end a show. The second signal, or an error on the way out, ends it at once. */
function listenForEnds(): { readonly ended: Promise<End>; end(end: End): void } {
  let resolve = (_: End) => {}
  let isEnding = false
  const ended = new Promise<End>((set) => {
    resolve = set
  })
  const end = (asked: End) => {
    // Whoever has changed the terminal puts it back when the process ends.
    if (isEnding) process.exit(asked.code)
    isEnding = true
    resolve(asked)
  }
  const signals = {
    SIGINT: { code: 130, why: 'Ctrl+C' },
    SIGTERM: { code: 143, why: 'SIGTERM' },
    SIGHUP: { code: 129, why: 'the terminal is gone' },
  }
  for (const [signal, { code, why }] of Object.entries(signals))
    process.on(signal, () => end({ code, how: 'stop', why }))
  process.on('uncaughtException', (error) => end({ code: 1, how: 'crash', why: error.stack ?? String(error) }))
  return { ended, end }
}
