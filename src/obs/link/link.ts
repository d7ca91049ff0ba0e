import { createActor, setup } from 'xstate'
import type { Clock, Millis } from '../../time/clock.ts'
import { asObsError, type ObsError, type ObsErrorReason } from './obsError.ts'

/** What the link needs of its surroundings. `C` is a connection. */
export type LinkPort<C> = {
  readonly clock: Clock
  connect(): Promise<C>
  /** Reads everything that OBS shows, again. The link is up once this is done. */
  read(connection: C): Promise<void>
  /** Something cheap that only a living OBS answers. */
  beat(connection: C): Promise<void>
  disconnect(connection: C): Promise<void>
  onPhase(phase: LinkState): void
  /** Each failure, once. `again`: how long until the next try. */
  onTrouble(error: ObsError, again: Millis): void
  /** The longest wait between two quick tries. */
  readonly longestWait?: Millis
}

export type Link = {
  open(): void
  /** What was read is no longer true (another scene collection): reads it all again. */
  stale(): void
  /** The connection has broken off, or OBS no longer answers on it. */
  lost(error: ObsError): void
  /** Looks now whether OBS still answers. */
  check(): void
  close(): Promise<void>
}

export type LinkState = 'down' | 'connecting' | 'reading' | 'up' | 'waiting' | 'refused' | 'closed'

type LinkEvent =
  | { readonly type: 'open' }
  | { readonly type: 'connected' }
  | { readonly type: 'read' }
  | { readonly type: 'stale' }
  | { readonly type: 'failed'; readonly error: ObsError }
  | { readonly type: 'retry' }
  | { readonly type: 'close' }

const HEARTBEAT: Millis = 2000
const FIRST_WAIT: Millis = 100
const LONGEST_WAIT: Millis = 500
const WAIT_WHEN_REFUSED: Millis = 30_000
const WAIT_WHEN_KICKED: Millis = 60_000

/**
 * The states of the link and what leads from one to the next. `waiting`: OBS isn't there, tried again soon. `refused`: OBS doesn't
 * want us; trying at once is useless, so it is tried again late.
 */
const linkMachine = setup({
  types: { events: {} as LinkEvent },
  actions: {
    connect: () => {},
    read: () => {},
    arm: () => {},
    disarm: () => {},
    startBeating: () => {},
    leave: () => {},
  },
  guards: { isRefusal: ({ event }) => event.type === 'failed' && isRefusal(event.error.reason) },
}).createMachine({
  id: 'link',
  initial: 'down',
  states: {
    down: { on: { open: 'connecting' } },
    connecting: { entry: 'connect', on: { connected: 'reading' } },
    reading: { entry: 'read', on: { read: 'up', stale: { target: 'reading', reenter: true } } },
    up: { entry: 'startBeating', exit: 'disarm', on: { stale: 'reading' } },
    waiting: { entry: ['leave', 'arm'], exit: 'disarm', on: { retry: 'connecting', failed: {} } },
    refused: { entry: ['leave', 'arm'], exit: 'disarm', on: { retry: 'connecting', failed: {} } },
    closed: { entry: 'leave', type: 'final' },
  },
  on: {
    failed: [{ guard: 'isRefusal', target: '.refused' }, { target: '.waiting' }],
    close: '.closed',
  },
})

/** The link to one OBS: opened once, it comes back by itself until it is closed. */
export function createLink<C>(port: LinkPort<C>): Link {
  const { clock, longestWait = LONGEST_WAIT } = port
  let connection: C | null = null
  let attempt = 0
  let failures = 0
  let trouble: ObsError | null = null
  let disarm = () => {}

  /** What an attempt comes to counts only while it is the latest. */
  const attempts = (work: (isLatest: () => boolean) => Promise<LinkEvent>) => {
    attempt += 1
    const mine = attempt
    const isLatest = () => mine === attempt
    const tell = (event: LinkEvent) => {
      if (isLatest()) actor.send(event)
    }
    work(isLatest).then(tell, (thrown: unknown) => tell({ type: 'failed', error: asObsError(thrown) }))
  }

  const wait = (length: Millis, fn: () => void) => {
    disarm = clock.setTimer(clock.now() + length, fn)
  }

  const beat = () => {
    const watched = connection
    if (watched === null) return
    port.beat(watched).then(
      () => undefined,
      (thrown: unknown) => {
        if (watched === connection) actor.send({ type: 'failed', error: asObsError(thrown) })
      },
    )
  }
  const beatOnAndOn = () => {
    beat()
    wait(HEARTBEAT, beatOnAndOn)
  }

  const actor = createActor(
    linkMachine.provide({
      actions: {
        connect: () =>
          attempts(async (isLatest) => {
            const made = await port.connect()
            if (isLatest()) connection = made
            else await port.disconnect(made)
            return { type: 'connected' }
          }),
        read: () => {
          const toRead = connection
          if (toRead === null) return
          attempts(async () => {
            await port.read(toRead)
            return { type: 'read' }
          })
        },
        startBeating: () => {
          failures = 0
          wait(HEARTBEAT, beatOnAndOn)
        },
        arm: ({ event }) => {
          trouble = event.type === 'failed' ? event.error : trouble
          const again = waitAfter(trouble?.reason ?? 'closed', failures, longestWait)
          failures += 1
          wait(again, () => actor.send({ type: 'retry' }))
          if (trouble !== null) port.onTrouble(trouble, again)
        },
        disarm: () => disarm(),
        leave: () => {
          attempt += 1
          if (connection !== null) void port.disconnect(connection)
          connection = null
        },
      },
    }),
  )
  actor.start()
  // Observers hear of events that change nothing as well; the snapshot is then the same object.
  let last = actor.getSnapshot()
  actor.subscribe((snapshot) => {
    if (snapshot === last) return
    last = snapshot
    port.onPhase(snapshot.value)
  })

  /** A closed link hears nothing more; XState would warn of it. */
  const hear = (event: LinkEvent) => {
    if (actor.getSnapshot().status === 'active') actor.send(event)
  }

  return {
    open: () => hear({ type: 'open' }),
    stale: () => hear({ type: 'stale' }),
    lost: (error) => hear({ type: 'failed', error }),
    check: beat,
    close: async () => {
      const last = connection
      connection = null
      disarm()
      hear({ type: 'close' })
      if (last !== null) await port.disconnect(last)
    },
  }
}

function isRefusal(reason: ObsErrorReason): boolean {
  return reason === 'wrongPassword' || reason === 'incompatible' || reason === 'kicked'
}

/** A refused connect on the same machine costs next to nothing: the wait grows, but OBS is found soon after its start. */
function waitAfter(reason: ObsErrorReason, failures: number, longest: Millis): Millis {
  if (reason === 'kicked') return WAIT_WHEN_KICKED
  if (isRefusal(reason)) return WAIT_WHEN_REFUSED
  return Math.min(longest, FIRST_WAIT * 2 ** failures)
}
