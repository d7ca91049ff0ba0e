import type { Millis } from '../time/clock.ts'
import { type Answer, refused } from './answer.ts'

/** What a test can make go wrong, to see how a client copes. */
export type Faults = {
  /** Accepts connections, then neither sends nor reads anything. */
  silence(on?: boolean): void
  /** Answers every request with status 207, as OBS does while it loads a collection. */
  notReady(on?: boolean): void
  /** Neither carries out nor answers requests of this type. */
  hang(requestType: string, on?: boolean): void
  /** Answers requests of this type with this status instead of carrying them out; null ends that. */
  refuse(requestType: string, status: { code: number; comment?: string } | null): void
  /** Carries out and answers requests of this type this much later; 0 ends that. */
  delay(requestType: string, by: Millis): void
}

/** The faults that are on now. */
export type FaultState = {
  silent: boolean
  notReady: boolean
  readonly hanging: Set<string>
  readonly refusals: Map<string, Answer>
  readonly delays: Map<string, Millis>
}

export function createFaults(): { readonly switches: Faults; readonly state: Readonly<FaultState> } {
  const hanging = new Set<string>()
  const state: FaultState = { silent: false, notReady: false, hanging, refusals: new Map(), delays: new Map() }
  const switches: Faults = {
    silence(on = true) {
      state.silent = on
    },
    notReady(on = true) {
      state.notReady = on
    },
    hang(requestType, on = true) {
      if (on) state.hanging.add(requestType)
      else state.hanging.delete(requestType)
    },
    refuse(requestType, status) {
      if (status) state.refusals.set(requestType, refused(status.code, status.comment))
      else state.refusals.delete(requestType)
    },
    delay(requestType, by) {
      state.delays.set(requestType, by)
    },
  }
  return { switches, state }
}
