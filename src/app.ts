import { join } from 'node:path'
import { createObsAdapter } from './obs/adapter.ts'
import type { Address } from './obs/link/address.ts'
import type { Output } from './orchestrator/core/output.ts'
import type { Snapshot } from './orchestrator/core/snapshot.ts'
import { createOrchestrator, type Orchestrator } from './orchestrator/orchestrator.ts'
import type { Effect } from './playout/effect.ts'
import type { ReadSchedule } from './schedule/check.ts'
import { formatProblem } from './schedule/model/problem.ts'
import type { Schedule } from './schedule/model/schedule.ts'
import { startEmbeddedSimulator } from './simulator/embedded.ts'
import { openAsRunLog } from './store/asRunLog.ts'
import { openJournal } from './store/journal.ts'
import { openStateFolder } from './store/stateDir.ts'
import { watchFile } from './store/watchFile.ts'
import { startKeys } from './surfaces/keyboard/keys.ts'
import { startLiveStatus } from './surfaces/terminal/liveStatus.ts'
import { createLog, type Level, type LogStyle } from './surfaces/terminal/log.ts'
import { reloadInWords } from './surfaces/terminal/reloadWords.ts'
import { createScreen } from './surfaces/terminal/screen.ts'
import {
  changesInWords,
  missedStart,
  newProblemInWords,
  problemChanges,
  problemInWords,
  takeInWords,
} from './surfaces/terminal/words.ts'
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
  readonly start: boolean
  readonly exitWhenFinished: boolean
  readonly hotkeys: boolean
  readonly watch: boolean
  readonly log: LogStyle
  readonly logLevel: Level
  readonly clock: SystemClock
  readonly onQuit: () => void
}

export type App = {
  readonly log: Log
  /** Resolves when the show is over and `exitWhenFinished` was asked for. */
  readonly finished: Promise<void>
  /** `stop`: ends the show first; a `crash` leaves it where it is. The files are written, OBS and the terminal as they were. */
  close(how: 'stop' | 'crash'): Promise<void>
  /** Gives the terminal back, at once. */
  restoreTerminal(): void
}

/** The composition root: everything that plays a show is made and wired here. Throws a StateFolderError. */
export async function startApp(options: AppOptions): Promise<App> {
  const { clock } = options
  let { schedule } = options
  let wallOffset = 0
  let adapter: Output | undefined
  const lock = await openStateFolder(options.stateFolder)

  const terminal = statusTerminal(options.log)
  const screen = terminal === null ? null : createScreen(terminal)
  const colour = terminal !== null && !process.env['NO_COLOR']
  const log = createLog({
    style: options.log,
    level: options.logLevel,
    write: terminal === process.stderr && screen !== null ? screen.print : (line) => process.stderr.write(`${line}\n`),
    wall: clock.wall,
    timezone: () => schedule.timezone,
    colour,
  })

  const acting = new Set<Promise<void>>()
  const carryOut = (effect: Effect) => {
    adapter?.apply(effect)
    if (effect.acts.length === 0) return
    // That an act is due is on disk before it is done: so none is done twice.
    const done = journal.writeActs(effect.acts, effect.at).then(() => adapter?.perform(effect.acts))
    acting.add(done)
    void done.finally(() => acting.delete(done))
  }

  const orchestrator = createOrchestrator({ clock, onEffect: carryOut })
  const trouble = (code: string) => (message: string | null) =>
    void orchestrator.send({ type: 'problems', code, found: message === null ? [] : [{ message }] })
  const files = { folder: lock.folder, wallOffset: () => wallOffset }
  const journal = openJournal({
    ...files,
    checkpoint: orchestrator.checkpoint,
    onProblem: trouble('journalUnwritable'),
  })
  const asRun = openAsRunLog({ ...files, onProblem: trouble('asRunUnwritable') })
  orchestrator.onJournal(({ event }) => {
    if (event.type === 'clock') wallOffset = event.offset
  })
  orchestrator.onAsRun((line) => {
    asRun.append(line)
    if (line.outcome === 'failed') log.warn(takeInWords(line))
    else log.info(takeInWords(line))
  })
  narrate(orchestrator, log)

  const simulator = options.obs === null ? await startEmbeddedSimulator(schedule, { orchestrator, clock }) : null
  const address = options.obs ?? { url: simulator?.url ?? '', password: null }
  const where = simulator === null ? `OBS at ${address.url}` : 'the embedded simulator, not on OBS'
  log.info(`playing ${options.file} on ${where}; as-run log: ${join(lock.folder, 'as-run.jsonl')}`)
  adapter = createObsAdapter({ ...address, clock, log: quieter(log), send: orchestrator.send })
  // From here on, so that the checkpoint that the journal begins with holds the schedule.
  orchestrator.onJournal(journal.append)
  orchestrator.configure(schedule)
  const missed = options.start ? null : missedStart(schedule, orchestrator.currentState())
  if (missed !== null) log.warn(missed)

  const reload = async () => {
    const { schedule: fresh, problems } = await options.readFile()
    for (const problem of problems) log[problem.severity === 'error' ? 'error' : 'warn'](formatProblem(problem))
    if (fresh === undefined) return log.error(`${options.file} was not reloaded: the schedule stays as it was`)
    if (fresh.digest === schedule.digest) return log.info(`${options.file} was saved: it says the same as before`)
    const before = schedule
    schedule = fresh
    await simulator?.furnish(fresh)
    const result = orchestrator.configure(fresh)
    if (result.accepted) log.info(`${options.file} was reloaded: ${reloadInWords(before, fresh, result.state)}`)
    else log.error(`${options.file} was not reloaded: ${result.message}`)
    keys?.scheduleChanged()
  }

  // One after the other, so that the file that was saved last is the one that stays.
  let reloaded = Promise.resolve()
  const reloadNext = () => {
    reloaded = reloaded.then(reload)
  }

  const common = { orchestrator, clock, log, schedule: () => schedule }
  const keys = options.hotkeys ? startKeys({ ...common, input: process.stdin, onQuit: options.onQuit }) : null
  const status =
    screen === null || terminal === null
      ? null
      : startLiveStatus({
          ...common,
          ...{ screen, terminal, colour },
          wallOffset: () => wallOffset,
          scenes: () => keys?.scenes() ?? null,
          simulator: simulator !== null,
          hasHardStarts: () => schedule.cues.some(({ at }) => at !== null),
        })
  const watcher = options.watch
    ? watchFile(options.file, { clock, onChange: reloadNext, onProblem: (line) => log.warn(line) })
    : null
  if (options.start) startOnceConnected(orchestrator, log)

  const restoreTerminal = () => {
    status?.close()
    keys?.close()
    screen?.close('keep')
  }
  process.on('exit', restoreTerminal)

  return {
    log,
    finished: options.exitWhenFinished ? untilFinished(orchestrator).then(() => allSettled(acting)) : never,
    restoreTerminal,
    async close(how) {
      watcher?.close()
      keys?.close()
      if (how === 'stop' && canStop(orchestrator.currentState())) orchestrator.stop()
      await adapter?.close()
      await simulator?.close()
      await Promise.all([journal.close(), asRun.close()])
      status?.close()
      screen?.close('clear')
      process.off('exit', restoreTerminal)
      await orchestrator.close()
      lock.release()
    },
  }
}

/** The live status belongs where the log goes if that is a terminal, else to the terminal that stdout is. */
function statusTerminal(style: LogStyle): NodeJS.WriteStream | null {
  if (style === 'json') return null
  if (process.stderr.isTTY) return process.stderr
  return process.stdout.isTTY ? process.stdout : null
}

/**
 * Each try to reach OBS is a detail: what is wrong stands among the problems, and is said once there. What became of a take is said by its
 * line of the as-run log.
 */
const quieter = (log: Log): Log => {
  const unlessTold = (say: Log['info']): Log['info'] => {
    const isTold = (fields: object = {}) => 'tryAgainInMs' in fields || ('takeId' in fields && 'cause' in fields)
    return (message, fields) => (isTold(fields) ? log.debug : say)(message, fields)
  }
  return { debug: log.debug, info: unlessTold(log.info), warn: unlessTold(log.warn), error: unlessTold(log.error) }
}

function narrate(orchestrator: Orchestrator, log: Log): void {
  let before = orchestrator.currentState()
  orchestrator.subscribe((after) => {
    for (const line of changesInWords(before, after)) log.info(line)
    const { raised, over } = problemChanges(before, after)
    for (const problem of raised) log[problem.severity === 'error' ? 'error' : 'warn'](newProblemInWords(problem))
    for (const problem of over) log.info(`no longer: ${problemInWords(problem)}`)
    before = after
  })
}

function startOnceConnected(orchestrator: Orchestrator, log: Log): void {
  const unsubscribe = orchestrator.subscribe(({ link }) => {
    if (link.phase !== 'up') return
    unsubscribe()
    if (orchestrator.currentState().mode === 'running') return
    const result = orchestrator.start()
    if (!result.accepted) log.error(`the show can't be started: ${result.message}`)
  })
}

function untilFinished(orchestrator: Orchestrator): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = orchestrator.subscribe(({ mode }) => {
      if (mode !== 'finished') return
      unsubscribe()
      resolve()
    })
  })
}

const allSettled = (promises: Iterable<Promise<void>>): Promise<void> => Promise.allSettled(promises).then(() => {})

const never: Promise<void> = new Promise(() => {})

const canStop = ({ mode, armedFor }: Snapshot): boolean =>
  mode === 'running' || mode === 'paused' || (mode === 'idle' && armedFor !== null)
