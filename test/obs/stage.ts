import { isDeepStrictEqual } from 'node:util'
import OBSWebSocket, { type OBSRequestTypes, type OBSResponseTypes } from 'obs-websocket-js/json'
import { createObsAdapter } from '../../src/obs/adapter.ts'
import { type Connection, openConnection } from '../../src/obs/link/connection.ts'
import type { ObsReport } from '../../src/obs/mirror/events.ts'
import type { Output } from '../../src/orchestrator/core/output.ts'
import type { Effect, Picture } from '../../src/playout/effect.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { silentLog } from '../../src/values/log.ts'
import { until } from '../support/until.ts'
import { type Interposed, startProxy } from './proxy.ts'

/** An OBS, real or not, that the adapter is tried on. Its scenes are A, B and C, top to bottom; A is on. */
export type Target = {
  readonly url: string
  readonly password: string
  kill(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

/** An adapter on a target, with a proxy between them, and an operator who sits at the same OBS. */
export type Stage = {
  readonly proxy: Interposed
  readonly adapter: Output
  /** All that the adapter has told, oldest first. */
  readonly told: readonly ObsReport[]
  /** Each scene that was set since the last `mark`, and when it was sent. */
  sent(): readonly { readonly scene: string; readonly at: number }[]
  /** Wants this on air as a new take; returns the take's id. Null: nothing. */
  want(scene: string | null, more?: Partial<Picture>): number
  /** Wants the same take with something else around it. */
  change(scene: string, more: Partial<Picture>): void
  operator<T extends keyof OBSRequestTypes>(request: T, fields?: OBSRequestTypes[T]): Promise<OBSResponseTypes[T]>
  /** Waits for the first thing told since the last `mark` that is of this type and like this; its `output` is left out. */
  hear<T extends ObsReport['type']>(
    type: T,
    like?: Partial<Extract<ObsReport, { type: T }>>,
  ): Promise<Extract<ObsReport, { type: T }>>
  since(): readonly ObsReport[]
  /** When it was told. */
  toldAt(report: ObsReport): number
  mark(): void
  program(): Promise<string>
  close(): Promise<void>
}

let takeId = 0

export async function stageOn(target: Target, options: { password?: string | null } = {}): Promise<Stage> {
  const clock = systemClock()
  const proxy = await startProxy(target.url)
  const told: ObsReport[] = []
  const times = new Map<ObsReport, number>()
  const sent: { readonly scene: string; readonly at: number }[] = []
  let marked = 0
  let markedSent = 0
  const password = options.password === undefined ? target.password : options.password
  /** Notes each scene before it goes out: OBS may announce it before it answers. */
  const open = async (): Promise<Connection> => {
    const connection = await openConnection({ url: proxy.url, password, clock })
    const call: Connection['call'] = (type, fields) => {
      if (type === 'SetCurrentProgramScene' && fields !== undefined)
        sent.push({ scene: String(Reflect.get(fields, 'sceneName')), at: clock.now() })
      return connection.call(type, fields)
    }
    return { ...connection, call }
  }
  const adapter = createObsAdapter({
    url: proxy.url,
    password,
    clock,
    open,
    log: process.env['DEBUG_OBS'] ? console : silentLog,
    send: ({ output, ...report }) => {
      if (output !== 'main') throw new Error(`a report of the output ${output}: ${JSON.stringify(report)}`)
      told.push(report)
      times.set(report, clock.now())
    },
  })

  const apply = (id: number, wanted: Picture | null) => {
    const effect: Effect = { at: clock.now(), takeId: id, cause: 'command', wanted, next: null, passed: [], acts: [] }
    adapter.apply(effect)
  }
  const picture = (scene: string, more: Partial<Picture>): Picture => ({
    ...{ scene, transition: null, media: null, states: [] },
    ...more,
  })
  const operator: Stage['operator'] = async (request, fields) => {
    const socket = new OBSWebSocket()
    await socket.connect(target.url, target.password, { eventSubscriptions: 0 })
    try {
      return await socket.call(request, fields)
    } finally {
      await socket.disconnect()
    }
  }

  return {
    proxy,
    adapter,
    told,
    sent: () => sent.slice(markedSent),
    want: (scene, more = {}) => {
      takeId += 1
      apply(takeId, scene === null ? null : picture(scene, more))
      return takeId
    },
    change: (scene, more) => apply(takeId, picture(scene, more)),
    operator,
    hear: async (type, like = {}) => {
      const isIt = (event: ObsReport): event is Extract<ObsReport, { type: typeof type }> =>
        event.type === type &&
        Object.entries(like).every(([name, value]) => isDeepStrictEqual(Reflect.get(event, name), value))
      const what = `"${type} ${JSON.stringify(like)}"`
      try {
        return await until(what, () => told.slice(marked).find(isIt), 15_000)
      } catch (error) {
        throw new Error(
          `${error instanceof Error ? error.message : error}; told: ${JSON.stringify(told.slice(marked))}`,
        )
      }
    },
    since: () => told.slice(marked),
    toldAt: (report) => times.get(report) ?? Number.NaN,
    mark: () => {
      marked = told.length
      markedSent = sent.length
    },
    program: async () => (await operator('GetSceneList')).currentProgramSceneName,
    close: async () => {
      await adapter.close()
      await proxy.close()
    },
  }
}
