import type { ServerResponse } from 'node:http'
import type { Control } from '../../orchestrator/control.ts'
import type { AsRunLine } from '../../orchestrator/core/asRun.ts'
import type { Clock, Instant, Millis } from '../../time/clock.ts'
import type { Role } from './guard.ts'

export type EventStreamsOptions = {
  readonly control: Pick<Control, 'currentState' | 'subscribe' | 'asRun' | 'now'>
  readonly clock: Clock
  /** A line of the as-run log as JSON. */
  readonly takeJson: (line: AsRunLine) => string
}

/** The pages that have names of their own in the list of clients. */
const PAGE_NAMES = ['operator', 'presenter', 'overlay'] as const
export type PageName = (typeof PAGE_NAMES)[number]

export const pageName = (written: string | undefined): PageName | null =>
  PAGE_NAMES.find((name) => name === written) ?? null

/** Who listens, as pages show it. */
type Client = { readonly page: PageName | null; readonly role: Role; readonly since: Instant }

type Stream = {
  readonly client: Client
  readonly response: ServerResponse
  /** Since when the client takes nothing; null while it does. */
  stuckSince: Instant | null
  /** Lines of the as-run log that came while it was stuck. */
  takes: readonly Buffer[]
}

export type EventStreams = {
  isFull(): boolean
  open(response: ServerResponse, client: Omit<Client, 'since'>): void
  close(): void
}

export const MOST_CLIENTS = 512
/** How often the streams say that they are alive, and look for dead clients. */
const beat: Millis = 1000
/** A client that has taken nothing for this long is dropped. */
const patience: Millis = 10_000
/** How often the list of clients may be sent. */
const listInterval: Millis = 100
/** How many lines a slow client misses none of. */
const mostTakes = 100

export const streamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Some proxies would gather the events.
  'X-Accel-Buffering': 'no',
}

/**
 * Sends each event to all clients. It is written out once. A client that is too slow gets the latest state when it is ready again, and
 * none in between.
 */
export function createEventStreams({ control, clock, takeJson }: EventStreamsOptions): EventStreams {
  const streams = new Set<Stream>()
  const background = clock.setBackgroundTimer ?? clock.setTimer
  let written = { seq: -1, state: '' }
  let isStateDue = false
  let disarmBeat = () => {}
  let listedAt: Instant = Number.NEGATIVE_INFINITY
  let disarmList: (() => void) | null = null

  const stateEvent = (): Buffer => {
    const state = control.currentState()
    if (written.seq !== state.seq) written = { seq: state.seq, state: JSON.stringify(state) }
    return eventOf('state', `{"now":${control.now()},"state":${written.state}}`, state.seq)
  }
  const clientsEvent = () => eventOf('clients', JSON.stringify({ clients: [...streams].map(({ client }) => client) }))
  const write = (stream: Stream, event: Buffer) => {
    if (!stream.response.write(event)) stream.stuckSince ??= control.now()
  }
  const toAll = (event: Buffer) => {
    for (const stream of streams) if (stream.stuckSince === null) write(stream, event)
  }
  const goOn = (stream: Stream) => {
    stream.stuckSince = null
    for (const take of stream.takes) write(stream, take)
    stream.takes = []
    write(stream, stateEvent())
    write(stream, clientsEvent())
  }

  const list = () => {
    disarmList?.()
    disarmList = null
    listedAt = control.now()
    toAll(clientsEvent())
  }
  const listSoon = () => {
    if (disarmList !== null) return
    if (control.now() - listedAt >= listInterval) list()
    else disarmList = background(listedAt + listInterval, list)
  }

  const onBeat = () => {
    const now = control.now()
    for (const { stuckSince, response } of streams)
      if (stuckSince !== null && now - stuckSince >= patience) response.destroy()
    toAll(eventOf('alive', `{"now":${now}}`))
    disarmBeat = background(now + beat, onBeat)
  }

  // In a microtask, so that of the many states of one instant only the last is sent.
  const sendState = () => {
    isStateDue = false
    if (streams.size > 0) toAll(stateEvent())
  }
  const unsubscribe = control.subscribe(() => {
    if (isStateDue || streams.size === 0) return
    isStateDue = true
    queueMicrotask(sendState)
  })
  const stopTakes = control.asRun((line) => {
    if (streams.size === 0) return
    const event = eventOf('take', takeJson(line))
    for (const stream of streams) {
      if (stream.stuckSince === null) write(stream, event)
      else stream.takes = [...stream.takes, event].slice(-mostTakes)
    }
  })

  return {
    isFull: () => streams.size >= MOST_CLIENTS,
    open(response, client) {
      const stream: Stream = {
        client: { ...client, since: control.now() },
        response,
        stuckSince: null,
        takes: [],
      }
      response.writeHead(200, streamHeaders)
      response.on('drain', () => goOn(stream))
      response.on('error', () => response.destroy())
      response.on('close', () => {
        streams.delete(stream)
        if (streams.size > 0) return listSoon()
        disarmBeat()
        disarmList?.()
        disarmList = null
      })
      // How long a browser waits before it comes back.
      response.write('retry: 1000\n\n')
      write(stream, stateEvent())
      if (streams.size === 0) disarmBeat = background(control.now() + beat, onBeat)
      streams.add(stream)
      listSoon()
    },
    close() {
      unsubscribe()
      stopTakes()
      disarmBeat()
      disarmList?.()
      for (const { response } of streams) response.end()
    },
  }
}

/** No JSON has a line end, so an event is one line of data. */
function eventOf(name: string, json: string, id?: number): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${json}\n\n`)
}
