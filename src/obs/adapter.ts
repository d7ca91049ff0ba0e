import type { DueAct, Effect } from '../playout/effect.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { type Log, silentLog } from '../values/log.ts'
import { createActQueue } from './acts/actQueue.ts'
import type { Address } from './link/address.ts'
import { type Connection, openConnection } from './link/connection.ts'
import { within } from './link/deadline.ts'
import { createLink, type LinkState } from './link/link.ts'
import { createLinkNews } from './link/linkNews.ts'
import { ObsError } from './link/obsError.ts'
import { createProblems } from './link/problems.ts'
import type { ObsReport } from './link/report.ts'
import {
  type Ask,
  askMediaRestart,
  askProgram,
  askScenes,
  askTransitionRuns,
  askTransitions,
  createAsk,
} from './link/requests.ts'
import { createArrival } from './mirror/arrival.ts'
import { createSight } from './mirror/known.ts'
import { listen } from './mirror/listen.ts'
import { createMedia } from './mirror/media.ts'
import { createOutputs } from './mirror/outputs.ts'
import { createProgramWatch } from './mirror/programWatch.ts'
import { type Reading, readObs, readStream } from './mirror/readObs.ts'
import { createSceneList } from './mirror/sceneList.ts'
import type { TakeReport } from './takes/answers.ts'
import { perform } from './takes/perform.ts'
import { restoreTransition } from './takes/restoreTransition.ts'
import { createTakes } from './takes/takes.ts'

export type ObsAdapterOptions = Address & {
  readonly clock: Clock
  /** Where what OBS says goes. It may call `apply` before it returns. */
  send(event: ObsReport): void
  readonly log?: Log
  onTake?(take: TakeReport): void
}

/** Carries out what the core wants on one OBS, and tells the core what OBS shows. It comes back by itself when OBS does. */
export type ObsAdapter = {
  /** The latest counts. Its acts are not done here: they have to be on disk before. */
  apply(effect: Effect): void
  /** Resolves when all were done or have failed; what failed is a problem. */
  perform(acts: readonly DueAct[]): Promise<void>
  /** Puts the operator's transition back and leaves. */
  close(): Promise<void>
}

const FAREWELL_LIMIT: Millis = 3000
const LOADING_LIMIT: Millis = 30_000

export function createObsAdapter(options: ObsAdapterOptions): ObsAdapter {
  const { clock, log = silentLog, onTake = () => {} } = options
  const sight = createSight()
  let ask: Ask = () => Promise.reject(new ObsError('closed', 'there is no connection to OBS'))
  let state: LinkState = 'down'
  let reading: Reading | null = null
  let isLoading = false
  let isNewCollection = false
  let isClosing = false
  let disarmLoading = () => {}

  const send = (event: ObsReport) => {
    if (!isClosing) options.send(event)
  }
  const isUp = () => state === 'up' && !isLoading && !isClosing
  const look = (reason: string) => askProgram(ask, reason)

  const problems = createProblems(send)
  const outputs = createOutputs({ clock, send, askStream: () => readStream(ask) })
  const media = createMedia({
    clock,
    problems,
    send,
    askStatus: (input, reason) => ask('GetMediaInputStatus', reason, { inputName: input }),
    restart: (input, reason) => askMediaRestart(ask, reason, input),
    onAir: () => sight.now().asked?.scene ?? sight.now().program,
  })
  const watch = createProgramWatch({
    clock,
    sight,
    look,
    onNamed: (scene, sentAt, at) => takes.named(scene, sentAt, at),
    onSeen: (scene, by, at) => {
      log.info(`${scene} was put on air in OBS`, { by })
      send({ type: 'seen', scene, by, at })
    },
  })
  const takes = createTakes({
    clock,
    sight,
    watch,
    problems,
    log,
    send,
    onTake,
    isUp,
    look,
    setScene: (scene, reason) => ask('SetCurrentProgramScene', reason, { sceneName: scene }),
    transitionRuns: async () =>
      !reading?.available.has('GetCurrentSceneTransitionCursor') ||
      (await askTransitionRuns(ask, 'does a transition run')),
    perform: (request) => perform(request, ask, surroundings),
    readTransitions: async () => sight.learn({ transitions: await askTransitions(ask, 'a transition is missing') }),
    check: () => link.check(),
  })
  const surroundings = {
    clock,
    sight,
    problems,
    transitionRuns: () => watch.runsSince !== null,
    mediaRestarted: media.restarted,
  }
  const scenes = createSceneList({
    sight,
    send,
    ask: async () => (await askScenes(ask, 'the scenes have changed')).scenes,
    onChange: takes.stir,
  })
  const acts = createActQueue({
    ...{ clock, problems, log, isUp },
    pastScene: takes.pastScene,
    ask: (type, reason, fields) => ask(type, reason, fields),
    available: () => reading?.available ?? new Set(),
  })

  const arrival = createArrival({ clock, sight, watch, scenes, outputs, log, send })
  const news = createLinkNews({ problems, log, send })

  const stopLoading = () => {
    isLoading = false
    disarmLoading()
  }
  const loaded = () => {
    stopLoading()
    isNewCollection = true
    link.stale()
  }
  const listeners = {
    ...{ sight, watch, scenes, outputs, media, loaded },
    stir: takes.stir,
    isLoading: () => isLoading,
    loading: () => {
      isLoading = true
      watch.suspend()
      disarmLoading()
      disarmLoading = clock.setTimer(clock.now() + LOADING_LIMIT, loaded)
    },
    profileChanged: () => link.stale(),
  }

  const link = createLink<Connection>({
    clock,
    connect: async () => {
      const connection = await openConnection({ ...options, clock })
      listen(connection, listeners)
      connection.onClosed((error) => link.lost(error))
      return connection
    },
    read: async (connection) => {
      ask = createAsk({ clock, log }, connection)
      watch.suspend()
      outputs.beginReading()
      // OBS 30 and later let us in while they still load their scenes.
      do {
        scenes.beginReading()
        reading = await readObs(ask)
      } while (scenes.isOutdated)
    },
    beat: async () => arrival.counted((await ask('GetStats', 'is OBS still there')).renderTotalFrames),
    disconnect: (connection) => connection.close(),
    onTrouble: news.trouble,
    onPhase: (next) => {
      state = next
      if (next === 'up') arrive()
      else news.state(next)
      // What a collection's end would have told is lost with the link, and read anew.
      if (next === 'waiting') stopLoading()
      takes.stir()
    },
  })

  const arrive = () => {
    if (reading === null) return
    const isComingUp = news.phase !== 'up'
    news.up()
    if (isComingUp) arrival.greet(reading)
    else arrival.refresh(reading, isNewCollection)
    isNewCollection = false
  }

  link.open()
  return {
    apply: takes.wish,
    perform: acts.perform,
    close: async () => {
      const wasUp = isUp()
      isClosing = true
      disarmLoading()
      media.close()
      outputs.close()
      const late = () => new ObsError('timeout', 'OBS took too long to take its transition back')
      const farewell = takes.finish().then(() => (wasUp ? restoreTransition(clock, sight, watch, ask) : undefined))
      await within(clock, FAREWELL_LIMIT, farewell, late).catch((error: Error) => log.warn(error.message))
      await link.close()
    },
  }
}
