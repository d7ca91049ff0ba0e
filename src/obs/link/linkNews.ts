import type { LinkPhase } from '../../orchestrator/core/events.ts'
import type { Millis } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import type { LinkState } from './link.ts'
import type { ObsError } from './obsError.ts'
import type { Problems } from './problems.ts'
import type { ObsReport } from './report.ts'

export type LinkNewsPort = { readonly problems: Problems; readonly log: Log; send(event: ObsReport): void }

/** Tells the core how the link is doing, without a word for each quick try. */
export type LinkNews = {
  /** What has been told; null: nothing yet. */
  readonly phase: LinkPhase | null
  state(state: Exclude<LinkState, 'up'>): void
  trouble(error: ObsError, again: Millis): void
  /** Told elsewhere, with all that was read. */
  up(): void
}

const UNREACHABLE = 'obsUnreachable'

/** The codes of the problems that a link may have; what is none of these passes by itself, and OBS is merely not there. */
const codes: Readonly<Record<string, string>> = {
  unreachable: UNREACHABLE,
  wrongPassword: 'obsPassword',
  incompatible: 'obsIncompatible',
  kicked: 'obsKicked',
}

export function createLinkNews({ problems, log, send }: LinkNewsPort): LinkNews {
  let phase: LinkPhase | null = null

  const tell = (next: Exclude<LinkPhase, 'up'>) => {
    if (next === phase) return
    phase = next
    send({ type: 'link', phase: next })
  }

  return {
    get phase() {
      return phase
    },
    state: (state) => {
      // An OBS that isn't there is tried twice a second: it is `down` until it lets us in.
      if (state === 'connecting') return phase === null ? tell('connecting') : undefined
      // Another scene collection is read on a link that stays up.
      if (state === 'reading') return phase === 'up' ? undefined : tell('connecting')
      tell('down')
    },
    trouble: (error, again) => {
      log.warn(error.message, { reason: error.reason, tryAgainInMs: again })
      const code = codes[error.reason] ?? UNREACHABLE
      for (const other of Object.values(codes)) if (other !== code) problems.clear(other)
      problems.raise(code, 'link', error.message)
    },
    up: () => {
      phase = 'up'
      for (const code of Object.values(codes)) problems.clear(code)
    },
  }
}
