import { type App, type AppOptions, startApp } from '../app.ts'
import type { Address } from '../obs/link/address.ts'
import { formatProblem } from '../schedule/schema/finding.ts'
import { StateFolderError } from '../store/folderLock.ts'
import { stateFolderOf } from '../store/stateDir.ts'
import { HttpError, type HttpOptions } from '../surfaces/http/server.ts'
import { levelOf } from '../surfaces/terminal/log.ts'
import { systemClock } from '../time/systemClock.ts'
import { type HttpWords, httpOptions } from './httpOptions.ts'
import { earlyLog, type Io } from './io.ts'
import { type ObsWords, obsAddress } from './obsAddress.ts'
import { readScheduleFile } from './scheduleFile.ts'

export type RunWords = ObsWords &
  HttpWords &
  Pick<AppOptions, 'hotkeys' | 'start' | 'fresh' | 'watch' | 'log' | 'logLevel'> & {
    readonly exitWhenFinished?: boolean
    readonly stateDir?: string
    readonly simulator?: boolean
  }

/** Plays the schedule until something ends it. The exit code says what did. */
export async function run(file: string, words: RunWords, io: Io): Promise<number> {
  const log = earlyLog(words, io)
  const wrong = wrongUsage(words)
  if (wrong !== null) {
    log.error(wrong)
    return 2
  }
  const { schedule, problems } = await readScheduleFile(file)
  for (const problem of problems) log[levelOf(problem)](formatProblem(problem))
  if (schedule === undefined) return 2

  let obs: Address | null
  let http: HttpOptions | null
  try {
    http = httpOptions(words, process.env)
    obs = words.simulator ? null : obsAddress(words, process.env, schedule.obs.url)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    log.error(error.message)
    return 2
  }
  const ending = listenForEnds()
  let app: App
  try {
    app = await startApp({
      ...words,
      file,
      schedule,
      obs,
      http,
      readFile: () => readScheduleFile(file),
      stateFolder: words.stateDir ?? stateFolderOf(file),
      clock: systemClock(),
      onQuit: () => ending.end({ code: 130, how: 'stop', why: 'q or Ctrl+C' }),
    })
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const isKnown = error instanceof StateFolderError || error instanceof HttpError
    log.error(isKnown ? error.message : `the show can't be played: ${why}`)
    return 1
  }
  if (words.exitWhenFinished) void app.finished.then(() => ending.end({ code: 0, how: 'stop', why: null }))

  const { code, how, why } = await ending.ended
  if (how === 'crash') app.log.error(`the show can't go on: ${why}`)
  else if (why !== null) app.log.info(`${why}: stopping the show; once more ends at once`)
  await app.close(how)
  return code
}

/** What is wrong with the options together; null if nothing is. */
function wrongUsage({ simulator, obs, stateDir }: RunWords): string | null {
  if (simulator && obs !== undefined) return '--simulator and --obs exclude each other: choose where to play the show'
  if (stateDir === '') return '--state-dir is empty: name a folder, or leave the option out'
  return null
}

type End = { readonly code: number; readonly how: 'stop' | 'crash'; readonly why: string | null }

/** Waits for whatever ends the show. A second signal, or an error while ending, ends the process at once. */
function listenForEnds(): { readonly ended: Promise<End>; end(end: End): void } {
  let resolve = (_: End) => {}
  let isEnding = false
  const ended = new Promise<End>((set) => {
    resolve = set
  })
  const end = (asked: End) => {
    // The terminal is put back by what changed it, when the process ends.
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
