import type { Output } from '../orchestrator/core/output.ts'
import type { Effect } from '../playout/effect.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { type Log, silentLog } from '../values/log.ts'
import { createActQueue } from './acts/actQueue.ts'
import type { Address } from './link/address.ts'
import { type Connection, openConnection } from './link/connection.ts'
import { within } from './link/deadline.ts'
import { createLink } from './link/link.ts'
import { asObsError, ObsError } from './link/obsError.ts'
import { createAsk, type ObsAnswers, PATIENCE } from './link/requests.ts'
import { isReadingOutdated } from './mirror/arrival.ts'
import type { ObsReport } from './mirror/events.ts'
import { withKept } from './mirror/kept.ts'
import { listen } from './mirror/listen.ts'
import { isHere, type Mirror, nothingKnown } from './mirror/mirror.ts'
import { readObs } from './mirror/readObs.ts'
import { carryOut } from './takes/carryOut.ts'
import { createLoop } from './takes/loop.ts'

export type ObsAdapterOptions = Address & {
  readonly clock: Clock
  /** Receives what OBS says. It may call `apply` before it returns. */
  send(report: ObsReport): void
  /** Which of the show's outputs this OBS is: each report carries it. Default: `main`. */
  readonly name?: string
  /** Default: `primary`. */
  readonly role?: Output['role']
  readonly log?: Log
  /** What is wanted already; default: nothing. */
  readonly effect?: Effect | null
  /** What the adapter of this name had reported last as `kept` when its process was killed. */
  readonly kept?: unknown
  /** How to reach OBS; default: obs-websocket at `url`. Rejects with an ObsError. */
  open?(): Promise<Connection>
}

export type ObsAdapter = Output & {
  /** OBS's own figures, asked for now. Rejects with an ObsError, at the latest after a second. */
  figures(): Promise<ObsAnswers['GetStats']>
}

const FAREWELL_LIMIT: Millis = 3000
const FIGURES_LIMIT: Millis = 1000

/** Carries out on one OBS what the core wants, and tells the core what OBS shows. It comes back by itself when OBS does. */
export function createObsAdapter(options: ObsAdapterOptions): ObsAdapter {
  const { clock, log = silentLog, name = 'main', role = 'primary' } = options
  const { open = () => openConnection({ url: options.url, password: options.password, clock }) } = options

  const loop = createLoop({
    clock,
    from: withKept(nothingKnown, options.kept),
    keep: (kept) => options.send({ type: 'kept', kept, output: name }),
    carryOut: async (request) => {
      if (request.type === 'look' && request.at === 'everything') link.stale()
      // While OBS isn't ready, the plan decides again what to ask.
      const answer = await carryOut(request, askOnce)
      if (answer.type === 'unanswered' && answer.error.reason === 'timeout') {
        link.check()
        log.warn(`${answer.error.message}; asking again`, { takeId: loop.mirror().take.id })
      }
      return answer
    },
    tell: (report, mirror) => {
      if (mirror.leavingSince !== null) return
      narrate(report, mirror, log)
      try {
        options.send({ ...report, output: name })
      } catch (thrown) {
        log.error(`the report "${report.type}" was lost: ${asObsError(thrown).message}`)
      }
    },
  })

  const link = createLink<Connection>({
    clock,
    connect: async () => {
      const connection = await open()
      listen(connection, loop.hear)
      connection.onClosed((error) => link.lost(error))
      return connection
    },
    read: async () => {
      // OBS 30 and later let us in while they still load their scenes.
      do {
        loop.hear({ type: 'readingBegins' })
        loop.hear({ type: 'read', reading: await readObs(ask) })
      } while (isReadingOutdated(loop.mirror()))
    },
    beat: async () => {
      const { renderTotalFrames } = await ask('GetStats', 'is OBS still there')
      loop.hear({ type: 'framesCounted', frames: renderTotalFrames })
    },
    disconnect: (connection) => connection.close(),
    onTrouble: (error, tryAgainInMs) => {
      log.warn(error.message, { reason: error.reason, tryAgainInMs })
      loop.hear({ type: 'trouble', error })
    },
    onPhase: (state) => loop.hear({ type: 'link', state }),
  })
  const ask = createAsk({ clock, log, connection: link.connection, patience: PATIENCE })
  const askOnce = createAsk({ clock, log, connection: link.connection, patience: 0 })

  const acts = createActQueue({
    ...{ clock, log, ask, hear: loop.hear, pastScene: loop.pastScene },
    isUp: () => isHere(loop.mirror()) && loop.mirror().leavingSince === null,
    available: () => loop.mirror().available,
  })

  if (options.effect) loop.hear({ type: 'wished', effect: options.effect })
  link.open()
  return {
    name,
    role,
    apply: (effect) => loop.hear({ type: 'wished', effect }),
    perform: acts.perform,
    figures: () => {
      const late = () => new ObsError('timeout', `OBS has not said its figures within ${FIGURES_LIMIT} ms`)
      return within(clock, FIGURES_LIMIT, askOnce('GetStats', 'figures for the metrics'), late)
    },
    close: async () => {
      loop.hear({ type: 'leaving' })
      const late = () => new ObsError('timeout', "OBS took too long to put the operator's transition back")
      await within(clock, FAREWELL_LIMIT, loop.idle(), late).catch((error: Error) => log.warn(error.message))
      await link.close()
    },
  }
}

function narrate(report: ObsReport, { take, program }: Mirror, log: Log): void {
  const { cause, wanted } = take
  if (report.type === 'confirmed') {
    log.info(`${program} is on air`, { takeId: report.takeId, already: report.already, cause })
  } else if (report.type === 'failed') {
    log.error(`${wanted?.scene} is not on air: ${report.reason}`, { takeId: report.takeId, cause })
  } else if (report.type === 'seen') {
    log.info(`${report.scene} was put on air in OBS`, { by: report.by })
  } else if (report.type === 'link' && report.phase === 'up') {
    const { obs, restarted } = report
    log.info(`connected to OBS ${obs.version}`, { restarted, program: report.program })
  }
}
