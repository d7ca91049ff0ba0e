import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { AsRunLine } from '../../../orchestrator/core/asRun.ts'
import type { Snapshot } from '../../../orchestrator/core/snapshot.ts'
import type { Instant, Millis } from '../../../time/clock.ts'
import { type PageClock, pageClock } from '../../../time/pageClock.ts'
import { followEvents } from './eventStream.ts'
import { get, post, Refused } from './requests.ts'
import { type ServerClock, serverTime, unknownClock, withReading } from './serverClock.ts'
import {
  type Answer,
  type Client,
  type CommandList,
  type PageName,
  type Role,
  type Scenes,
  type Sheet,
  takeOf,
  type WrittenCommand,
  type WrittenTake,
} from './wire.ts'

/** `refused`: the server wants a token that this page doesn't have. */
export type Contact = 'connecting' | 'open' | 'lost' | 'refused'

/** Everything that a page knows of the show. */
export type Desk = {
  readonly contact: ReadonlySignal<Contact>
  readonly state: ReadonlySignal<Snapshot | null>
  readonly sheet: ReadonlySignal<Sheet | null>
  readonly scenes: ReadonlySignal<readonly string[] | null>
  readonly takes: ReadonlySignal<readonly AsRunLine[]>
  readonly clients: ReadonlySignal<readonly Client[]>
  readonly commands: ReadonlySignal<CommandList['commands']>
  readonly role: ReadonlySignal<Role>
  /** The server's clock, counted on by the page's own while there is no news; null before the first news. */
  now(): Instant | null
  /** How long ago the server last said anything. */
  silence(): Millis
  send(command: WrittenCommand): Promise<Answer>
}

const mostTakes = 100

/** Connects the page, and keeps it connected. `needs` says what it shows besides the state. */
export function createDesk(
  page: PageName,
  needs: { sheet: boolean; desk: boolean },
  clock: PageClock = pageClock,
): Desk {
  const contact = signal<Contact>('connecting')
  const state = signal<Snapshot | null>(null)
  const sheet = signal<Sheet | null>(null)
  const scenes = signal<readonly string[] | null>(null)
  const takes = signal<readonly AsRunLine[]>([])
  const clients = signal<readonly Client[]>([])
  const commands = signal<CommandList['commands']>([])
  const role = signal<Role>('operate')
  let serverClock: ServerClock = unknownClock
  let heardAt = clock.elapsed()

  /** The server that answers next may be another one than before, with another clock. */
  let isNewStream = true

  const hear = (now?: Instant): void => {
    heardAt = clock.elapsed()
    if (now === undefined) return
    serverClock = withReading(isNewStream ? unknownClock : serverClock, now, heardAt)
    isNewStream = false
  }
  const readings = createReadings(clock, {
    sheet: async () => {
      if (!needs.sheet) return
      sheet.value = await get<Sheet>('/api/v1/schedule')
    },
    scenes: async () => {
      if (!needs.desk) return
      const found = (await get<Scenes>('/api/v1/scenes')).scenes
      if (JSON.stringify(found) !== JSON.stringify(scenes.value)) scenes.value = found
    },
    takes: async () => {
      if (!needs.desk) return
      takes.value = (await get<readonly WrittenTake[]>(`/api/v1/as-run?last=${mostTakes}`)).map(takeOf)
    },
    commands: async () => {
      if (!needs.desk) return
      const list = await get<CommandList>('/api/v1/commands')
      batch(() => {
        commands.value = list.commands
        role.value = list.role ?? 'operate'
      })
    },
  })

  followEvents(page, clock, {
    opened() {
      isNewStream = true
      for (const what of ['sheet', 'scenes', 'takes', 'commands'] as const) readings.ask(what)
    },
    lost() {
      if (contact.value !== 'refused') contact.value = state.value === null ? 'connecting' : 'lost'
      // An event stream doesn't say why it was refused.
      void get('/api/v1/state').catch((error: unknown) => {
        if (error instanceof Refused && error.status === 401) contact.value = 'refused'
      })
    },
    state(news) {
      hear(news.now)
      const linkBefore = state.value?.link.phase
      const isNew = news.state.seq !== state.value?.seq
      batch(() => {
        contact.value = 'open'
        state.value = news.state
      })
      if (isNew) readings.ask('sheet')
      if (news.state.link.phase !== linkBefore) readings.ask('scenes')
    },
    take(line) {
      hear()
      takes.value = [...takes.value, takeOf(line)].slice(-mostTakes)
    },
    clients(list) {
      hear()
      clients.value = list.clients
    },
    alive(news) {
      hear(news.now)
      contact.value = 'open'
    },
  })

  // A hold or a pause moves the expected times without a change of the state. A scene may be new in OBS without one, too.
  clock.every(5000, () => {
    if (contact.value !== 'open') return
    if (state.value?.cue?.holding === true || state.value?.mode === 'paused') readings.ask('sheet')
    readings.ask('scenes')
  })

  return {
    contact,
    state,
    sheet,
    scenes,
    takes,
    clients,
    commands,
    role,
    now: () => serverTime(serverClock, clock.elapsed()),
    silence: () => clock.elapsed() - heardAt,
    async send(command) {
      const answer = await post(command)
      // A server that doesn't say what this page may do says it now.
      if (!answer.accepted && answer.reason === 'view') role.value = 'view'
      return answer
    },
  }
}

const shortestPause: Millis = 250

/**
 * Reads things from the server when asked. While one reading of a thing is under way, or was a moment ago, further askings count as one.
 * A reading that fails is repeated at the next asking: a server that is gone is asked again as soon as it is back.
 */
function createReadings<What extends string>(clock: PageClock, read: Readonly<Record<What, () => Promise<void>>>) {
  const busy = new Set<What>()
  const askedAgain = new Set<What>()
  const ask = (what: What): void => {
    if (busy.has(what)) return void askedAgain.add(what)
    busy.add(what)
    const began = clock.elapsed()
    const rest = (): void => {
      // A large schedule takes its time: leave the server four fifths of its own.
      clock.after(Math.max(shortestPause, 4 * (clock.elapsed() - began)), () => {
        busy.delete(what)
        if (askedAgain.delete(what)) ask(what)
      })
    }
    void read[what]().then(rest, rest)
  }
  return { ask }
}
