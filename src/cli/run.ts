import type { App } from '../app.ts'
import type { Address } from '../obs/link/address.ts'
import { formatProblem } from '../schedule/model/problem.ts'
import type { Io } from './io.ts'
import { createSay } from './say.ts'

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
  const say = createSay(words, io)
  const wrong = wrongUsage(words)
  if (wrong !== null) {
    say('error', wrong)
    return 2
  }
  const { readScheduleFile } = await import('./readScheduleFile.ts')
  const { schedule, problems } = await readScheduleFile(file)
  for (const problem of problems) say(problem.severity === 'error' ? 'error' : 'warn', formatProblem(problem))
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
    if (!(error instanceof RangeError)) throw error
    say('error', error.message)
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
    say('error', error instanceof StateFolderError ? error.message : `the show can't be played: ${why}`)
    return 1
  }
  void app.finished.then(() => ending.end({ code: 0, how: 'stop', why: null }))

  const { code, how, why } = await ending.ended
  if (how === 'crash') app.log.error(`the show can't go on: ${why}`)
  else if (why !== null) app.log.info(`${why}: stopping the show; once more ends at once`)
  await app.close(how)
  return code
}

/** What no option alone can say. */
function wrongUsage({ http, simulator, obs, stateDir }: RunWords): string | null {
  if (typeof http === 'string') return '--http: this version has no HTTP server yet; leave the option out'
  if (simulator && obs !== undefined)
    return '--simulator and --obs exclude each other: choose where the show is to play'
  if (stateDir === '') return '--state-dir is empty: name a folder, or leave the option out'
  return null
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
