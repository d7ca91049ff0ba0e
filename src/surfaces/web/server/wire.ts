import type { AsRunLine } from '../../../orchestrator/core/asRun.ts'
import type { Mode, Snapshot } from '../../../orchestrator/core/snapshot.ts'
import type { Forecast, ForecastCue } from '../../../playout/forecast.ts'
import type { Instant, Millis } from '../../../time/clock.ts'

/** What the server sends. The server is ours, of the same build, so the pages trust its shapes. */

export type PageName = 'operator' | 'presenter' | 'overlay'
export type Role = 'operate' | 'view'

/** The events of `/api/v1/events` by name. */
export type Events = {
  readonly state: { readonly now: Instant; readonly state: Snapshot }
  readonly take: WrittenTake
  readonly clients: { readonly clients: readonly Client[] }
  readonly alive: { readonly now: Instant }
}

/** A line of the as-run log. Its times are as in the file, ISO 8601, or milliseconds since 1970. */
export type WrittenTake = Omit<AsRunLine, 'plannedAt' | 'sentAt' | 'confirmedAt'> & {
  readonly plannedAt: string | Instant
  readonly sentAt: string | Instant | null
  readonly confirmedAt: string | Instant | null
}

export function takeOf(written: WrittenTake): AsRunLine {
  const { plannedAt, sentAt, confirmedAt } = written
  const time = (at: string | Instant): Instant => (typeof at === 'string' ? Date.parse(at) : at)
  return {
    ...written,
    plannedAt: time(plannedAt),
    sentAt: sentAt === null ? null : time(sentAt),
    confirmedAt: confirmedAt === null ? null : time(confirmedAt),
  }
}

/** A client without a page is a program. */
export type Client = { readonly page: PageName | null; readonly role: Role; readonly since: Instant }

/** `/api/v1/schedule`: the cue sheet with planned, expected and actual times. */
export type Sheet = {
  readonly now: Instant
  readonly title: string | null
  readonly digest: string | null
  readonly timezone: string | null
  readonly loop: boolean | number
  readonly duration: Millis | null
  readonly keys: readonly BoundKey[]
  readonly nextHardStart: Forecast['nextHardStart']
  readonly cues: readonly SheetCue[]
}

export type SheetCue = ForecastCue & {
  /** Its planned length; null if it has none. */
  readonly duration: Millis | null
  readonly hold: boolean
  /** It has an `at`. */
  readonly hard: boolean
  readonly actualAt: Instant | null
  readonly actualEndsAt: Instant | null
}

/** A hotkey of the schedule. */
export type BoundKey = { readonly keys: string; readonly command: WrittenCommand }

/** A command as JSON: durations as in the file, a cue by its id. */
export type WrittenCommand = { readonly type: string } & Readonly<Record<string, unknown>>

/** `/api/v1/commands`: what may be sent, and in which modes. */
export type CommandList = {
  readonly role?: Role
  readonly commands: readonly { readonly type: string; readonly does: string; readonly modes: readonly Mode[] }[]
}

export type Scenes = { readonly scenes: readonly string[] | null }

/** What became of a command. */
export type Answer =
  | { readonly accepted: true; readonly seq: number; readonly state: Snapshot }
  | { readonly accepted: false; readonly reason: string; readonly message: string }
