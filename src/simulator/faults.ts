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

/** The switches, and the faults that are on now. */
export function createFaults() {
  const hanging = new Set<string>()
  const refusals = new Map<string, Answer>()
  const delays = new Map<string, Millis>()
  const state = { silent: false, notReady: false, hanging, refusals, delays }
  const switches: Faults = {
    silence(on = true) {
      state.silent = on
    },
    notReady(on = true) {
      state.notReady = on
    },
    hang(requestType, on = true) {
      if (on) hanging.add(requestType)
      else hanging.delete(requestType)
    },
    refuse(requestType, status) {
      if (status) refusals.set(requestType, refused(status.code, status.comment))
      else refusals.delete(requestType)
    },
    delay: (requestType, by) => void delays.set(requestType, by),
  }
  return { switches, state }
}
