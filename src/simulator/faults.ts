import type { Millis } from '../time/clock.ts'
import { type Answer, refused } from './answer.ts'

/** What a test can make go wrong, to see how a client copes, and the faults that are on now. */
export function createFaults() {
  const hanging = new Set<string>()
  const refusals = new Map<string, Answer>()
  const delays = new Map<string, Millis>()
  const state = { silent: false, notReady: false, hanging, refusals, delays }
  const switches = {
    /** Accepts connections, then neither sends nor reads anything. */
    silence(on = true): void {
      state.silent = on
    },
    /** Answers every request with status 207, as OBS does while it loads a collection. */
    notReady(on = true): void {
      state.notReady = on
    },
    /** Neither carries out nor answers requests of this type. */
    hang(requestType: string, on = true): void {
      if (on) hanging.add(requestType)
      else hanging.delete(requestType)
    },
    /** Answers requests of this type with this status instead of carrying them out; null ends that. */
    refuse(requestType: string, status: { code: number; comment?: string } | null): void {
      if (status) refusals.set(requestType, refused(status.code, status.comment))
      else refusals.delete(requestType)
    },
    /** Carries out and answers requests of this type this much later; 0 ends that. */
    delay(requestType: string, by: Millis): void {
      delays.set(requestType, by)
    },
  }
  return { switches, state }
}
