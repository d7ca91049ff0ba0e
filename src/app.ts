import { join } from 'node:path'
import { createObsAdapter, type ObsAdapter } from './obs/adapter.ts'
import type { Address } from './obs/link/address.ts'
import { controlOf } from './orchestrator/control.ts'
import type { Snapshot } from './orchestrator/core/snapshot.ts'
import { createOrchestrator, type Orchestrator } from './orchestrator/orchestrator.ts'
import type { Effect } from './playout/effect.ts'
import type { ReadSchedule } from './schedule/check.ts'
import type { Schedule } from './schedule/model/schedule.ts'
import { formatProblem } from './schedule/schema/finding.ts'
import { startEmbeddedSimulator } from './simulator/embedded.ts'
import { asRunJson, openAsRunLog } from './store/asRunLog.ts'
import { realPath } from './store/folder.ts'
import { createRecorder } from './store/recorder.ts'
import { openStateFolder } from './store/stateDir.ts'
import { watchFile } from './store/watchFile.ts'
import { type HttpOptions, startHttp } from './surfaces/http/server.ts'
import { startKeys } from './surfaces/keyboard/keys.ts'
import { startLiveStatus } from './surfaces/terminal/liveStatus.ts'
import { createLog, type Level, type LogStyle, levelOf } from './surfaces/terminal/log.ts'
import { adapterLog, narrate } from './surfaces/terminal/narration.ts'
import { reloadInWords } from './surfaces/terminal/reloadWords.ts'
import { createScreen } from './surfaces/terminal/screen.ts'
import { missedStart, resumedInWords } from './surfaces/terminal/words.ts'
import type { Millis } from './time/clock.ts'
import type { SystemClock } from './time/systemClock.ts'
import type { Log } from './values/log.ts'

export type AppOptions = {
  readonly file: string
  readonly schedule: Schedule
  /** Reads the file again, for a reload. */
  readonly readFile: () => Promise<ReadSchedule>
  /** Null: the embedded simulator. */
  readonly obs: Address | null
  readonly stateFolder: string
  /** Null: no HTTP server. */
  readonly http: HttpOptions | null
  readonly start?: boolean
  /** Begins anew, whatever an earlier process left. */
  readonly fresh?: boolean
  readonly hotkeys: boolean
  readonly watch?: boolean
  readonly log: LogStyle
  readonly logLevel: Level
  readonly clock: SystemClock
  readonly onQuit: () => void
}

export type App = {
  readonly log: Log
  /** Resolves when the show is over for the first time and its acts are done. */
  readonly finished: Promise<void>
  /**
   * Writes the files to their end and leaves OBS and the terminal as they were. `stop` ends the show first; `crash` leaves it where
   * it is.
   */
  close(how: 'stop' | 'crash'): Promise<void>
}

/** The composition root: makes and wires everything that plays a show. Throws a StateFolderError or an HttpError. */
export async function startApp(options: AppOptions): Promise<App> {
  const { clock, file } = options
  const lock = await openStateFolder(options.stateFolder)
  let adapter: ObsAdapter | null = null

  const acting = new Set<Promise<void>>()
  const perform = ({ at, acts }: Pick<Effect, 'at' | 'acts'>) => {
    if (acts.length === 0) return
    // The journal says that an act is due before it is done, so that none is done twice.
    recorder.record({ at, acts })
    const done = Promise.all([recorder.sync(), obsIsBack]).then(() => adapter?.perform(acts))
    acting.add(done)
    void done.finally(() => acting.delete(done))
  }
  let latest: Effect | null = null
  const carryOut = (effect: Effect) => {
    latest = effect
    adapter?.apply(effect)
    perform(effect)
  }

  const trouble = (code: string) => (message: string | null) => {
    const result = orchestrator.send({ type: 'problems', code, found: message === null ? [] : [{ message }] })
    // A file may fail after the orchestrator is closed, while it is closed itself.
    if (!result.accepted && message !== null) log.error(message)
  }
  const files = { folder: lock.folder, wallOffset: () => orchestrator.wallOffset() }
  const asRun = openAsRunLog({ ...files, after: () => recorder.written(), onProblem: trouble('asRunUnwritable') })
  const recorder = createRecorder({
    ...{ ...files, clock, file: realPath(file), asRunWritten: asRun.written },
    checkpoint: () => orchestrator.checkpoint(),
    onProblem: { journal: trouble('journalUnwritable'), checkpoint: trouble('checkpointUnwritable') },
  })
  const present = { schedule: options.schedule, at: clock.now(), wallOffset: clock.wall() - clock.now() }
  const left = options.fresh ? null : await recorder.restore(present)
  const from = left?.show ?? undefined
  const orchestrator = createOrchestrator({ clock, onEffect: carryOut, from })
  const obsIsBack = from === undefined ? null : linkIsUp(orchestrator, clock)
  const control = controlOf(orchestrator)
  const { schedule, wallOffset } = orchestrator

  // The live status goes where the log goes if that is a terminal, otherwise to stdout if that is one.
  const outputs = options.log === 'json' ? [] : [process.stderr, process.stdout]
  const terminal = outputs.find(({ isTTY }) => isTTY)
  const screen = terminal === undefined ? null : createScreen(terminal)
  const colour = screen !== null && !process.env['NO_COLOR']
  const log = createLog({
    style: options.log,
    level: options.logLevel,
    write: screen !== null && terminal === process.stderr ? screen.print : (line) => process.stderr.write(`${line}\n`),
    wall: clock.wall,
    timezone: () => (schedule() ?? options.schedule).timezone,
    colour,
  })

  for (const problem of left?.problems ?? []) log.warn(problem)
  await asRun.complete(left?.lines ?? [])
  orchestrator.onAsRun(asRun.append)
  narrate(control, wallOffset, log)

  const simulator =
    options.obs === null ? await startEmbeddedSimulator(options.schedule, { orchestrator, clock }) : null
  const address = options.obs ?? { url: simulator?.url ?? '', password: null }
  const http =
    options.http === null
      ? null
      : await startHttp(options.http, {
          ...{ control, clock, log, asRunLines: asRun.last },
          takeJson: (line) => asRunJson(line, wallOffset()),
          obsFigures: async () => adapter?.figures().catch(() => null) ?? null,
        }).catch(async (error: unknown) => {
          await simulator?.close()
          lock.release()
          throw error
        })
  const where = simulator === null ? `OBS at ${address.url}` : 'the embedded simulator, not on OBS'
  if (http !== null)
    log.info(`the operator's page: ${http.url}${http.needsToken ? ', the first time with ?token=…' : ''}`)
  log.info(`playing ${file} on ${where}; as-run log: ${join(lock.folder, 'as-run.jsonl')}`)

  const configure = (fresh: Schedule) => {
    const before = schedule() ?? fresh
    const result = orchestrator.configure(fresh)
    if (result.accepted) log.info(`${file} was reloaded: ${reloadInWords(before, fresh, result.state)}`)
    else log.error(`${file} was not reloaded: ${result.message}`)
  }
  const isOver = once(orchestrator, ({ mode }) => mode === 'finished')
  // From here on, so that the checkpoint at the beginning of the journal holds the schedule.
  orchestrator.onJournal(recorder.record)
  if (from === undefined) {
    orchestrator.configure(options.schedule)
    const missed = options.start ? null : missedStart(options.schedule, control.currentState())
    if (missed !== null) log.warn(missed)
  } else {
    recorder.begin()
    perform({ at: clock.now(), acts: from.acts })
    orchestrator.send({ type: 'gap', since: from.since })
    log.info(resumedInWords(options.schedule, control.currentState()))
    if (schedule()?.digest !== options.schedule.digest) configure(options.schedule)
  }
  adapter = createObsAdapter({
    ...{ ...address, clock, log: adapterLog(log), send: orchestrator.send },
    ...{ effect: latest, kept: left?.kept['main'] },
  })

  const keys = options.hotkeys
    ? startKeys({ control, clock, log, schedule, input: process.stdin, onQuit: options.onQuit })
    : null
  const scenes = () => keys?.scenes() ?? null
  const shown = { control, clock, colour, schedule, wallOffset, scenes, simulator: simulator !== null }
  const status = screen === null ? null : startLiveStatus({ ...shown, screen })

  const reload = async () => {
    const { schedule: fresh, problems } = await options.readFile()
    for (const problem of problems) log[levelOf(problem)](formatProblem(problem))
    if (fresh === undefined) return log.error(`${file} was not reloaded: the schedule stays as it was`)
    const before = schedule() ?? fresh
    if (fresh.digest === before.digest) return log.info(`${file} was saved: it says the same as before`)
    await simulator?.furnish(fresh)
    configure(fresh)
    keys?.scheduleChanged()
  }
  // One after the other, so that the file saved last is the one that stays.
  let reloaded = Promise.resolve()
  const onChange = () => {
    reloaded = reloaded.then(reload)
  }
  const watcher = options.watch ? watchFile(file, { clock, onChange, onProblem: (line) => log.warn(line) }) : null
  const startShow = () => {
    const result = isOn(control.currentState()) ? null : orchestrator.start()
    if (result?.accepted === false) log.error(`the show can't be started: ${result.message}`)
  }
  if (options.start && isOn(control.currentState())) log.info('--start: the show is on already, so it goes on')
  else if (options.start) void once(orchestrator, ({ link }) => link.phase === 'up').then(startShow)

  const restoreTerminal = () => screen?.close('keep')
  process.on('exit', restoreTerminal)

  return {
    log,
    finished: isOver.then(() => Promise.allSettled(acting)).then(() => {}),
    async close(how) {
      watcher?.close()
      keys?.close()
      if (how === 'stop') orchestrator.stop()
      await http?.close()
      await adapter?.close()
      await simulator?.close()
      // A late event would begin to write again what is closed next.
      await orchestrator.close()
      await Promise.all([recorder.close(), asRun.close()])
      status?.close()
      screen?.close('clear')
      process.off('exit', restoreTerminal)
      lock.release()
    },
  }
}

/** How long acts that are due wait for OBS after a crash: as long as they are still done after a gap. */
const longestWait: Millis = 10_000

/** Resolves once OBS is connected, or after a while. */
function linkIsUp(orchestrator: Orchestrator, clock: SystemClock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.setBackgroundTimer(clock.now() + longestWait, resolve)
    void once(orchestrator, ({ link }) => link.phase === 'up').then(() => {
      cancel()
      resolve()
    })
  })
}

const isOn = ({ mode }: Snapshot): boolean => mode === 'running' || mode === 'paused'

/** Resolves with the next snapshot for which this holds. */
function once({ subscribe }: Orchestrator, isTrue: (state: Snapshot) => boolean): Promise<Snapshot> {
  return new Promise((resolve) => {
    const unsubscribe = subscribe((state) => {
      if (!isTrue(state)) return
      unsubscribe()
      resolve(state)
    })
  })
}
