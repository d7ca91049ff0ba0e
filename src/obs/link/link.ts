import { createActor, setup } from 'xstate'
import type { Clock, Millis } from '../../time/clock.ts'
import { asObsError, type ObsError, type ObsErrorReason } from './obsError.ts'

/** What the link needs of its surroundings. `C` is a connection. */
export type LinkPort<C> = {
  readonly clock: Clock
  connect(): Promise<C>
  /** Reads everything that OBS shows. The link is up once this is done. */
  read(connection: C): Promise<void>
  /** Sends something cheap that only a living OBS answers. */
  beat(connection: C): Promise<void>
  disconnect(connection: C): Promise<void>
  onPhase(phase: LinkState): void
  /** Called once for each failure. `again`: how long until the next try. */
  onTrouble(error: ObsError, again: Millis): void
}

export type Link<C> = {
  /** The present connection; null: there is none. */
  connection(): C | null
  open(): void
  /** What was read is outdated (another scene collection): reads it all again. */
  stale(): void
  /** The connection has broken off, or OBS no longer answers on it. */
  lost(error: ObsError): void
  /** Checks now whether OBS still answers. */
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
 * want us, so trying again soon is useless.
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

/** The link to one OBS: once opened, it reconnects by itself until it is closed. */
export function createLink<C>(port: LinkPort<C>): Link<C> {
  const { clock } = port
  /** The latest attempt; the outcome of an older one no longer counts. */
  let attempt: { connection: C | null } = { connection: null }
  let failures = 0
  let disarm = () => {}

  const begin = (connection: C | null, work: (mine: typeof attempt) => Promise<LinkEvent>) => {
    const mine = { connection }
    attempt = mine
    const tell = (event: LinkEvent) => {
      if (mine === attempt) actor.send(event)
    }
    work(mine).then(tell, (thrown: unknown) => tell({ type: 'failed', error: asObsError(thrown) }))
  }

  const wait = (length: Millis, fn: () => void) => {
    disarm = clock.setTimer(clock.now() + length, fn)
  }

  const beat = () => {
    const { connection } = attempt
    if (connection === null) return
    port.beat(connection).then(
      () => undefined,
      (thrown: unknown) => {
        if (connection === attempt.connection) actor.send({ type: 'failed', error: asObsError(thrown) })
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
          begin(null, async (mine) => {
            const made = await port.connect()
            if (mine === attempt) mine.connection = made
            else await port.disconnect(made)
            return { type: 'connected' }
          }),
        read: () => {
          const { connection } = attempt
          if (connection === null) return
          begin(connection, async () => {
            await port.read(connection)
            return { type: 'read' }
          })
        },
        startBeating: () => {
          failures = 0
          wait(HEARTBEAT, beatOnAndOn)
        },
        arm: ({ event }) => {
          if (event.type !== 'failed') return
          const again = waitAfter(event.error.reason, failures)
          failures += 1
          wait(again, () => actor.send({ type: 'retry' }))
          port.onTrouble(event.error, again)
        },
        disarm: () => disarm(),
        leave: () => {
          if (attempt.connection !== null) void port.disconnect(attempt.connection)
          attempt = { connection: null }
        },
      },
    }),
  )
  actor.start()
  // Observers also hear of events that change nothing; the snapshot is then the same object.
  let last = actor.getSnapshot()
  actor.subscribe((snapshot) => {
    if (snapshot === last) return
    last = snapshot
    port.onPhase(snapshot.value)
  })

  /** A closed link ignores events; XState would warn about them. */
  const hear = (event: LinkEvent) => {
    if (actor.getSnapshot().status === 'active') actor.send(event)
  }

  return {
    connection: () => attempt.connection,
    open: () => hear({ type: 'open' }),
    stale: () => hear({ type: 'stale' }),
    lost: (error) => hear({ type: 'failed', error }),
    check: beat,
    close: async () => {
      const { connection } = attempt
      attempt = { connection: null }
      disarm()
      hear({ type: 'close' })
      if (connection !== null) await port.disconnect(connection)
    },
  }
}

function isRefusal(reason: ObsErrorReason): boolean {
  return reason === 'wrongPassword' || reason === 'incompatible' || reason === 'kicked'
}

/** A refused connect costs next to nothing, so even the longest wait finds OBS soon after its start. */
function waitAfter(reason: ObsErrorReason, failures: number): Millis {
  if (reason === 'kicked') return WAIT_WHEN_KICKED
  if (isRefusal(reason)) return WAIT_WHEN_REFUSED
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures)
}
