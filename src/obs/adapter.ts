import type { LinkPhase } from '../orchestrator/events.ts'
import type { DueAct, Effect } from '../playout/effect.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { createActQueue } from './actQueue.ts'
import type { TakeReport } from './answers.ts'
import { type Address, type Connection, openConnection } from './connection.ts'
import { within } from './deadline.ts'
import { createSight } from './known.ts'
import { createLink, type LinkState } from './link.ts'
import { listen } from './listen.ts'
import { type Log, silentLog } from './log.ts'
import { createMedia } from './media.ts'
import { ObsError } from './obsError.ts'
import { createOutputs } from './outputs.ts'
import { perform } from './perform.ts'
import { createProblems } from './problems.ts'
import { createProgramWatch } from './programWatch.ts'
import { type Reading, readObs, readStream } from './readObs.ts'
import type { ObsReport } from './report.ts'
import { type Ask, askProgram, askScenes, askTransitionRuns, askTransitions, createAsk } from './requests.ts'
import { restoreTransition } from './restoreTransition.ts'
import { type FrameCount, hasRestarted } from './sameObs.ts'
import { createSceneList } from './sceneList.ts'
import { createTakes } from './takes.ts'

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
  let phase: LinkPhase | null = null
  let reading: Reading | null = null
  let lastCount: FrameCount | null = null
  let isLoading = false
  let isClosing = false
  let disarmLoading = () => {}

  const send = (event: ObsReport) => {
    if (!isClosing) options.send(event)
  }
  const isUp = () => state === 'up' && !isLoading && !isClosing
  const look = (reason: string) => askProgram(ask, reason)
  const count = (frames: number, fps: number) => {
    lastCount = { frames, at: clock.now(), fps }
  }

  const problems = createProblems(send)
  const outputs = createOutputs({ clock, send, askStream: () => readStream(ask) })
  const media = createMedia({
    clock,
    problems,
    send,
    ask: (type, reason, fields) => ask(type, reason, fields),
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
    problems,
    log,
    isUp,
    ask: (type, reason, fields) => ask(type, reason, fields),
    available: () => reading?.available ?? new Set(),
  })

  const loaded = () => {
    isLoading = false
    disarmLoading()
    link.stale()
  }
  const listeners = {
    ...{ sight, watch, scenes, outputs, media },
    stir: takes.stir,
    isLoading: () => isLoading,
    loading: () => {
      isLoading = true
      watch.suspend()
      disarmLoading = clock.setTimer(clock.now() + LOADING_LIMIT, loaded)
    },
    loaded,
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
      reading = await readObs(ask)
    },
    beat: async () => count((await ask('GetStats', 'is OBS still there')).renderTotalFrames, reading?.fps ?? 0),
    disconnect: (connection) => connection.close(),
    onTrouble: (error, again) => {
      log.warn(error.message, { reason: error.reason, tryAgainInMs: again })
      const code = troubles[error.reason] ?? UNREACHABLE
      for (const other of Object.values(troubles)) if (other !== code) problems.clear(other)
      problems.raise(code, 'link', error.message)
    },
    onPhase: (next) => {
      const before = state
      state = next
      if (next === 'up') arrive(before)
      else tellPhase(phaseOf(next, phase))
      takes.stir()
    },
  })

  const tellPhase = (next: Exclude<LinkPhase, 'up'> | null) => {
    if (next === null || next === phase) return
    phase = next
    send({ type: 'link', phase: next })
  }

  const arrive = (before: LinkState) => {
    if (before === 'up' || reading === null) return
    for (const code of Object.values(troubles)) problems.clear(code)
    if (phase === 'up') refresh(reading)
    else greet(reading)
  }

  /** Another scene collection or profile in the same OBS. */
  const refresh = (seen: Reading) => {
    const { program, replaced } = sight.now()
    adopt(seen, { isSameContent: false })
    sight.learn({ replaced: { ...replaced, name: null } })
    scenes.read(seen.scenes, false)
    outputs.read(seen.stream, seen.recording)
    if (seen.program !== program) send({ type: 'seen', scene: seen.program, by: 'obs' })
  }

  const greet = (seen: Reading) => {
    const now = { frames: seen.frames, at: clock.now(), fps: seen.fps }
    const restarted = lastCount === null ? null : hasRestarted(lastCount, now)
    phase = 'up'
    count(seen.frames, seen.fps)
    adopt(seen, { isSameContent: restarted !== true })
    log.info(`connected to OBS ${seen.obs.version} at ${options.url}`, { restarted, program: seen.program })
    scenes.read(seen.scenes, true)
    outputs.read(seen.stream, seen.recording)
    send({ type: 'link', phase: 'up', obs: seen.obs, restarted, program: seen.program })
  }

  const adopt = (seen: Reading, { isSameContent }: { readonly isSameContent: boolean }) => {
    const { states, media: run } = sight.now()
    sight.learn({
      program: seen.program,
      asked: null,
      transition: seen.transition,
      transitions: seen.transitions,
      states: isSameContent ? states : states.map((sent) => ({ ...sent, sure: false })),
      media: isSameContent ? run : null,
    })
    watch.begin(seen)
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

const UNREACHABLE = 'obsUnreachable'

/** The codes of the problems that a link may have. */
const troubles: Readonly<Record<string, string>> = {
  unreachable: UNREACHABLE,
  wrongPassword: 'obsPassword',
  incompatible: 'obsIncompatible',
  kicked: 'obsKicked',
}

/** Null: stays as it is. Quick tries of an OBS that isn't there are not worth telling one by one, but the first is. */
function phaseOf(state: LinkState, phase: LinkPhase | null): Exclude<LinkPhase, 'up'> | null {
  switch (state) {
    case 'connecting':
      return phase === null ? 'connecting' : null
    case 'reading':
      return phase === 'up' ? null : 'connecting'
    default:
      return 'down'
  }
}
